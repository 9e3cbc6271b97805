import Values

/// Reads scalars out of UTF-8 bytes in either direction.
struct Scanner: Sendable {
  let bytes: [UInt8]

  subscript(_ offset: Int) -> UInt8 { offset >= 0 && offset < bytes.count ? bytes[offset] : 0 }

  var count: Int { bytes.count }

  /// The scalar that begins at an offset, and its length in bytes.
  func scalar(at offset: Int) -> (Unicode.Scalar, Int) {
    let lead = self[offset]
    guard lead >= 0xC0 else { return (Unicode.Scalar(lead < 0x80 ? lead : 0x3F), 1) }
    let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
    var value = UInt32(lead) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for step in 1..<length { value = value << 6 | UInt32(self[offset + step] & 0x3F) }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  /// The end of the white space that begins at an offset.
  func skipSpace(_ offset: Int) -> Int {
    var at = offset
    while at < bytes.count {
      let (scalar, length) = scalar(at: at)
      guard scalar.isPythonSpace else { break }
      at += length
    }
    return at
  }

  /// The start of the white space that ends at an offset, not before `floor`.
  func skipSpaceBack(_ offset: Int, to floor: Int) -> Int {
    var at = offset
    while at > floor {
      var start = at - 1
      while start > floor, self[start] & 0xC0 == 0x80 { start -= 1 }
      guard scalar(at: start).0.isPythonSpace else { break }
      at = start
    }
    return at
  }

  func starts(with text: StaticString, at offset: Int) -> Bool {
    guard offset + text.utf8CodeUnitCount <= bytes.count else { return false }
    var at = offset
    return text.withUTF8Buffer { buffer in
      for byte in buffer {
        if bytes[at] != byte { return false }
        at += 1
      }
      return true
    }
  }

  /// The text of a range with every line ending written as a line feed.
  func text(_ range: ByteRange) -> String {
    let slice = bytes[range.indices]
    guard slice.contains(UInt8(ascii: "\r")) else { return String(decoding: slice, as: UTF8.self) }
    var out: [UInt8] = []
    for index in slice.indices {
      if slice[index] == UInt8(ascii: "\r") {
        out.append(UInt8(ascii: "\n"))
      } else if slice[index] != UInt8(ascii: "\n") || index == slice.startIndex
        || slice[index - 1] != UInt8(ascii: "\r")
      {
        out.append(slice[index])
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
