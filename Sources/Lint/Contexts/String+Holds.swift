extension String {
  /// Whether some bytes stand in the text; most files are asked for many marks that they do not have.
  func holds(_ mark: String) -> Bool { offset(of: mark) != nil }

  /// Where some bytes first stand in the text, at or after an offset.
  func offset(of mark: String, from start: Int = 0) -> Int? {
    let (bytes, pattern) = (utf8.span, mark.utf8.span)
    guard pattern.count > 0, start + pattern.count <= bytes.count else { return nil }
    let first = pattern[0]
    for at in start...(bytes.count - pattern.count) where bytes[at] == first {
      var length = 1
      while length < pattern.count, bytes[at + length] == pattern[length] { length += 1 }
      if length == pattern.count { return at }
    }
    return nil
  }

  /// The byte at an offset; a space outside the text.
  func byte(at offset: Int) -> UInt8 {
    let bytes = utf8.span
    return offset >= 0 && offset < bytes.count ? bytes[offset] : 0x20
  }
}
