/// Which names a condition asks after with `is defined`, so that reading them beside it is no mistake.
enum Guards {
  static func names(in expression: Expression) -> Set<String> {
    var names: Set<String> = []
    collect(expression, &names)
    return names
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
