import Synchronization
public import Values

/// A Python value that has no form over here: a date, an image, a set, a very big number.
///
/// The value itself stays in the Python process; given back to a function, it is the same one.
public final class ForeignObject: ValueObject {
  public let typeName: String
  public let text: String
  /// Python's `repr` of it.
  public let repr: String
  public let isTruthy: Bool
  let number: Int
  let ledger: HandleLedger

  init(_ facts: OrderedMap, number: Int, in ledger: HandleLedger) {
    typeName = facts["type"]?.asString ?? "object"
    text = facts["text"]?.asString ?? ""
    repr = facts["repr"]?.asString ?? text
    isTruthy = facts["truthy"]?.isTruthy ?? true
    self.number = number
    self.ledger = ledger
  }

  deinit { ledger.drop(number) }
}

/// Python's `bytes`.
public final class ForeignBytes: ValueObject {
  public let bytes: [UInt8]
  public var typeName: String { "bytes" }
  public var isTruthy: Bool { !bytes.isEmpty }

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var text: String {
    let quote = bytes.contains(UInt8(ascii: "'")) && !bytes.contains(UInt8(ascii: "\"")) ? "\"" : "'"
    var out = "b" + quote
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"): out += "\\n"
      case UInt8(ascii: "\r"): out += "\\r"
      case UInt8(ascii: "\t"): out += "\\t"
      case UInt8(ascii: "\\"): out += "\\\\"
      case UInt8(ascii: "'") where quote == "'": out += "\\'"
      case 0x20..<0x7F: out.unicodeScalars.append(Unicode.Scalar(byte))
      default: out += "\\x" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return out + quote
  }
}

/// Which of one process's objects nobody here can name any more.
final class HandleLedger: Sendable {
  private let dropped = Mutex<[Int]>([])

  func drop(_ number: Int) { dropped.withLock { $0.append(number) } }

  /// Their numbers, each told once.
  func takeDropped() -> [Int] {
    dropped.withLock { numbers in
      defer { numbers = [] }
      return numbers
    }
  }
}
