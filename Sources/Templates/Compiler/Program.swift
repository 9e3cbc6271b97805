import Values

/// Where an expression stands in the program.
typealias Node = Int32

/// A template ready to run: flat arrays of small instructions that name one another by number.
final class Program: Sendable {
  let operations: [Operation]
  /// The bytes each operation was written in.
  let ranges: [ByteRange]
  let constants: [Value]
  let names: [String]
  let nodes: [Node]
  let calls: [CallPlan]
  let blocks: [[Step]]
  let texts: [String]
  let targets: [Target]
  let loops: [LoopPlan]
  let macros: [MacroPlan]
  let bodies: [BodyPlan]
  /// What must be handed in, and the slots it goes to.
  let inputs: [(name: String, slot: Int32)]
  let rootSize: Int32
  let rootEntries: [Entry]
  let main: Int32
  let environment: TemplateEnvironment
  /// Whether blocks may ask for what the top of the template has set.
  let exports: Bool
  /// Whether slots of a finished function may still be looked at: by macros that were made inside it.
  let keepsSlots: Bool

  init(_ builder: ProgramBuilder, main: Int32, root: FunctionLayout, rootEntries: [Entry]) {
    operations = builder.operations
    ranges = builder.ranges
    constants = builder.constants
    names = builder.names
    nodes = builder.nodes
    calls = builder.calls
    blocks = builder.blocks
    texts = builder.texts
    targets = builder.targets
    loops = builder.loops
    macros = builder.macros
    bodies = builder.bodies
    inputs = builder.inputs
    rootSize = root.size
    self.rootEntries = rootEntries
    self.main = main
    environment = builder.environment
    exports = builder.exports
    keepsSlots = builder.macros.contains { $0.depth > 1 }
  }
}

/// One step of an expression; it names its operands.
enum Operation: BitwiseCopyable, Sendable {
  case constant(Int32)
  case load(Address, name: Int32)
  case list(start: Int32, count: Int32)
  case tuple(start: Int32, count: Int32)
  case map(start: Int32, count: Int32)
  case negative(Node)
  case positive(Node)
  case not(Node)
  case and(Node, Node)
  case or(Node, Node)
  case arithmetic(ArithmeticOperator, Node, Node)
  case concatenation(start: Int32, count: Int32)
  case comparison(ComparisonOperator, Node, Node)
  /// Operand, operator, operand, …; operators are stored as their raw numbers.
  case comparisons(start: Int32, count: Int32)
  /// `otherwise` is -1 where there is no `else`.
  case conditional(test: Node, then: Node, otherwise: Node)
  case attribute(Node, name: Int32)
  case item(Node, Node)
  /// Three nodes from `start`: first, end, step; -1 where absent.
  case slice(Node, start: Int32)
  case call(Node, Int32)
  case method(Node, name: Int32, call: Int32)
  /// `input` is -1 for what a filter block has captured.
  case filter(Node, Int32)
  case test(Node, Int32)
  case isDefined(Node)
}

/// What a body does, one after another.
enum Step: BitwiseCopyable, Sendable {
  case text(Int32)
  case print(Node)
  /// `otherwise` is a block or -1.
  case condition(test: Node, then: Int32, otherwise: Int32)
  case loop(Int32)
  case assign(target: Int32, Node)
  case store(Address, Node, export: Int32)
  /// `filter` is -1 where there is none.
  case capture(target: Int32, body: Int32, filter: Node)
  case macro(Int32, Address, export: Int32)
  case callBlock(Int32, Node)
  case filterBlock(body: Int32, filter: Node)
  case scoped(body: Int32)
  case block(Int32)
  case autoescape(Node, body: Int32)
  case run(Node)
  case breakLoop
  case continueLoop
}

/// How arguments become what a callable takes; decided when the template is compiled wherever possible.
struct CallPlan: Sendable {
  var callable: Callable?
  /// By parameter; -1 where the template gives nothing.
  var slots: [Node] = []
  var positional: [Node] = []
  var named: [(name: String, value: Node)] = []
  var list: Node = -1
  var map: Node = -1
  /// Why this call can never work; raised only if it is made, as in Jinja.
  var failure: TemplateError?
}

indirect enum Target: Sendable {
  /// `export` is the index of its name when it is set at the top of the template, else -1.
  case variable(Address, export: Int32)
  case attribute(Address, variable: String, name: String)
  case parts([Target])
}

struct LoopPlan: Sendable {
  var items: Node
  var target: Target
  var test: Node
  var testTarget: Target?
  var testEntries: [Entry]
  var entries: [Entry]
  var body: Int32
  /// A block or -1.
  var otherwise: Int32
  var otherwiseEntries: [Entry]
  /// Where the `loop` object goes, if the body looks at it.
  var loopSlot: Address?
  /// A recursive loop has slots of its own, this many.
  var ownSize: Int32
  var depth: Int32
  var isRecursive: Bool
  var range: ByteRange
}

struct MacroPlan: Sendable {
  struct Parameter: Sendable {
    var name: String
    var address: Address
    var value: Node
  }
  var name: String?
  var parameters: [Parameter]
  var caller: Address?
  var named: Address?
  var rest: Address?
  var declaresCaller: Bool
  var entries: [Entry]
  var body: Int32
  var size: Int32
  var depth: Int32
}

/// A body with a scope of its own.
struct BodyPlan: Sendable {
  var targets: [(target: Target, value: Node)] = []
  var entries: [Entry]
  var body: Int32
  /// For `block`: its own slots; 0 where it shares those around it.
  var ownSize: Int32 = 0
  var depth: Int32 = 0
}

/// A program while it is being written.
struct ProgramBuilder {
  var operations: [Operation] = []
  var ranges: [ByteRange] = []
  var constants: [Value] = []
  var names: [String] = []
  var nameIndex: [String: Int32] = [:]
  var nodes: [Node] = []
  var calls: [CallPlan] = []
  var blocks: [[Step]] = []
  var texts: [String] = []
  var targets: [Target] = []
  var loops: [LoopPlan] = []
  var macros: [MacroPlan] = []
  var bodies: [BodyPlan] = []
  var inputs: [(name: String, slot: Int32)] = []
  var exports = false
  let environment: TemplateEnvironment

  init(_ environment: TemplateEnvironment) { self.environment = environment }

  mutating func add(_ operation: Operation, _ range: ByteRange) -> Node {
    operations.append(operation)
    ranges.append(range)
    return Node(operations.count - 1)
  }

  mutating func add(_ list: [Node]) -> (start: Int32, count: Int32) {
    let start = Int32(nodes.count)
    nodes += list
    return (start, Int32(list.count))
  }

  mutating func name(_ name: String) -> Int32 {
    if let index = nameIndex[name] { return index }
    names.append(name)
    let index = Int32(names.count - 1)
    nameIndex[name] = index
    return index
  }

  mutating func block(_ steps: [Step]) -> Int32 {
    blocks.append(steps)
    return Int32(blocks.count - 1)
  }
}
