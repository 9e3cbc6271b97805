public import Diagnostics
import Values

/// Why a template could not be rendered with some variables.
public struct TemplateError: Error, Sendable {
  /// What kind of trouble it is; most have a Python exception's meaning.
  public enum Kind: String, Sendable {
    /// A variable, attribute or item that does not exist was used.
    case undefined
    /// A value of the wrong type.
    case type
    /// A value of the right type that will not do.
    case value
    /// A key or index that a method did not find.
    case lookup
    /// Division by zero, or a number too large to keep.
    case arithmetic
    /// A filter was given what it cannot use.
    case argument
    /// Something Jinja itself refuses while rendering.
    case runtime
    /// The template raised it on purpose, with `raise_exception`.
    case raised
    /// More output, depth or time than a template may take.
    case limit
    /// Python can do it; this engine does not.
    case unsupported
  }

  /// Kept apart, because every function on the way up holds room for an error, and templates may nest deep.
  private final class Content: Sendable {
    let kind: Kind
    let message: String
    let help: String?
    let span: SourceSpan?
    let place: ByteRange?

    init(_ kind: Kind, _ message: String, _ help: String?, _ span: SourceSpan?, _ place: ByteRange?) {
      self.kind = kind
      self.message = message
      self.help = help
      self.span = span
      self.place = place
    }
  }

  private let content: Content

  public var kind: Kind { content.kind }
  public var message: String { content.message }
  public var help: String? { content.help }
  /// Where in the outer source it happened.
  public var span: SourceSpan? { content.span }
  /// The same in the template's own bytes.
  var place: ByteRange? { content.place }

  public init(_ kind: Kind, _ message: String, help: String? = nil) {
    self.init(kind, message, help, nil, nil)
  }

  private init(_ kind: Kind, _ message: String, _ help: String?, _ span: SourceSpan?, _ place: ByteRange?) {
    content = Content(kind, message, help, span, place)
  }

  /// Python's complaint about a member that a type does not have.
  static func noAttribute(_ name: String, of value: Value) -> TemplateError {
    TemplateError(.undefined, "'\(value.typeName)' object has no attribute '\(name)'")
  }

  /// This error with a place, unless it already knows a nearer one.
  func at(_ range: ByteRange?) -> TemplateError {
    place == nil && range != nil ? TemplateError(kind, message, help, span, range) : self
  }

  /// This error with its place in the outer source.
  func lifted(through text: EmbeddedText) -> TemplateError {
    place.map { TemplateError(kind, message, help, text.span($0.indices), $0) } ?? self
  }
}
