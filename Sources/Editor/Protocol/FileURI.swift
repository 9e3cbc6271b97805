/// Addresses of files as editors write them, and their paths.
enum FileURI {
  /// The path of a `file:` address; of another kind the address itself, which no file has.
  static func path(_ uri: String) -> String {
    guard uri.hasPrefix("file://") else { return uri }
    let rest = uri.dropFirst("file://".count)
    // What stands before the path, if anything, is this machine's name.
    guard let slash = rest.firstIndex(of: "/") else { return "/" }
    var bytes: [UInt8] = []
    var coded = Array(rest[slash...].utf8)[...]
    while let byte = coded.popFirst() {
      if byte == UInt8(ascii: "%"), coded.count >= 2,
        let code = UInt8(String(decoding: coded.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        coded = coded.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func uri(_ path: String) -> String {
    guard path.hasPrefix("/") else { return path }
    var out = "file://"
    for byte in path.utf8 {
      if isPlain(byte) {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let code = String(byte, radix: 16, uppercase: true)
        out += "%" + (code.utf8.count < 2 ? "0" : "") + code
      }
    }
    return out
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "/-._~".utf8.contains(byte)
    }
  }
}
