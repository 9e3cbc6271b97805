import Values

/// A thing that has no form in JSON and stays with the Python process: a date, an image, a large integer.
///
/// Sent back, it is the same thing over there.
final class ForeignObject: ValueObject {
  let handle: Int
  let typeName: String
  let text: String

  init(handle: Int, typeName: String, text: String) {
    self.handle = handle
    self.typeName = typeName
    self.text = text
  }
}

/// Values as lines of JSON that keep Python's types.
///
/// What JSON has no form for is a mapping with one tag: `$tuple`, `$float` (`nan`, `inf`, `-inf`), `$int` (digits
/// beyond 64 bits), `$map` (pairs, where a key is no text or could be taken for a tag), `$object`.
enum Wire {
  static func encode(_ value: Value) -> [UInt8] {
    var out: [UInt8] = []
    write(value, to: &out)
    return out
  }

  /// - Throws: for what is no JSON; a tag with strange content is taken as the mapping that it is.
  static func decode(_ line: ArraySlice<UInt8>) throws(JSONError) -> Value {
    untagged(try Value(json: line))
  }

  private static func write(_ value: Value, to out: inout [UInt8]) {
    switch value {
    case .tuple(let items): tag("$tuple", .list(items), to: &out)
    case .double(let number) where !number.isFinite:
      tag("$float", .string(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"), to: &out)
    case .object(let object as ForeignObject): tag("$object", .int(object.handle), to: &out)
    case .list(let items):
      out.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        write(item, to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .map(let map): write(map, to: &out)
    case .null, .bool, .int, .double, .string, .object: out += value.json().utf8
    }
  }

  private static func write(_ map: OrderedMap, to out: inout [UInt8]) {
    let isPlain = map.keys.allSatisfy { $0.asString != nil }
    if !isPlain || map.count == 1 && map.keys[0].asString?.hasPrefix("$") == true {
      return tag("$map", .list(map.map { .list([$0, $1]) }), to: &out)
    }
    out.append(UInt8(ascii: "{"))
    for (index, (key, value)) in map.enumerated() {
      if index > 0 { out.append(UInt8(ascii: ",")) }
      out += key.json().utf8
      out.append(UInt8(ascii: ":"))
      write(value, to: &out)
    }
    out.append(UInt8(ascii: "}"))
  }

  private static func tag(_ name: String, _ value: Value, to out: inout [UInt8]) {
    out += "{\"\(name)\":".utf8
    write(value, to: &out)
    out.append(UInt8(ascii: "}"))
  }

  private static func untagged(_ value: Value) -> Value {
    switch value {
    case .list(let items): return .list(items.map(untagged))
    case .map(let map):
      if map.count >= 1, let name = map.keys[0].asString, name.hasPrefix("$"),
        let special = special(name, map)
      {
        return special
      }
      return .map(OrderedMap(map.map { ($0, untagged($1)) }))
    case .null, .bool, .int, .double, .string, .tuple, .object: return value
    }
  }

  private static func special(_ name: String, _ map: OrderedMap) -> Value? {
    let content = map.values[0]
    switch name {
    case "$tuple": return content.asList.map { .tuple($0.map(untagged)) }
    case "$float":
      return ["nan": Double.nan, "inf": .infinity, "-inf": -.infinity][content.text].map { .double($0) }
    case "$map":
      return content.asList.map { pairs in
        .map(
          OrderedMap(
            pairs.compactMap { pair in
              guard let both = pair.asList, both.count == 2 else { return nil }
              return (untagged(both[0]), untagged(both[1]))
            }))
      }
    case "$object":
      guard let handle = content.asInt else { return nil }
      return .object(
        ForeignObject(
          handle: handle, typeName: map["type"]?.asString ?? "object", text: map["text"]?.asString ?? ""))
    default: return nil
    }
  }
}
