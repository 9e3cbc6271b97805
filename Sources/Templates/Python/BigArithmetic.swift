import Glibc
import Values

/// What comes of two numbers of which one is beyond 64 bits; nil where neither is.
func bigResult(_ sign: ArithmeticOperator, _ a: Value, _ b: Value) throws(TemplateError) -> Value? {
  guard a.isBigInteger || b.isBigInteger else { return nil }
  if let x = WholeNumber(a), let y = WholeNumber(b) { return try computed(sign, x, y) }
  // Beside a float it is one itself, as long as there is one so large.
  guard let number = WholeNumber(a) ?? WholeNumber(b), a.isDouble || b.isDouble, number.double == nil else {
    return nil
  }
  throw tooLargeForFloat
}

let tooLargeForFloat = TemplateError(.arithmetic, "int too large to convert to float")

func computed(_ sign: ArithmeticOperator, _ x: WholeNumber, _ y: WholeNumber) throws(TemplateError) -> Value {
  switch sign {
  case .add: return try (x + y).checked()
  case .subtract: return try (x - y).checked()
  case .multiply: return try (x * y).checked()
  case .divide:
    guard !y.isZero else { throw TemplateError(.arithmetic, "division by zero") }
    guard let quotient = x.quotient(by: y) else {
      throw TemplateError(.arithmetic, "integer division result too large for a float")
    }
    return .double(quotient)
  case .floorDivide:
    guard !y.isZero else { throw TemplateError(.arithmetic, "integer division or modulo by zero") }
    return x.dividedDown(by: y).quotient.value
  case .modulo:
    guard !y.isZero else { throw TemplateError(.arithmetic, "integer modulo by zero") }
    return x.dividedDown(by: y).rest.value
  case .power: return try power(x, y)
  }
}

private func power(_ base: WholeNumber, _ exponent: WholeNumber) throws(TemplateError) -> Value {
  if exponent.isNegative {
    guard let x = base.double, let y = exponent.double else { throw tooLargeForFloat }
    guard x != 0 else { throw TemplateError(.arithmetic, "0.0 cannot be raised to a negative power") }
    return .double(pow(x, y))
  }
  if base.bitCount <= 1, let small = base.value.asInt {
    // 0, 1 and -1 take any power.
    return .int(exponent.isZero ? 1 : small < 0 && !exponent.isOdd ? 1 : small)
  }
  guard let times = exponent.value.asInt, let result = base.power(times, maximumBits: Limits.bits) else {
    throw Limits.tooManyBits
  }
  return result.value
}

extension WholeNumber {
  fileprivate func checked() throws(TemplateError) -> Value {
    guard bitCount <= Limits.bits else { throw Limits.tooManyBits }
    return value
  }
}

extension Value {
  var isBigInteger: Bool { if case .object(let it) = self { it is BigInteger } else { false } }
  fileprivate var isDouble: Bool { if case .double = self { true } else { false } }
}

/// Whether one number comes before another where one is beyond 64 bits; nil where neither is.
func bigPrecedes(_ a: Value, _ b: Value) -> Bool? {
  guard a.isBigInteger || b.isBigInteger else { return nil }
  if let x = WholeNumber(a), let y = WholeNumber(b) { return x < y }
  switch (a, b) {
  case (.double(let x), _):
    guard let y = WholeNumber(b) else { return nil }
    // So large a number has no fraction to be compared.
    return WholeNumber(x).map { $0 < y } ?? (x < 0)
  case (_, .double(let y)):
    guard let x = WholeNumber(a) else { return nil }
    return WholeNumber(y).map { x < $0 } ?? (y > 0)
  default: return nil
  }
}
