extension FilterStep {
  /// The name by which a task file calls the step: of a filter, or of a function.
  public var name: String {
    if let filter = self as? any Filter { return type(of: filter).name }
    return (self as? any NamedStep)?.givenName ?? "step"
  }
}

/// A step whose name is known only when a task gives it.
protocol NamedStep {
  var givenName: String { get }
}

extension ForeignFilter: NamedStep {}
extension RegisteredFilter: NamedStep {}
