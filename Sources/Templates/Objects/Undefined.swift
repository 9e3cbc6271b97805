import Values

/// What a missing variable, attribute or item evaluates to; most uses of it are errors.
final class Undefined: ValueObject {
  enum Reason: Sendable {
    /// A sentence of its own.
    case hint(String)
    case variable(String)
    /// An attribute or item, and what Python calls the thing it was sought in.
    case member(Value, of: String)
  }

  let reason: Reason
  /// A lenient one may be printed, tested and iterated, as the result of an `if` without `else` may.
  let isLenient: Bool
  /// Where it came about.
  let place: ByteRange?

  init(_ reason: Reason, isLenient: Bool = false, at place: ByteRange? = nil) {
    self.reason = reason
    self.isLenient = isLenient
    self.place = place
  }

  var typeName: String { isLenient ? "Undefined" : "StrictUndefined" }
  var text: String { "Undefined" }
  var isTruthy: Bool { false }

  /// Jinja's sentence for what is missing.
  var message: String {
    switch reason {
    case .hint(let hint): hint
    case .variable(let name): "\(pythonRepr(name)) is undefined"
    case .member(.string(let name), let owner): "\(pythonRepr(owner)) has no attribute \(pythonRepr(name))"
    case .member(let name, let owner): "\(owner) has no element \(name.repr)"
    }
  }

  var error: TemplateError {
    TemplateError(.undefined, message).at(place)
  }
}

extension Value {
  /// The undefined value it is, if it is one.
  var undefined: Undefined? {
    if case .object(let object) = self { object as? Undefined } else { nil }
  }

  /// Itself, unless it is undefined: then using it is the error.
  func defined() throws(TemplateError) -> Value {
    if case .object(let object) = self, let undefined = object as? Undefined { throw undefined.error }
    return self
  }

  /// A missing member, as Jinja's `environment.undefined(obj=…, name=…)` makes it.
  static func missing(_ name: Value, in owner: Value) -> Value {
    .object(Undefined(.member(name, of: owner.ownerName)))
  }

  private var ownerName: String { if case .null = self { "None" } else { qualifiedTypeName + " object" } }

  private var qualifiedTypeName: String {
    guard case .object(let object) = self else { return typeName }
    return switch object {
    case is Markup: "markupsafe.Markup"
    case is NamespaceObject: "jinja2.utils.Namespace"
    case is CyclerObject: "jinja2.utils.Cycler"
    case is JoinerObject: "jinja2.utils.Joiner"
    case is LoopObject: "jinja2.runtime.LoopContext"
    case is MacroObject: "jinja2.runtime.Macro"
    default: object.typeName
    }
  }
}
