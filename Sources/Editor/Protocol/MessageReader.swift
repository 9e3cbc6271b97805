public import Values

/// Takes JSON-RPC messages out of a stream of bytes, framed by `Content-Length` as editors do it.
///
/// Whatever comes, what can be read again after it is read.
public struct MessageReader: Sendable {
  /// A message, or why some bytes were none.
  public enum Item: Sendable {
    case message(Value)
    case trouble(String)
  }

  private var bytes: [UInt8] = []
  /// How much of a message that is too long is still to be passed over.
  private var skipped = 0
  /// Whether what came last was no header, which is said once.
  private var isLost = false

  /// Larger than any task file; a wrong length must not fill the memory.
  private static let most = 64 << 20
  private static let mark = Array("content-length:".utf8)

  public init() {}

  public mutating func add(_ more: some Sequence<UInt8>) { bytes += more }

  /// The next whole message; nil until more bytes have come.
  public mutating func next() -> Item? {
    if skipped > 0 {
      let count = min(skipped, bytes.count)
      bytes.removeFirst(count)
      skipped -= count
    }
    guard skipped == 0, !bytes.isEmpty else { return nil }
    if !startsWithHeader() {
      guard recover() else { return nil }
      if !isLost {
        isLost = true
        return .trouble("expected the header `Content-Length: …`")
      }
    }
    guard let (length, start) = header() else {
      if let end = headerEnd() {
        bytes.removeFirst(end)
        return .trouble("the header has no usable `Content-Length`")
      }
      return nil
    }
    if length > Self.most {
      skipped = length
      bytes.removeFirst(start)
      return .trouble("a message of \(length) bytes is too long")
    }
    guard bytes.count - start >= length else { return nil }
    isLost = false
    let body = Array(bytes[start..<start + length])
    bytes.removeFirst(start + length)
    do throws(JSONError) { return .message(try Value(json: body)) } catch {
      return .trouble("a message is no JSON: \(error.message)")
    }
  }

  /// Whether the bytes begin as a header does, as far as they go.
  private func startsWithHeader() -> Bool {
    if Self.isLike(bytes[...], Self.mark) { return true }
    return Self.isLike(bytes[...], Array("content-type:".utf8))
  }

  private static func isLike(_ bytes: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
    zip(bytes, mark).allSatisfy { $0 | ($0 >= 0x41 && $0 <= 0x5A ? 0x20 : 0) == $1 }
  }

  /// Drops what stands before the next header; whether there is one.
  private mutating func recover() -> Bool {
    for start in bytes.indices.dropFirst() where Self.isLike(bytes[start...], Self.mark) {
      bytes.removeFirst(start)
      return true
    }
    bytes = []
    return false
  }

  /// Where the body starts, if the header has ended.
  private func headerEnd() -> Int? {
    for at in bytes.indices where bytes[at] == 0x0A {
      if at + 1 < bytes.count, bytes[at + 1] == 0x0A { return at + 2 }
      if at + 2 < bytes.count, bytes[at + 1] == 0x0D, bytes[at + 2] == 0x0A { return at + 3 }
    }
    return nil
  }

  private func header() -> (length: Int, start: Int)? {
    guard let end = headerEnd() else { return nil }
    for line in bytes[..<end].split(separator: 0x0A) where Self.isLike(line, Self.mark) {
      guard line.count > Self.mark.count else { continue }
      let digits = line.dropFirst(Self.mark.count).filter { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }
      let text = String(decoding: digits, as: UTF8.self)
      if let length = Int(text), length >= 0, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
        return (length, end)
      }
    }
    return nil
  }

  /// A message as it goes out.
  public static func framed(_ message: Value) -> [UInt8] {
    let body = Array(message.json().utf8)
    return Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
  }
}
