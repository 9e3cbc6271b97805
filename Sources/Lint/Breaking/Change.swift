import Diagnostics

/// One way in which a task is not what it was.
struct Change: Sendable {
  let code: Diagnostic.Code
  let message: String
  /// The key of the task that it shows at.
  let key: String
  /// What was and what is, where it can be shown in a few lines.
  var before: String?
  var after: String?

  init(_ code: Diagnostic.Code, _ message: String, key: String, before: String? = nil, after: String? = nil) {
    self.code = code
    self.message = message
    self.key = key
    self.before = before
    self.after = after
  }

  /// Both, a line each as in a diff.
  var note: String? {
    guard before != nil || after != nil else { return nil }
    return [(before, "- "), (after, "+ ")].compactMap { text, mark in
      text.map { mark + ($0.isEmpty ? "(nothing)" : $0) }
    }.joined(separator: "\n")
  }

  /// A value short enough for a line; where two are alike for long, what stands around the first difference.
  static func shown(_ before: String, _ after: String) -> (String, String) {
    let (a, b) = (Array(before), Array(after))
    let same = zip(a, b).prefix { $0 == $1 }.count
    func cut(_ text: [Character]) -> String {
      let start = same > 50 ? same - 30 : 0
      let end = min(text.count, start + 120)
      return (start > 0 ? "…" : "") + String(text[min(start, end)..<end]) + (end < text.count ? "…" : "")
    }
    return (cut(a), cut(b))
  }
}
