import Glibc
import Values

let numberFilters: [Callable] = [
  Callable("abs", [], absolute),
  Callable("int", ["default=", "base="], integer),
  Callable("float", ["default="], float),
  Callable("round", ["precision=", "method="], rounded),
  Callable("filesizeformat", ["binary="], fileSize),
]

private func absolute(_ value: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  if case .double(let it) = value { return .double(it.magnitude) }
  if case .object(let it as BigInteger) = value { return it.number.magnitude.value }
  guard let it = try value.defined().asInt else {
    throw TemplateError(.type, "bad operand type for abs(): '\(value.typeName)'")
  }
  return it < 0 ? try negated(.int(it)) : .int(it)
}

private func integer(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let substitute = given[0] ?? 0
  if let text = try value.defined().anyString {
    if let parsed = PythonNumbers.integer(text, base: try given[1]?.index() ?? 10) { return parsed }
    guard let double = PythonNumbers.double(text) else { return substitute }
    return WholeNumber(double)?.value ?? substitute
  }
  switch value {
  case .double(let it):
    if it.isInfinite { throw TemplateError(.arithmetic, "cannot convert float infinity to integer") }
    return WholeNumber(it)?.value ?? substitute
  default: return WholeNumber(value)?.value ?? substitute
  }
}

private func float(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let substitute = given[0] ?? .double(0)
  if let text = try value.defined().anyString {
    return PythonNumbers.double(text).map { .double($0) } ?? substitute
  }
  if value.isBigInteger, value.asDouble == nil { throw tooLargeForFloat }
  return value.asDouble.map { .double($0) } ?? substitute
}

private func rounded(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let precision = try given[0]?.index() ?? 0
  let method = try given[1]?.string() ?? "common"
  guard ["common", "ceil", "floor"].contains(method) else {
    throw TemplateError(.argument, "method must be common, ceil or floor")
  }
  if method == "common", let whole = WholeNumber(try value.defined()) {
    return FloatText.rounded(whole, precision).value
  }
  guard let number = try value.defined().asDouble else {
    if value.isBigInteger { throw tooLargeForFloat }
    throw TemplateError(.type, "type \(value.typeName) doesn't define __round__ method")
  }
  if method == "common" { return .double(FloatText.rounded(number, precision)) }
  let factor = precision < 0 ? pow(10, Double(precision)) : Double(try powerOfTen(precision))
  let scaled = method == "ceil" ? ceil(number * factor) : floor(number * factor)
  guard scaled.isFinite else { throw Limits.tooLarge }
  return .double(scaled / factor)
}

private func powerOfTen(_ exponent: Int) throws(TemplateError) -> Int {
  guard exponent <= 18 else { throw Limits.tooLarge }
  return (0..<exponent).reduce(1) { power, _ in power * 10 }
}

private func fileSize(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let isBinary = given[0]?.isTruthy ?? false
  let number: Double
  if let text = try value.defined().anyString {
    guard let parsed = PythonNumbers.double(text) else {
      throw TemplateError(.value, "could not convert string to float: \(pythonRepr(text))")
    }
    number = parsed
  } else {
    guard let it = value.asDouble else {
      throw TemplateError(
        .type, "float() argument must be a string or a real number, not '\(value.typeName)'")
    }
    number = it
  }
  let base: Double = isBinary ? 1024 : 1000
  if number == 1 { return "1 Byte" }
  if number < base { return .string("\(Int(number)) Bytes") }
  let prefixes = "kMGTPEZY".map(String.init)
  var unit = base
  for (index, prefix) in prefixes.enumerated() {
    unit *= base
    guard number < unit || index == prefixes.count - 1 else { continue }
    let name = isBinary ? (prefix == "k" ? "K" : prefix) + "iB" : prefix + "B"
    return .string("\(FloatText.text(base * number / unit, "f", precision: 1)) \(name)")
  }
  return ""
}
