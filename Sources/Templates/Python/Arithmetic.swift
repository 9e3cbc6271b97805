import Glibc
import Values

func computed(_ sign: ArithmeticOperator, _ a: Value, _ b: Value) throws(TemplateError) -> Value {
  switch (a, b) {
  case (.int(let x), .int(let y)): return try computed(sign, x, y)
  case (.double(let x), .double(let y)): return try computed(sign, x, y)
  case (.string(let x), .string(let y)) where sign == .add: return .string(try joined(x, y))
  default: break
  }
  if sign == .modulo, let format = a.anyString {
    let text = try PercentFormat.format(format, b.defined(), isMarkup: a.isMarkup)
    return a.isMarkup ? .markup(text) : .string(text)
  }
  if let x = a.asInt, let y = b.asInt { return try computed(sign, x, y) }
  if let result = try bigResult(sign, a, b) { return result }
  if let x = a.asDouble, let y = b.asDouble { return try computed(sign, x, y) }
  if let result = try sequence(sign, a, b) { return result }
  throw mismatch(sign, try a.defined(), try b.defined())
}

private func joined(_ a: String, _ b: String) throws(TemplateError) -> String {
  guard a.utf8.count + b.utf8.count <= Limits.bytes else { throw Limits.tooMuchText }
  return a + b
}

private func mismatch(_ sign: ArithmeticOperator, _ a: Value, _ b: Value) -> TemplateError {
  if sign == .add {
    switch a {
    case .string, .list, .tuple:
      return TemplateError(
        .type, "can only concatenate \(a.typeName) (not \"\(b.typeName)\") to \(a.typeName)",
        help: "`~` joins anything as text")
    default: break
    }
  }
  if sign == .multiply, a.isSequence || b.isSequence {
    let other = a.isSequence ? b : a
    if WholeNumber(other) != nil {
      return TemplateError(.arithmetic, "cannot fit 'int' into an index-sized integer")
    }
    return TemplateError(.type, "can't multiply sequence by non-int of type '\(other.typeName)'")
  }
  return TemplateError(
    .type,
    "unsupported operand type(s) for \(sign.spelling): '\(a.typeName)' and '\(b.typeName)'",
    help: sign == .add ? "`~` joins anything as text" : nil)
}

extension Value {
  fileprivate var isSequence: Bool {
    switch self {
    case .string, .list, .tuple: true
    default: isMarkup
    }
  }
}

private func sequence(_ sign: ArithmeticOperator, _ a: Value, _ b: Value) throws(TemplateError) -> Value? {
  switch sign {
  case .add:
    switch (a, b) {
    case (.list(let x), .list(let y)):
      guard x.count + y.count <= Limits.elements else { throw Limits.tooLong }
      return .list(x + y)
    case (.tuple(let x), .tuple(let y)): return .tuple(x + y)
    default: break
    }
    // Escaped text stays escaped: what is not is escaped on the way in.
    guard a.isMarkup || b.isMarkup, let x = a.anyString, let y = b.anyString else { return nil }
    return .markup(try joined(a.isMarkup ? x : escaped(x), b.isMarkup ? y : escaped(y)))
  case .multiply:
    if let count = b.asInt, let result = try repeated(a, count) { return result }
    if let count = a.asInt, let result = try repeated(b, count) { return result }
    return nil
  default: return nil
  }
}

private func repeated(_ value: Value, _ count: Int) throws(TemplateError) -> Value? {
  let count = max(0, count)
  if let text = value.anyString {
    guard text.utf8.isEmpty || count <= Limits.bytes / text.utf8.count else { throw Limits.tooMuchText }
    let result = String(repeating: text, count: text.isEmpty ? 0 : count)
    return value.isMarkup ? .markup(result) : .string(result)
  }
  guard let items = value.asList else { return nil }
  guard items.isEmpty || count <= Limits.elements / items.count else {
    throw Limits.tooLong
  }
  let result = items.isEmpty ? [] : Array(repeatElement(items, count: count).joined())
  if case .tuple = value { return .tuple(result) }
  return .list(result)
}

// MARK: - Numbers

private func computed(_ sign: ArithmeticOperator, _ x: Int, _ y: Int) throws(TemplateError) -> Value {
  let (result, overflow): (Int, Bool)
  switch sign {
  case .add: (result, overflow) = x.addingReportingOverflow(y)
  case .subtract: (result, overflow) = x.subtractingReportingOverflow(y)
  case .multiply: (result, overflow) = x.multipliedReportingOverflow(by: y)
  case .divide:
    guard y != 0 else { throw TemplateError(.arithmetic, "division by zero") }
    // Beyond 53 bits the two would be rounded before they are divided.
    let isExact = x.magnitude <= 1 << 53 && y.magnitude <= 1 << 53
    if !isExact, let quotient = WholeNumber(x).quotient(by: WholeNumber(y)) { return .double(quotient) }
    return .double(Double(x) / Double(y))
  case .floorDivide:
    guard y != 0 else { throw TemplateError(.arithmetic, "integer division or modulo by zero") }
    guard y != -1 else { return try computed(.subtract, 0, x) }
    return .int(x / y - (x % y != 0 && (x < 0) != (y < 0) ? 1 : 0))
  case .modulo:
    guard y != 0 else { throw TemplateError(.arithmetic, "integer modulo by zero") }
    guard y != -1 else { return .int(0) }
    let rest = x % y
    return .int(rest != 0 && (rest < 0) != (y < 0) ? rest + y : rest)
  case .power: return try power(x, y)
  }
  return try overflow ? computed(sign, WholeNumber(x), WholeNumber(y)) : .int(result)
}

private func power(_ base: Int, _ exponent: Int) throws(TemplateError) -> Value {
  guard exponent >= 0 else { return try computed(.power, Double(base), Double(exponent)) }
  var (result, factor, left) = (1, base, exponent)
  while left > 0 {
    if left & 1 == 1 {
      let (product, overflow) = result.multipliedReportingOverflow(by: factor)
      if overflow { return try computed(.power, WholeNumber(base), WholeNumber(exponent)) }
      result = product
    }
    left >>= 1
    guard left > 0 else { break }
    let (square, overflow) = factor.multipliedReportingOverflow(by: factor)
    if overflow { return try computed(.power, WholeNumber(base), WholeNumber(exponent)) }
    factor = square
  }
  return .int(result)
}

private func computed(_ sign: ArithmeticOperator, _ x: Double, _ y: Double) throws(TemplateError) -> Value {
  switch sign {
  case .add: return .double(x + y)
  case .subtract: return .double(x - y)
  case .multiply: return .double(x * y)
  case .divide:
    guard y != 0 else { throw TemplateError(.arithmetic, "float division by zero") }
    return .double(x / y)
  case .floorDivide:
    guard y != 0 else { throw TemplateError(.arithmetic, "float floor division by zero") }
    return .double(floorDivision(x, y).quotient)
  case .modulo:
    guard y != 0 else { throw TemplateError(.arithmetic, "float modulo") }
    return .double(floorDivision(x, y).rest)
  case .power:
    if x == 0, y < 0 { throw TemplateError(.arithmetic, "0.0 cannot be raised to a negative power") }
    if x < 0, x.isFinite, y.isFinite, y != y.rounded() {
      throw TemplateError(.unsupported, "the power is a complex number")
    }
    let result = pow(x, y)
    guard result.isFinite || !x.isFinite || !y.isFinite else {
      throw TemplateError(.arithmetic, "(34, 'Numerical result out of range')")
    }
    return .double(result)
  }
}

/// Quotient and rest as Python's `float.__divmod__` has them: the rest takes the divisor's sign.
private func floorDivision(_ x: Double, _ y: Double) -> (quotient: Double, rest: Double) {
  var rest = fmod(x, y)
  var quotient = (x - rest) / y
  if rest != 0 {
    if (y < 0) != (rest < 0) {
      rest += y
      quotient -= 1
    }
  } else {
    rest = y < 0 ? -0.0 : 0.0
  }
  guard quotient != 0 else { return ((x / y).sign == .minus ? -0.0 : 0.0, rest) }
  let floored = quotient.rounded(.down)
  return (quotient - floored > 0.5 ? floored + 1 : floored, rest)
}

func negated(_ value: Value) throws(TemplateError) -> Value {
  switch value {
  case .double(let it): return .double(-it)
  case .object(let it as BigInteger): return it.number.negated.value
  default:
    guard let it = try value.defined().asInt else {
      throw TemplateError(.type, "bad operand type for unary -: '\(value.typeName)'")
    }
    return try computed(.subtract, 0, it)
  }
}

func positive(_ value: Value) throws(TemplateError) -> Value {
  switch value {
  case .double: return value
  case .object(let it) where it is BigInteger: return value
  default:
    guard let it = try value.defined().asInt else {
      throw TemplateError(.type, "bad operand type for unary +: '\(value.typeName)'")
    }
    return .int(it)
  }
}
