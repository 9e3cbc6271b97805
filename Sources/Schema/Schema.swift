public import Diagnostics
public import YAML

/// What documentation says of one key.
public struct KeyPage: Sendable {
  public let name: String
  public let shape: String
  /// How the default prints; nil for a key that must be given.
  public let fallback: String?
  public let about: String
  /// What its value looks like.
  public let form: Form

  /// A key that something else than a schema reads.
  public init(_ name: String, shape: String, fallback: String?, form: Form, _ about: String) {
    self.name = name
    self.shape = shape
    self.fallback = fallback
    self.about = about
    self.form = form
  }

  /// The same key with a form that is known better elsewhere.
  public func with(_ form: Form) -> KeyPage {
    KeyPage(name, shape: shape, fallback: fallback, form: form, about)
  }

  /// The keys of a schema, whatever it makes.
  public static func all<Root>(in schema: Schema<Root>) -> [KeyPage] { schema.keys }
}

/// The keys a mapping accepts and the value they make.
///
/// From this one value come decoding, the finding for an unknown key, and the tables of options in the documentation.
public struct Schema<Root: Sendable>: Sendable {
  public let keys: [KeyPage]
  private let make: @Sendable (Node, Bool, inout Findings) -> Root?

  /// The fields are the parameters of `make`, in their order.
  ///
  /// A wrong count of parameters is reported by the compiler
  /// as "pack expansion requires that … have the same shape".
  public init<each Value: Sendable>(
    _ field: repeat Field<each Value>, make: @escaping @Sendable (repeat each Value) -> Root
  ) {
    var keys: [KeyPage] = []
    var readers: [AnyReader] = []
    for field in repeat each field {
      keys.append(
        KeyPage(
          field.name, shape: field.shape.summary, fallback: field.fallback, form: field.shape.form,
          field.about))
      readers.append(Reader(field))
    }
    self.keys = keys
    self.make = { [readers] mapping, isGoingOn, findings in
      var reading = Reading(readers: readers, mapping: mapping, isGoingOn: isGoingOn)
      do {
        let root = make(repeat try reading.next((each Value).self))
        findings.add(contentsOf: reading.findings)
        return root
      } catch {
        // Every key speaks, also those behind the first that has no value.
        for reader in readers { reader.speak(of: mapping, isGoingOn, &findings) }
        return nil
      }
    }
  }

  /// Reads a mapping: every key speaks, then the value is made or not.
  ///
  /// - Parameters:
  ///   - isGoingOn: whether the value is made in spite of mistakes, with defaults in their places, so that what follows can
  ///     be checked too. The findings then tell whether it may be used.
  ///   - isReserved: keys that belong to someone else, such as `function` in a filter step.
  public func decode(
    _ node: Node, _ findings: inout Findings, unknownKeys: Diagnostic.Severity = .error,
    isGoingOn: Bool = false,
    isReserved: (String) -> Bool = { _ in false }
  ) -> Root? {
    guard let entries = node.entries else {
      findings.add(.wrongType(node, expected: "a mapping"))
      return nil
    }
    var isSound = true
    for entry in entries
    where !isReserved(entry.key.value) && !keys.contains(where: { $0.name == entry.key.value }) {
      findings.add(.unknownKey(entry.key, among: keys.map(\.name), unknownKeys))
      if unknownKeys == .error { isSound = false }
    }
    let root = make(node, isGoingOn, &findings)
    return isSound || isGoingOn ? root : nil
  }
}

/// A field whose kind of value is not known where it is called.
///
/// A class, since a list of classes is called without looking up types at run time, which took more time than reading did.
private class AnyReader: @unchecked Sendable {
  func speak(of mapping: Node, _ isGoingOn: Bool, _ findings: inout Findings) {}
}

private final class Reader<Value: Sendable>: AnyReader, @unchecked Sendable {
  private let field: Field<Value>

  init(_ field: Field<Value>) { self.field = field }

  func value(
    from mapping: Node, _ isGoingOn: Bool, _ findings: inout Findings
  ) throws(Absent) -> Value {
    try field.value(from: mapping, isGoingOn, &findings)
  }

  override func speak(of mapping: Node, _ isGoingOn: Bool, _ findings: inout Findings) {
    _ = try? field.value(from: mapping, isGoingOn, &findings)
  }
}

/// One pass over the keys of a mapping, in the order of the fields.
private struct Reading {
  let readers: [AnyReader]
  let mapping: Node
  let isGoingOn: Bool
  var findings = Findings()
  private var place = 0

  init(readers: [AnyReader], mapping: Node, isGoingOn: Bool) {
    self.readers = readers
    self.mapping = mapping
    self.isGoingOn = isGoingOn
  }

  /// The value of the next field, whose kind is the one that the schema was made with.
  mutating func next<Value: Sendable>(_: Value.Type) throws(Absent) -> Value {
    defer { place += 1 }
    return try unsafeDowncast(readers[place], to: Reader<Value>.self).value(
      from: mapping, isGoingOn, &findings)
  }
}

/// One key: its name, what its value looks like, and what it means.
public struct Field<Value: Sendable>: Sendable {
  let name: String
  let shape: Shape<Value>
  let fallback: String?
  let about: String
  private let absent: Value?

  /// A key that must be given.
  public init(_ name: String, _ shape: Shape<Value>, _ about: String) {
    self.name = name
    self.shape = shape
    self.about = about
    absent = nil
    fallback = nil
  }

  /// - Parameter shown: how documentation prints the default, where Swift's own way would not do.
  public init(
    _ name: String, _ shape: Shape<Value>, default value: Value, shown: String? = nil, _ about: String
  ) {
    self.name = name
    self.shape = shape
    self.about = about
    absent = value
    fallback = shown ?? (value as? any RawRepresentable<String>)?.rawValue ?? "\(value)"
  }

  /// A key that may be left out or null, which is then nil.
  public static func optional<Wrapped: Sendable>(_ name: String, _ shape: Shape<Wrapped>, _ about: String)
    -> Field
  where Value == Wrapped? {
    let read = Shape<Value>(shape.summary, shape.form.orNull) { node, findings in
      if node.isNull, node.tag == nil { return .some(nil) }
      return shape.read(node, &findings).map { .some($0) }
    }
    return Field(name, read, default: nil, fallback: "none", about)
  }

  private init(_ name: String, _ shape: Shape<Value>, default value: Value, fallback: String, _ about: String)
  {
    self.name = name
    self.shape = shape
    self.about = about
    absent = value
    self.fallback = fallback
  }

  func value(
    from mapping: Node, _ isGoingOn: Bool, _ findings: inout Findings
  ) throws(Absent) -> Value {
    if let node = mapping[name] {
      var own = Findings()
      let read = shape.read(node, &own)
      for finding in own.all { findings.add(finding.naming(name, at: node.span)) }
      findings.add(contentsOf: own.beyondStandard)
      if let read { return read }
      guard isGoingOn, let absent else { throw Absent() }
      return absent
    }
    if let absent { return absent }
    findings.add(
      .error("missing-key", "`\(name)` is required here", at: mapping.span, help: "\(name): \(about)"))
    throw Absent()
  }
}

/// A key has no value.
struct Absent: Error {}

extension Diagnostic {
  /// The same with the key whose value it is about.
  fileprivate func naming(_ key: String, at place: SourceSpan) -> Diagnostic {
    guard span == place, message.hasPrefix("expected "), let found = message.firstRange(of: ", found ") else {
      return self
    }
    var named = self
    named.message.replaceSubrange(found, with: " for `\(key)`, found ")
    return named
  }

  /// The value of a key is of another kind than it should be.
  public static func wrongType(_ node: Node, expected: String) -> Diagnostic {
    let isOtherScalar = expected == "text" && node.scalar != nil && node.tag == nil && !node.isNull
    return .error(
      "wrong-type", "expected \(expected), found \(node.kind)", at: node.span,
      help: isOtherScalar ? "if a text is meant, put it in quotes" : nil)
  }

  /// A key that means nothing here, with the near one that does.
  public static func unknownKey(
    _ key: Located<String>, among known: [String], _ severity: Severity = .error
  ) -> Diagnostic {
    let near = known.nearest(to: key.value)
    let help =
      near.map { "did you mean `\($0)`?" }
      ?? (known.isEmpty
        ? "remove it; nothing can be set here" : "known keys: \(known.sorted().joined(separator: ", "))")
    return Diagnostic(
      "unknown-key", severity, "there is no key `\(key.value)` here", at: key.span, help: help,
      fix: near.map { .replace(key.span, with: $0) })
  }
}
