/// Which names a condition asks after with `is defined`, so that reading them beside it is no mistake.
enum Guards {
  static func names(in expression: Expression) -> Set<String> {
    var names: Set<String> = []
    collect(expression, &names)
    return names
  }

  /// Which branches of a condition are for rows without a name that it asks after: what they read may be missing where
  /// the name is there.
  static func branchesForAbsence(of test: Expression) -> (then: Bool, otherwise: Bool) {
    if names(in: test).isEmpty { return (false, false) }
    if case .test(let input, let name, _, _) = test.kind, case .name = input.kind {
      return (name == "undefined", name == "defined")
    }
    if case .not(let inner) = test.kind, case .test(let input, let name, _, _) = inner.kind,
      case .name = input.kind
    {
      return (name == "defined", name == "undefined")
    }
    return (true, true)
  }

  private static func collect(_ expression: Expression, _ names: inout Set<String>) {
    if case .test(let input, let test, _, _) = expression.kind, test == "defined" || test == "undefined",
      case .name(let name) = input.kind
    {
      names.insert(name)
    }
    expression.kind.forEachChild { collect($0, &names) }
  }
}
