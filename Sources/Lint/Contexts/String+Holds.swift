import Glibc

extension String {
  /// Whether some bytes stand in the text; most files are asked for many marks that they do not have.
  func holds(_ mark: String) -> Bool { offset(of: mark) != nil }

  /// Where some bytes first stand in the text, at or after an offset.
  func offset(of mark: String, from start: Int = 0) -> Int? {
    var (text, mark) = (self, mark)
    return text.withUTF8 { bytes in
      mark.withUTF8 { pattern in
        guard let base = bytes.baseAddress, let mark = pattern.baseAddress, !pattern.isEmpty else {
          return nil
        }
        var from = start
        while from + pattern.count <= bytes.count {
          let room = bytes.count - pattern.count - from + 1
          guard let found = memchr(base + from, Int32(mark[0]), room) else { return nil }
          let at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
          if memcmp(found, mark, pattern.count) == 0 { return at }
          from = at + 1
        }
        return nil
      }
    }
  }

  /// The byte at an offset; a space outside the text.
  func byte(at offset: Int) -> UInt8 {
    let bytes = utf8.span
    return offset >= 0 && offset < bytes.count ? bytes[offset] : 0x20
  }
}
