import Values

/// Reading a method's arguments with Python's complaints.
extension TemplateArguments {
  var isEmpty: Bool { rest.isEmpty && named.isEmpty }

  /// Arguments by place, or by one of the names a method gives its parameters.
  func take(_ method: String, _ names: [String], required: Int = 0, byPlaceOnly: Bool = false)
    throws(TemplateError) -> [Value?]
  {
    guard rest.count <= names.count else {
      let limit = names.isEmpty ? "no" : "at most \(names.count)"
      let noun = names.count == 1 ? "argument" : "arguments"
      throw TemplateError(.type, "\(method)() takes \(limit) \(noun) (\(rest.count) given)")
    }
    var result: [Value?] = rest.map { $0 }
    result += [Value?](repeating: nil, count: names.count - rest.count)
    for (key, value) in named {
      guard !byPlaceOnly, let index = names.firstIndex(of: key.text) else {
        throw TemplateError(
          .type,
          byPlaceOnly
            ? "\(method)() takes no keyword arguments"
            : "'\(key.text)' is an invalid keyword argument for \(method)()")
      }
      guard result[index] == nil else {
        throw TemplateError(
          .type, "argument for \(method)() given by name ('\(key.text)') and position (\(index + 1))")
      }
      result[index] = value
    }
    if result.prefix(required).contains(where: { $0 == nil }) {
      throw TemplateError(
        .type,
        "\(method)() takes at least \(required) argument\(required == 1 ? "" : "s") (\(rest.count) given)")
    }
    for value in result { _ = try value?.defined() }
    return result
  }
}

extension Value {
  /// The integer it is, or Python's complaint.
  func index() throws(TemplateError) -> Int {
    guard let value = try defined().asInt else {
      throw TemplateError(.type, "'\(typeName)' object cannot be interpreted as an integer")
    }
    return value
  }

  /// The text it is, or Python's complaint.
  func text(_ what: String) throws(TemplateError) -> String {
    guard let value = try defined().anyString else {
      throw TemplateError(.type, "\(what) must be str, not \(typeName)")
    }
    return value
  }
}
