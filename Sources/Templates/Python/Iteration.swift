import Values

extension Value {
  /// What Python's `iter(x)` walks over; a generator is used up by it.
  func elements(_ purpose: String = "iterate") throws(TemplateError) -> [Value] {
    switch self {
    case .list(let items), .tuple(let items): return items
    case .map(let map): return map.keys
    case .string(let text): return text.unicodeScalars.map { .string(String($0)) }
    case .object(let object):
      if let found = try Self.elements(of: object) { return found }
    default: break
    }
    throw TemplateError(
      .type,
      purpose == "unpack"
        ? "cannot unpack non-iterable \(typeName) object" : "'\(typeName)' object is not iterable")
  }

  private static func elements(of object: any ValueObject) throws(TemplateError) -> [Value]? {
    switch object {
    case let undefined as Undefined:
      guard undefined.isLenient else { throw undefined.error }
      return []
    case let generator as Generator: return try generator.takeAll()
    case let range as RangeObject: return try range.elements()
    case let view as ViewObject: return view.elements
    case let markup as Markup: return try Value.string(markup.string).elements()
    case let group as GroupObject: return [group.grouper, group.list]
    default: return nil
    }
  }

  /// The value as JSON could hold it: tuples, ranges and generators become lists.
  func plain() throws(TemplateError) -> Value {
    switch self {
    case .null, .bool, .int, .double, .string: return self
    case .list(let items), .tuple(let items): return .list(try Self.plain(items))
    case .map(let map): return .map(map.withValues(try Self.plain(map.values)))
    case .object(let object):
      if let markup = object as? Markup { return .string(markup.string) }
      guard let items = try Self.elements(of: object) else {
        throw TemplateError(.type, "a \(typeName) is no value that can be kept")
      }
      return .list(try Self.plain(items))
    }
  }

  private static func plain(_ values: [Value]) throws(TemplateError) -> [Value] {
    var plain: [Value] = []
    plain.reserveCapacity(values.count)
    for value in values { plain.append(try value.plain()) }
    return plain
  }

  /// Python's `len(x)`.
  func length() throws(TemplateError) -> Int {
    switch self {
    case .string(let text): return text.unicodeScalars.count
    case .list(let items), .tuple(let items): return items.count
    case .map(let map): return map.count
    case .object(let object):
      switch object {
      case let undefined as Undefined:
        guard undefined.isLenient else { throw undefined.error }
        return 0
      case let range as RangeObject: return range.count
      case let view as ViewObject: return view.elements.count
      case let markup as Markup: return markup.string.unicodeScalars.count
      case is GroupObject: return 2
      case let loop as LoopObject: return loop.items.count
      default: break
      }
    default: break
    }
    throw TemplateError(.type, "object of type '\(typeName)' has no len()")
  }

  /// Itself, unless Python could not use it as a key.
  func hashable() throws(TemplateError) -> Value {
    switch self {
    case .list, .map: throw TemplateError(.type, "unhashable type: '\(typeName)'")
    case .tuple(let items):
      for item in items { _ = try item.hashable() }
      return self
    case .object(let object):
      if let markup = object as? Markup { return .string(markup.string) }
      if let undefined = object as? Undefined, !undefined.isLenient { throw undefined.error }
      return self
    default: return self
    }
  }
}
