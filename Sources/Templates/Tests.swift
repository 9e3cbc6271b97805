import Values

/// What may stand after `is`.
let builtinTests: [Callable] =
  [
    Callable("defined") { (value, _) throws(TemplateError) in .bool(value.undefined == nil) },
    Callable("undefined") { (value, _) throws(TemplateError) in .bool(value.undefined != nil) },
    Callable("none") { (value, _) throws(TemplateError) in .bool(value.isNull) },
    Callable("boolean") { (value, _) throws(TemplateError) in
      if case .bool = value { true } else { false }
    },
    Callable("true") { (value, _) throws(TemplateError) in
      if case .bool(true) = value { true } else { false }
    },
    Callable("false") { (value, _) throws(TemplateError) in
      if case .bool(false) = value { true } else { false }
    },
    Callable("integer") { (value, _) throws(TemplateError) in
      .bool(value.asInt == nil ? value.isBigInteger : !value.isBoolean)
    },
    Callable("float") { (value, _) throws(TemplateError) in
      if case .double = value { true } else { false }
    },
    Callable("number") { (value, _) throws(TemplateError) in
      .bool(value.asDouble != nil || value.isBigInteger)
    },
    Callable("string") { (value, _) throws(TemplateError) in .bool(value.anyString != nil) },
    Callable("mapping") { (value, _) throws(TemplateError) in .bool(value.asMap != nil) },
    Callable("sequence") { (value, _) throws(TemplateError) in .bool(isSequence(value)) },
    Callable("iterable") { (value, _) throws(TemplateError) in .bool(try isIterable(value)) },
    Callable("callable") { (value, _) throws(TemplateError) in .bool(isCallable(value)) },
    Callable("escaped") { (value, _) throws(TemplateError) in .bool(value.isMarkup) },
    Callable("odd") { (value, _) throws(TemplateError) in
      .bool(try equal(try computed(.modulo, value, 2), 1))
    },
    Callable("even") { (value, _) throws(TemplateError) in
      .bool(try equal(try computed(.modulo, value, 2), 0))
    },
    Callable("divisibleby", ["num"]) { (value, given) throws(TemplateError) in
      .bool(try equal(try computed(.modulo, value, given[0] ?? 1), 0))
    },
    Callable("lower") { (value, _) throws(TemplateError) in
      .bool(CharacterTests.holds("islower", try value.string()))
    },
    Callable("upper") { (value, _) throws(TemplateError) in
      .bool(CharacterTests.holds("isupper", try value.string()))
    },
    Callable("sameas", ["other"]) { (value, given) throws(TemplateError) in
      .bool(isSame(value, given[0] ?? .null))
    },
    Callable("in", ["seq"]) { (value, given) throws(TemplateError) in
      .bool(try contains(given[0] ?? .null, value))
    },
    Callable("filter") { (value, given) throws(TemplateError) in
      .bool(try value.hashable().asString.map { given.environment.filters[$0] != nil } ?? false)
    },
    Callable("test") { (value, given) throws(TemplateError) in
      .bool(try value.hashable().asString.map { given.environment.tests[$0] != nil } ?? false)
    },
  ] + comparisons

extension Value {
  fileprivate var isBoolean: Bool { if case .bool = self { true } else { false } }
}

private let comparisons: [Callable] = [
  ("==", .equal), ("eq", .equal), ("equalto", .equal), ("!=", .notEqual), ("ne", .notEqual),
  (">", .greater), ("gt", .greater), ("greaterthan", .greater), (">=", .greaterOrEqual),
  ("ge", .greaterOrEqual),
  ("<", .less), ("lt", .less), ("lessthan", .less), ("<=", .lessOrEqual), ("le", .lessOrEqual),
].map { (name: String, sign: ComparisonOperator) in
  Callable(name, ["b"]) { (value, given) throws(TemplateError) in
    .bool(try holds(sign, value, given[0] ?? .null))
  }
}

private func isSequence(_ value: Value) -> Bool {
  switch value {
  case .string, .list, .tuple, .map: true
  case .object(let object): object is Markup || object is RangeObject || object is GroupObject
  default: false
  }
}

private func isIterable(_ value: Value) throws(TemplateError) -> Bool {
  switch value {
  case .string, .list, .tuple, .map: return true
  case .object(let object):
    switch object {
    case let undefined as Undefined:
      guard undefined.isLenient else { throw undefined.error }
      return true
    case is Markup, is RangeObject, is GroupObject, is Generator, is ViewObject, is LoopObject: return true
    default: return false
    }
  default: return false
  }
}

private func isCallable(_ value: Value) -> Bool {
  guard case .object(let object) = value else { return false }
  return switch object {
  case is FunctionObject, is ClassObject, is MethodObject, is MacroObject, is LoopObject, is JoinerObject,
    is Undefined:
    true
  default: false
  }
}

/// Python's `is`, as far as values can tell: constants, small integers and objects are themselves.
private func isSame(_ a: Value, _ b: Value) -> Bool {
  switch (a, b) {
  case (.null, .null): true
  case (.bool(let x), .bool(let y)): x == y
  case (.int(let x), .int(let y)): x == y
  case (.string(let x), .string(let y)): sameBytes(x, y)
  case (.object(let x), .object(let y)): x === y
  default: false
  }
}
