import Values

/// A text by its code points, which is how Python counts; plain ASCII is counted by its bytes.
struct Scalars {
  let text: String
  /// Nil while the text is plain ASCII.
  private let scalars: [Unicode.Scalar]?
  private let bytes: [UInt8]

  init(_ text: String) {
    self.text = text
    let all = Array(text.utf8)
    if all.allSatisfy({ $0 < 0x80 }) {
      bytes = all
      scalars = nil
    } else {
      bytes = []
      scalars = Array(text.unicodeScalars)
    }
  }

  var count: Int { scalars?.count ?? bytes.count }

  subscript(_ index: Int) -> Unicode.Scalar { scalars?[index] ?? Unicode.Scalar(bytes[index]) }

  subscript(_ range: Range<Int>) -> String {
    if let scalars {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[range])
      return String(view)
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  subscript(_ indices: some Sequence<Int>) -> String {
    var view = String.UnicodeScalarView()
    for index in indices { view.append(self[index]) }
    return String(view)
  }

  /// The byte offset at which a text first occurs in another.
  static func find(_ needle: String, in text: String) -> Int? {
    let (needle, text) = (Array(needle.utf8), Array(text.utf8))
    return find(needle, in: text, from: 0)
  }

  static func find(_ needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
    guard let first = needle.first else { return start <= text.count ? start : nil }
    var at = start
    while at + needle.count <= text.count {
      if text[at] == first, text[at..<at + needle.count].elementsEqual(needle) { return at }
      at += 1
    }
    return nil
  }

  static func findLast(_ needle: [UInt8], in text: [UInt8]) -> Int? {
    var at = text.count - needle.count
    while at >= 0 {
      if text[at..<at + needle.count].elementsEqual(needle) { return at }
      at -= 1
    }
    return nil
  }
}

extension String {
  /// Whether Python's `repr` is the text between single quotes, as it is for most.
  var isPlainlyQuoted: Bool {
    utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\\") }
  }

  /// Whether there is plain ASCII at both ends, and no white space.
  var needsNoStripping: Bool {
    guard let first = utf8.first, let last = utf8.last else { return true }
    return first > 0x20 && first < 0x7F && last > 0x20 && last < 0x7F
  }

  /// How many code points it has, as Python's `len` says.
  var scalarCount: Int { unicodeScalars.count }

  init(_ scalars: some Sequence<Unicode.Scalar>) {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    self = String(view)
  }
}
