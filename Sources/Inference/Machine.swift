import Glibc
import Tensors

/// What this machine computes with, and how fast it is.
public enum Machine {
  /// One line of a report.
  public struct Line: Sendable {
    public let name: String
    public let text: String
  }

  /// What was chosen, and of what.
  public static func chosen() -> [Line] {
    let names = Instructions.all.map(\.name)
    let reason = "the fastest of what this processor has: \(names.joined(separator: ", "))"
    func way(_ isThere: Bool, _ instructions: String) -> String {
      isThere
        ? "multiplied by instructions for \(instructions)"
        : "multiplied in single precision, since the processor has no instructions for it"
    }
    let best = Instructions.best
    var lines = [
      Line(name: "instructions", text: "\(names[0]), \(reason)"),
      Line(name: "threads", text: "\(threadCount), one for each processor this program may use"),
      Line(name: "bfloat16", text: way(best.multipliesBFloat16, "pairs of it")),
      Line(name: "8 bits", text: way(best.multipliesBytes, "bytes")),
    ]
    if let free = availableMemory() {
      let size = (Double(free) / 0x1p30 * 10).rounded() / 10
      lines.append(
        Line(
          name: "memory",
          text: "\(size) GiB free, three quarters of it for keys and values unless `max_memory` is given"))
    }
    return lines
  }

  /// Computes for some seconds, and says how fast that was.
  public static func measured(seconds: Double) -> [Line] {
    let kinds: [(WeightKind, String)] = [
      (.float32, "float32"), (.bfloat16Rows, "bfloat16"), (.int8, "8 bits"),
    ]
    let share = seconds / Double(2 * kinds.count)
    let rates = kinds.map { Speed.products($0.0, seconds: share) / 1e9 }
    let flows = kinds.map { Speed.rows($0.0, seconds: share) / 1e9 }
    return zip(kinds, zip(rates, flows)).map { kind, speed in
      let (rate, flow) = ((speed.0).rounded(), (speed.1 * 10).rounded() / 10)
      return Line(
        name: kind.1,
        text: "\(Int(rate)) GFLOP/s where prompts are read; \(flow) GB/s of weights where one text is written"
      )
    }
  }
}

/// Bytes that programs may still take; nil where the system does not say.
func availableMemory() -> Int? {
  guard let file = fopen("/proc/meminfo", "r") else { return nil }
  defer { fclose(file) }
  var line = [CChar](repeating: 0, count: 256)
  while fgets(&line, Int32(line.count), file) != nil {
    let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard text.hasPrefix("MemAvailable:") else { continue }
    return Int(text.filter(\.isNumber)).map { $0 << 10 }
  }
  return nil
}
