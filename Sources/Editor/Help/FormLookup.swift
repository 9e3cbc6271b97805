import Schema

/// What a form says of a place in it.
extension Form {
  /// The forms behind alternatives and names.
  var flat: [Form] {
    switch self {
    case .either(let forms): forms.flatMap(\.flat)
    case .named(_, let form): form().flat
    case .anything, .text, .integer, .number, .boolean, .null, .function, .name, .list, .mapping, .variants:
      [self]
    }
  }

  /// What may stand one step further.
  ///
  /// - Parameter siblings: the other keys of the innermost mapping, of which one may settle what there is.
  func inner(_ step: Cursor.Step, _ siblings: [String: String]) -> Form {
    .either(
      flat.flatMap { form -> [Form] in
        switch (form, step) {
        case (.list(let item), .item): return [item]
        case (.mapping(let keys, let others), .key(let name)):
          let known = keys.filter { $0.name == name }.map(\.form)
          return known.isEmpty ? [others].compactMap(\.self) : known
        case (.variants(let variants), .key(let name)):
          let own = variants.keys(of: siblings[variants.key])
          let all = own.contains { $0.name == name } ? own : variants.all.flatMap(\.keys)
          return all.filter { $0.name == name }.map(\.form)
        default: return []
        }
      })
  }

  func inner(_ path: some Collection<Cursor.Step>, _ siblings: [String: String]) -> Form {
    path.reduce(self) { $0.inner($1, siblings) }
  }

  /// The keys of mappings of this form, each name once.
  func keys(_ siblings: [String: String]) -> [KeyPage] {
    var seen = Set<String>()
    return flat.flatMap { form -> [KeyPage] in
      switch form {
      case .mapping(let keys, _): keys
      case .variants(let variants): variants.keys(of: siblings[variants.key])
      default: []
      }
    }.filter { seen.insert($0.name).inserted }
  }

  /// The names that may stand here.
  var names: [Form.Name] {
    flat.flatMap { form -> [Form.Name] in
      switch form {
      case .name(let names, _): names
      case .boolean: [Form.Name("true"), Form.Name("false")]
      default: []
      }
    }
  }

  var isFunction: Bool { flat.contains { if case .function = $0 { true } else { false } } }

  /// Whether nothing of it fits on one line by habit: lists and mappings.
  var isBlock: Bool {
    let forms = flat
    return !forms.isEmpty
      && forms.allSatisfy { form in
        switch form {
        case .list, .mapping, .variants, .null: true
        default: false
        }
      }
  }
}

/// The form of the file that a document is.
struct DocumentForm {
  let root: Form

  init(_ document: OpenDocument, _ task: TaskFormPair) {
    switch document.kind {
    case .settings: root = task.settings
    case .beginning:
      root = .either([.mapping(task.task, others: nil), .mapping(task.group, others: nil)])
    case .task, .other:
      root = .mapping(document.isGroup ? task.group : task.task, others: nil)
    }
  }
}

/// The forms of all files, made once.
struct TaskFormPair: Sendable {
  let task, group: [KeyPage]
  let settings: Form
}
