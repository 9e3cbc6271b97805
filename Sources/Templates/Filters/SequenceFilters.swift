import Values

let sequenceFilters: [Callable] = [
  Callable("length") { (value, _) throws(TemplateError) in .int(try value.length()) },
  Callable("count") { (value, _) throws(TemplateError) in .int(try value.length()) },
  Callable("list") { (value, _) throws(TemplateError) in .list(try value.elements()) },
  Callable("first", [], first),
  Callable("last", [], last),
  Callable("reverse", [], reversed),
  Callable("join", ["d=", "attribute="], joined),
  Callable("batch", ["linecount", "fill_with="], batched),
  Callable("slice", ["slices", "fill_with="], sliced),
  Callable("items", [], items),
  Callable("sum", ["attribute=", "start="], summed),
  Callable("random", [], refuseRandom),
]

private func first(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  if case .object(let object) = value, let generator = object as? Generator {
    return try generator.takeFirst() ?? given.undefined("No first item, sequence was empty.")
  }
  if let items = value.asList, let first = items.first { return first }
  return try value.elements().first ?? given.undefined("No first item, sequence was empty.")
}

private func last(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  try value.reversible().last ?? given.undefined("No last item, sequence was empty.")
}

extension Value {
  /// The elements of what Python's `reversed` takes.
  fileprivate func reversible() throws(TemplateError) -> [Value] {
    if case .object(let object) = self {
      switch object {
      case let undefined as Undefined: throw undefined.error
      case is RangeObject, is Markup, is ViewObject, is GroupObject: break
      default: throw TemplateError(.type, "'\(typeName)' object is not reversible")
      }
    }
    do { return try elements() } catch {
      throw error.kind == .type ? TemplateError(.type, "'\(typeName)' object is not reversible") : error
    }
  }
}

private func reversed(_ value: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  if let text = value.anyString {
    let turned = String(text.unicodeScalars.reversed())
    return value.isMarkup ? .markup(turned) : .string(turned)
  }
  let elements: [Value]
  do { elements = try value.elements() } catch {
    throw error.kind == .type ? TemplateError(.argument, "argument must be iterable") : error
  }
  switch value {
  case .list: return .object(Generator(elements.reversed(), iterator: "list_reverseiterator"))
  case .map: return .object(Generator(elements.reversed(), iterator: "dict_reversekeyiterator"))
  case .object(let object) where object is Generator: return .list(elements.reversed())
  case .object(let object) where object is RangeObject:
    return .object(Generator(elements.reversed(), iterator: "range_iterator"))
  default: return .object(Generator(elements.reversed(), iterator: "reversed"))
  }
}

private func joined(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let path = AttributePath(given[1], given)
  var parts: [Value] = []
  for item in try value.elements() { parts.append(try path.value(in: item)) }
  let separator = given[0] ?? ""
  let escapes = given.isEscaping && (separator.isMarkup || parts.contains(where: \.isMarkup))
  var out = ""
  let mark = escapes ? try escape(separator).string() : try separator.string()
  for (index, part) in parts.enumerated() {
    if index > 0 { out += mark }
    if escapes { out += try escape(part).string() } else { try part.write(to: &out) }
    if out.utf8.count > Limits.bytes { throw Limits.tooMuchText }
  }
  return escapes ? .markup(out) : .string(out)
}

private func batched(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let size = try (given[0] ?? 0).index()
  guard size <= Limits.elements else { throw Limits.tooLong }
  return .object(
    Generator(name: "do_batch") { (rows) throws(TemplateError) in
      var row: [Value] = []
      for item in try value.elements() {
        if row.count == size {
          rows.append(.list(row))
          row = []
        }
        row.append(item)
      }
      guard !row.isEmpty else { return }
      if let fill = given[1], !fill.isNull, row.count < size {
        row += repeatElement(fill, count: size - row.count)
      }
      rows.append(.list(row))
    })
}

private func sliced(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let count = try (given[0] ?? 0).index()
  guard count <= Limits.elements else { throw Limits.tooLong }
  return .object(
    Generator(name: "sync_do_slice") { (rows) throws(TemplateError) in
      let items = try value.elements()
      guard count != 0 else { throw TemplateError(.arithmetic, "integer division or modulo by zero") }
      guard count > 0 else { return }
      let (size, extra) = items.count.quotientAndRemainder(dividingBy: count)
      var start = 0
      for index in 0..<count {
        let end = start + size + (index < extra ? 1 : 0)
        var row = Array(items[start..<end])
        if let fill = given[1], !fill.isNull, index >= extra { row.append(fill) }
        rows.append(.list(row))
        start = end
      }
    })
}

private func items(_ value: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  .object(
    Generator(name: "do_items") { (pairs) throws(TemplateError) in
      if value.undefined != nil { return }
      guard case .map(let map) = value else {
        throw TemplateError(.type, "Can only get item pairs from a mapping.")
      }
      pairs = map.map { .tuple([$0.0, $0.1]) }
    })
}

private func summed(_ value: Value, _ given: TemplateArguments) throws(TemplateError) -> Value {
  let path = AttributePath(given[0], given)
  var sum = given[1] ?? 0
  if sum.anyString != nil {
    throw TemplateError(
      .type, "sum() can't sum strings [use ''.join(seq) instead]", help: "use the filter `join`")
  }
  for item in try value.elements() { sum = try computed(.add, sum, try path.value(in: item)) }
  return sum
}

private func refuseRandom(_: Value, _: TemplateArguments) throws(TemplateError) -> Value {
  throw TemplateError(
    .unsupported, "the filter `random` is not supported", help: "requests must be the same each time")
}
