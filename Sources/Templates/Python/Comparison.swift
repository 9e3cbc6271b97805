import Values

func holds(_ sign: ComparisonOperator, _ a: Value, _ b: Value) throws(TemplateError) -> Bool {
  switch sign {
  case .equal: try equal(a, b)
  case .notEqual: try !equal(a, b)
  case .less: try precedes(a, b, sign)
  case .greater: try precedes(b, a, sign, swapped: true)
  case .lessOrEqual: try !precedesOrFails(b, a, a, b, sign)
  case .greaterOrEqual: try !precedesOrFails(a, b, a, b, sign)
  case .isIn: try contains(b, a)
  case .isNotIn: try !contains(b, a)
  }
}

/// Python's `==`; a strict undefined value on either side raises.
func equal(_ a: Value, _ b: Value) throws(TemplateError) -> Bool {
  switch (a, b) {
  case (.object(let x), .object(let y)):
    for case let undefined as Undefined in [x, y] where !undefined.isLenient { throw undefined.error }
    if x is Undefined || y is Undefined { return x is Undefined && y is Undefined }
    if let text = a.anyString, let other = b.anyString { return sameBytes(text, other) }
    if let first = x as? RangeObject, let second = y as? RangeObject {
      return first.count == second.count
        && (first.count == 0
          || first.start == second.start && (first.count == 1 || first.step == second.step))
    }
    if let first = x as? GroupObject, let second = y as? GroupObject {
      return first.grouper == second.grouper && first.list == second.list
    }
    if let first = x as? ViewObject, let second = y as? ViewObject, first.typeName == second.typeName {
      return first.typeName == "dict_values" ? first === second : Set(first.elements) == Set(second.elements)
    }
    return x.isEqual(to: y)
  case (.object(let object), let other), (let other, .object(let object)):
    if let undefined = object as? Undefined {
      guard undefined.isLenient else { throw undefined.error }
      return false
    }
    if let markup = object as? Markup, case .string(let text) = other {
      return sameBytes(markup.string, text)
    }
    if let group = object as? GroupObject { return .tuple([group.grouper, group.list]) == other }
    return object is BigInteger && a == b
  case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
    guard x.count == y.count else { return false }
    for (left, right) in zip(x, y) where try !equal(left, right) { return false }
    return true
  default: return a == b
  }
}

/// Whether `a < b`; `swapped` says that the template wrote them the other way round.
func precedes(_ a: Value, _ b: Value, _ sign: ComparisonOperator = .less, swapped: Bool = false)
  throws(TemplateError) -> Bool
{
  switch (a, b) {
  case (.int(let x), .int(let y)): return x < y
  case (.list(let x), .list(let y)), (.tuple(let x), .tuple(let y)):
    for (left, right) in zip(x, y) where try !equal(left, right) {
      return try precedes(left, right, sign, swapped: swapped)
    }
    return x.count < y.count
  default: break
  }
  if let x = a.anyString, let y = b.anyString { return x.utf8.lexicographicallyPrecedes(y.utf8) }
  if case .object(let x) = a, case .object(let y) = b, let isBefore = x.precedes(y) { return isBefore }
  if let isBefore = bigPrecedes(a, b) { return isBefore }
  if let x = a.asDouble, let y = b.asDouble { return precedesNumber(a, b, x, y) }
  for case .object(let object) in swapped ? [b, a] : [a, b] {
    if let undefined = object as? Undefined { throw undefined.error }
    if let group = object as? GroupObject {
      let pair = Value.tuple([group.grouper, group.list])
      return try a.isObject(object)
        ? precedes(pair, b, sign, swapped: swapped) : precedes(a, pair, sign, swapped: swapped)
    }
  }
  let (left, right) = swapped ? (b, a) : (a, b)
  throw TemplateError(
    .type,
    "'\(sign.spelling)' not supported between instances of '\(left.typeName)' and '\(right.typeName)'")
}

/// An integer beyond 2^53 is compared with a float by its exact value.
private func precedesNumber(_ a: Value, _ b: Value, _ x: Double, _ y: Double) -> Bool {
  if let first = a.asInt, let second = b.asInt { return first < second }
  guard x == y, !x.isNaN else { return x < y }
  if let first = a.asInt, let second = Int(exactly: y) { return first < second }
  if let second = b.asInt, let first = Int(exactly: x) { return first < second }
  return false
}

/// `<=` and `>=`: not the opposite of `<` for a float that is not a number.
private func precedesOrFails(
  _ a: Value, _ b: Value, _ left: Value, _ right: Value, _ sign: ComparisonOperator
)
  throws(TemplateError) -> Bool
{
  if a.asDouble?.isNaN == true || b.asDouble?.isNaN == true {
    guard a.asDouble != nil, b.asDouble != nil else { return try precedes(left, right, sign) }
    return true
  }
  return try precedes(a, b, sign, swapped: sign == .lessOrEqual)
}

/// Python's `needle in haystack`.
func contains(_ haystack: Value, _ needle: Value) throws(TemplateError) -> Bool {
  switch haystack {
  case .list(let items), .tuple(let items):
    for item in items where try equal(item, needle) { return true }
    return false
  case .map(let map): return map[try needle.hashable()] != nil
  default: break
  }
  if let text = haystack.anyString {
    guard let part = try needle.defined().anyString else {
      throw TemplateError(.type, "'in <string>' requires string as left operand, not \(needle.typeName)")
    }
    return part.isEmpty || Scalars.find(part, in: text) != nil
  }
  if case .object(let object) = haystack {
    if let undefined = object as? Undefined {
      guard undefined.isLenient else { throw undefined.error }
      return false
    }
    if let range = object as? RangeObject {
      guard let value = try needle.defined().asInt ?? needle.asDouble.flatMap({ Int(exactly: $0) }),
        range.count > 0
      else {
        return false
      }
      let offset = value - range.start
      return offset % range.step == 0 && offset / range.step >= 0 && offset / range.step < range.count
    }
    if object is Generator || object is ViewObject || object is GroupObject {
      for item in try haystack.elements() where try equal(item, needle) { return true }
      return false
    }
  }
  throw TemplateError(.type, "argument of type '\(haystack.typeName)' is not iterable")
}

extension Value {
  func isObject(_ object: any ValueObject) -> Bool {
    if case .object(let own) = self { own === object } else { false }
  }
}
