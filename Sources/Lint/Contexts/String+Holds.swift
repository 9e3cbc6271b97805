import Glibc

extension String {
  /// Whether some bytes stand in the text; most files are asked for many marks that they do not have.
  func holds(_ mark: StaticString) -> Bool { offset(of: mark) != nil }

  /// Where some bytes first stand in the text, at or after an offset.
  func offset(of mark: StaticString, from start: Int = 0) -> Int? {
    var text = self
    return text.withUTF8 { bytes -> Int? in
      let length = mark.utf8CodeUnitCount
      guard let base = bytes.baseAddress, length > 0 else { return nil }
      var at = start
      while at + length <= bytes.count {
        guard let hit = memchr(base + at, Int32(mark.utf8Start[0]), bytes.count - at - length + 1) else {
          return nil
        }
        at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        if memcmp(hit, mark.utf8Start, length) == 0 { return at }
        at += 1
      }
      return nil
    }
  }
}
