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

  public let kind: Kind
  public let message: String
  public let help: String?
  /// Where in the outer source it happened.
  public internal(set) var span: SourceSpan?
  /// The same in the template's own bytes.
  var place: ByteRange?

  public init(_ kind: Kind, _ message: String, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.help = help
  }

  /// Python's complaint about a member that a type does not have.
  static func noAttribute(_ name: String, of value: Value) -> TemplateError {
    TemplateError(.undefined, "'\(value.typeName)' object has no attribute '\(name)'")
  }

  /// This error with a place, unless it already knows a nearer one.
  func at(_ range: ByteRange) -> TemplateError {
    guard place == nil else { return self }
    var copy = self
    copy.place = range
    return copy
  }
}
