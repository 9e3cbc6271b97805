/// Where a variable lives: how many functions out, and which of that function's slots.
struct Address: Hashable, BitwiseCopyable, Sendable {
  var depth: Int32
  var slot: Int32
}

/// What happens to a slot when its scope is entered.
enum Entry: BitwiseCopyable, Sendable {
  /// Begins with what an outer variable holds.
  case copy(from: Address, to: Address)
  /// Begins as a variable nobody has set.
  case clear(Address)
  /// Begins with what the top of the template has set, or else with what was handed in.
  case exported(name: Int32, input: Address, to: Address)
}

/// The code of the template, a macro or a recursive loop: what has slots of its own.
final class FunctionLayout {
  let depth: Int32
  var size: Int32 = 0

  init(depth: Int32) { self.depth = depth }

  func slot() -> Address {
    size += 1
    return Address(depth: depth, slot: size - 1)
  }
}

/// The names one body can see, decided before it is compiled.
///
/// An inner body that assigns a name gets a variable of its own, which begins as a copy of the outer one; so
/// assignments in a loop do not outlive the round, as in Jinja.
final class Scope {
  enum Load {
    case parameter, copy(Address), input, unset
  }

  let parent: Scope?
  let function: FunctionLayout
  var addresses: [String: Address] = [:]
  var loads: [String: Load] = [:]
  var stores: Set<String> = []
  /// The order in which names were met, so that entering is deterministic.
  private var order: [String] = []

  init(parent: Scope?, function: FunctionLayout) {
    self.parent = parent
    self.function = function
  }

  func find(_ name: String) -> Address? { addresses[name] ?? parent?.find(name) }

  private func define(_ name: String, _ load: Load) {
    if addresses[name] == nil {
      addresses[name] = function.slot()
      order.append(name)
    }
    loads[name] = load
  }

  @discardableResult func declareParameter(_ name: String) -> Address {
    stores.insert(name)
    define(name, .parameter)
    return addresses[name] ?? function.slot()
  }

  func store(_ name: String) {
    stores.insert(name)
    guard addresses[name] == nil else { return }
    if let outer = parent?.find(name) { define(name, .copy(outer)) } else { define(name, .unset) }
  }

  func load(_ name: String) {
    if find(name) == nil { define(name, .input) }
  }

  /// Names first assigned in only some branches begin as what they are outside.
  func merge(branchStores: Set<String>) {
    for name in branchStores {
      if let outer = parent?.find(name) { define(name, .copy(outer)) } else { define(name, .input) }
    }
  }

  /// What to do on entry; `input` gives the place of what was handed in under a name.
  func entries(input: (String) -> Address, export: ((String) -> Int32?)?) -> [Entry] {
    var entries: [Entry] = []
    for name in order {
      guard let address = addresses[name], let load = loads[name] else { continue }
      switch load {
      case .parameter: break
      case .copy(let outer): entries.append(.copy(from: outer, to: address))
      case .unset: entries.append(.clear(address))
      case .input:
        if let export, let index = export(name) {
          entries.append(.exported(name: index, input: input(name), to: address))
        } else {
          entries.append(.copy(from: input(name), to: address))
        }
      }
    }
    return entries
  }
}

// MARK: - Finding the names

extension Scope {
  func analyze(_ statements: [Statement]) {
    for statement in statements { analyze(statement) }
  }

  private func analyze(_ statement: Statement) {
    switch statement.kind {
    case .text, .block, .autoescape, .breakLoop, .continueLoop: break
    case .print(let value), .run(let value): analyze(value)
    case .condition(let branches, let otherwise): analyze(branches, otherwise)
    case .loop(let loop): analyze(loop.items)
    case .assign(let target, let value):
      analyze(value)
      assign(target)
    case .capture(let target, _, _): assign(target)
    case .macro(let macro): if let name = macro.name { store(name) }
    case .callBlock(_, let call): analyze(call)
    case .filterBlock(let filter, _): analyze(filter)
    case .with(let pairs, _): pairs.forEach { analyze($0.value) }
    }
  }

  /// Each branch is looked at as if it were the first; then what they assign is brought together.
  private func analyze(_ branches: [(test: Expression, body: [Statement])], _ otherwise: [Statement]) {
    let before = stores
    var assigned: Set<String> = []
    for (index, branch) in branches.enumerated() {
      if index == 0 { analyze(branch.test) }
      branchNames(branch.body, index == 0 ? nil : branch.test, before, &assigned)
    }
    branchNames(otherwise, nil, before, &assigned)
    stores = before.union(assigned)
    merge(branchStores: assigned.subtracting(before))
  }

  private func branchNames(
    _ body: [Statement], _ test: Expression?, _ before: Set<String>, _ assigned: inout Set<String>
  ) {
    stores = before
    if let test { analyze(test) }
    analyze(body)
    assigned.formUnion(stores)
  }

  func analyze(_ expression: Expression) {
    switch expression.kind {
    case .name(let name), .namespaceAttribute(let name, _): load(name)
    default: expression.kind.forEachChild(analyze)
    }
  }

  func assign(_ target: Expression) {
    switch target.kind {
    case .name(let name): store(name)
    case .namespaceAttribute(let name, _): load(name)
    case .tuple(let items), .list(let items): items.forEach(assign)
    default: break
    }
  }

  func declareParameters(_ target: Expression) {
    switch target.kind {
    case .name(let name): declareParameter(name)
    case .tuple(let items), .list(let items): items.forEach(declareParameters)
    default: break
    }
  }
}
