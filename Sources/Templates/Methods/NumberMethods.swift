import Values

/// The attributes and methods of Python's numbers that a template may want.
enum NumberMethods {
  static let names: Set<String> = ["as_integer_ratio", "bit_count", "bit_length", "conjugate", "is_integer"]

  static func attribute(_ name: String, of value: Value) -> Value? {
    switch name {
    case "real": value.asInt.map { .int($0) } ?? value
    case "imag": value.asInt == nil ? .double(0) : .int(0)
    case "numerator": value.asInt.map { .int($0) }
    case "denominator": value.asInt.map { _ in .int(1) }
    case "is_integer": value.asInt == nil ? .object(MethodObject(value, name)) : nil
    case "bit_length", "bit_count": value.asInt == nil ? nil : .object(MethodObject(value, name))
    case "conjugate", "as_integer_ratio": .object(MethodObject(value, name))
    default: nil
    }
  }

  static func call(_ name: String, _ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value
  {
    _ = try given.take(name, [])
    switch (name, value) {
    case ("conjugate", _): return value.asInt.map { .int($0) } ?? value
    case ("is_integer", .double(let it)): return .bool(it.isFinite && it == it.rounded())
    case ("bit_length", _):
      if let it = value.asInt { return .int(Int.bitWidth - it.magnitude.leadingZeroBitCount) }
    case ("bit_count", _): if let it = value.asInt { return .int(it.magnitude.nonzeroBitCount) }
    case ("as_integer_ratio", _): if let it = value.asInt { return .tuple([.int(it), 1]) }
    default: break
    }
    if attribute(name, of: value) == nil { throw .noAttribute(name, of: value) }
    throw TemplateError(.unsupported, "\(value.typeName).\(name)() is not supported")
  }
}
