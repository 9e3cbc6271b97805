import Diagnostics

/// The first thing that keeps a text from being a template.
struct SyntaxError: Error {
  var code: Diagnostic.Code = "template-syntax"
  var message: String
  var range: ByteRange
  var help: String?

  init(
    _ message: String, at range: ByteRange, help: String? = nil, code: Diagnostic.Code = "template-syntax"
  ) {
    self.code = code
    self.message = message
    self.range = range
    self.help = help
  }
}
