import Values

/// `a.b.0`, as the filters take it: where to look in each element.
struct AttributePath {
  private let parts: [Value]
  private let substitute: Value?
  private let isLenient: Bool

  init(_ attribute: Value?, _ given: TemplateArguments, substitute: Value? = nil) {
    isLenient = given.environment.isLenient
    self.substitute = substitute.flatMap { $0.isNull ? nil : $0 }
    guard let attribute, !attribute.isNull else {
      parts = []
      return
    }
    guard let text = attribute.anyString else {
      parts = [attribute]
      return
    }
    parts = text.split(separator: ".", omittingEmptySubsequences: false).map { part in
      !part.isEmpty && part.unicodeScalars.allSatisfy(CharacterTests.isDigit)
        ? Int(part).map { .int($0) } ?? .string(String(part)) : .string(String(part))
    }
  }

  func value(in element: Value) throws(TemplateError) -> Value {
    var value = element
    for part in parts {
      value = try member(part, of: value)
      guard let undefined = value.undefined else { continue }
      value = substitute ?? .object(Undefined(undefined.reason, isLenient: isLenient))
    }
    return value
  }

  /// The same as a key for comparing: texts in lower case unless case counts.
  func key(in element: Value, caseCounts: Bool) throws(TemplateError) -> Value {
    let value = try value(in: element)
    return caseCounts ? value : value.caseIgnored
  }
}

extension Value {
  var caseIgnored: Value { anyString.map { .string($0.pythonLowercased) } ?? self }
}
