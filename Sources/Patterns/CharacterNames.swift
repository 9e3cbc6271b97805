extension Unicode.Scalar {
  /// The character with a Unicode name or corrected name.
  ///
  /// Control characters have none, only nicknames, which are not known here; they have escapes of their own.
  init?(named name: String) {
    let wanted = name.uppercased()
    // Names are looked up so rarely that a table of them would cost more than this search.
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if scalar.properties.name == wanted || scalar.properties.nameAlias == wanted {
        self = scalar
        return
      }
    }
    return nil
  }
}
