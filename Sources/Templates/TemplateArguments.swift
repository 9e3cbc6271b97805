public import Values

/// What a filter, test or function is called with.
///
/// A callable that names its parameters finds each in its place; one that does not finds all in `rest` and
/// `named`.
public struct TemplateArguments: Sendable {
  var slots: [Value?] = []
  /// What came without a name beyond the named parameters.
  public internal(set) var rest: [Value] = []
  /// What came with a name that is no parameter's.
  public internal(set) var named = OrderedMap()
  let environment: TemplateEnvironment
  let isEscaping: Bool

  init(_ environment: TemplateEnvironment, isEscaping: Bool = false) {
    self.environment = environment
    self.isEscaping = isEscaping
  }

  /// What a filter gives that found nothing.
  func undefined(_ hint: String) -> Value {
    .object(Undefined(.hint(hint), isLenient: environment.isLenient))
  }

  func missing(_ name: Value, in owner: Value) -> Value {
    guard let undefined = Value.missing(name, in: owner).undefined else { return .null }
    return .object(Undefined(undefined.reason, isLenient: environment.isLenient))
  }

  /// What was given for a parameter, by its place in the list of parameters.
  public subscript(_ index: Int) -> Value? { index < slots.count ? slots[index] : nil }

  /// An argument of a callable that names no parameters, by place or by name.
  public func argument(_ index: Int, named name: String) -> Value? {
    index < rest.count ? rest[index] : named[name]
  }
}
