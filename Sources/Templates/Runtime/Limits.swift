/// What one rendering may take; beyond it stops with an error instead of the memory's or the reader's end.
enum Limits {
  /// Bytes of output, and of any text made on the way.
  static let bytes = 64 << 20
  /// Bits of a whole number.
  static let bits = 1 << 16
  /// Elements of a range or a repeated list.
  static let elements = 1_000_000
  /// Macros and recursive loops inside one another.
  static let calls = 200
  /// Bodies and expressions inside one another, over all calls.
  static let depth = 1_000
  /// Lists and mappings inside one another.
  static let nesting = 100

  static let tooMuchText = TemplateError(.limit, "the text has more than \(bytes >> 20) MB")
  static let tooLong = TemplateError(.limit, "the list has more than \(elements) elements")
  static let tooDeep = TemplateError(
    .limit, "the template calls itself more than \(calls) levels deep",
    help: "look for a recursion without an end")
  static let tooNested = TemplateError(.limit, "the value is nested more than \(nesting) levels deep")
  static let tooLarge = TemplateError(.arithmetic, "the number is too large")
  static let tooManyBits = TemplateError(.limit, "the number has more than \(bits) bits")
}
