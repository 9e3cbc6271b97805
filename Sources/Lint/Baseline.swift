import Diagnostics
import Values

/// Findings that are known and not told again, so that a folder can be linted before all of it is clean.
///
/// A finding is known by file, code and message, and not by its line, so that lines may move.
public struct Baseline: Sendable, Equatable {
  struct Key: Hashable, Comparable, Sendable {
    let file, code, message: String

    static func < (a: Key, b: Key) -> Bool { (a.file, a.code, a.message) < (b.file, b.code, b.message) }
  }

  private var counts: [Key: Int] = [:]

  public init() {}

  /// All that a report tells.
  public init(_ report: LintReport) {
    for finding in report.findings { counts[Self.key(finding, report), default: 0] += 1 }
  }

  /// Reads what `text` has written; nil when it is something else.
  public init?(json: String) {
    guard let value = try? Value(json: json), let entries = value.asMap?["findings"]?.asList else {
      return nil
    }
    for entry in entries {
      guard let map = entry.asMap, let file = map["file"]?.text, let code = map["code"]?.text,
        let message = map["message"]?.text
      else { return nil }
      counts[Key(file: file, code: code, message: message), default: 0] += map["count"]?.asInt ?? 1
    }
  }

  public var count: Int { counts.values.reduce(0, +) }

  /// The report without what is known, and how many known findings were not there any more.
  public func applied(to report: LintReport) -> (report: LintReport, known: Int, gone: Int) {
    var left = counts
    var report = report
    let all = report.findings.count
    report.findings = report.findings.filter { finding in
      let key = Self.key(finding, report)
      guard let count = left[key], count > 0 else { return true }
      left[key] = count - 1
      return false
    }
    return (report, all - report.findings.count, left.values.reduce(0, +))
  }

  /// Without what is not found any more; nothing is added.
  public func pruned(to report: LintReport) -> Baseline {
    let now = Baseline(report).counts
    var pruned = Baseline()
    for (key, count) in counts {
      let kept = min(count, now[key] ?? 0)
      if kept > 0 { pruned.counts[key] = kept }
    }
    return pruned
  }

  /// The file's text: an entry a line, in a stable order, so that changes are easy to review.
  public var text: String {
    let lines = counts.keys.sorted().map { key -> String in
      let entry: Value = [
        "file": .string(key.file), "code": .string(key.code), "message": .string(key.message),
        "count": .int(counts[key] ?? 0),
      ]
      return "  " + entry.json()
    }
    return "{\"version\": 1, \"findings\": [\n" + lines.joined(separator: ",\n") + "\n]}\n"
  }

  private static func key(_ finding: Diagnostic, _ report: LintReport) -> Key {
    Key(file: report.file(of: finding), code: finding.code.name, message: finding.message)
  }
}
