public import Values

/// The filters, tests and globals that templates may use, by name, and how white space is treated.
public struct TemplateEnvironment: Sendable {
  /// Removes the line ending after a block tag.
  public var trimBlocks = false
  /// Removes white space between the start of a line and a block tag.
  public var lstripBlocks = false
  public var keepTrailingNewline = true
  /// Whether `break` and `continue` are known, as chat templates expect.
  public var allowsLoopControls = false
  /// Whether `{% do … %}` is known.
  public var allowsDo = false
  /// Whether a variable that does not exist may be printed, tested and iterated as if it were empty.
  public var isLenient = false
  /// How often all loops of one rendering together may go round.
  public var mostRounds = 10_000_000

  private(set) var filters: [String: Callable] = [:]
  private(set) var tests: [String: Callable] = [:]
  private(set) var globals: [String: Value] = [:]
  private(set) var hasOwnDefinedTest = true

  public init() {}

  /// All that Jinja brings along, with the white space rules of the harness's tasks.
  public static let jinja: TemplateEnvironment = {
    var environment = TemplateEnvironment()
    for filter in builtinFilters { environment.filters[filter.name] = filter }
    for test in builtinTests { environment.tests[test.name] = test }
    for (name, value) in builtinGlobals { environment.globals[name] = value }
    return environment
  }()

  public typealias Body = @Sendable (Value, TemplateArguments) throws(TemplateError) -> Value

  /// Adds a filter.
  ///
  /// With `parameters`, arguments are put in their places: `name=` may be left out, `*` takes the rest.
  public mutating func addFilter(_ name: String, _ parameters: [String] = ["*"], _ body: @escaping Body) {
    filters[name] = Callable(name, parameters, body)
  }

  /// Adds a test; what it returns is taken as true or false.
  public mutating func addTest(_ name: String, _ parameters: [String] = ["*"], _ body: @escaping Body) {
    if name == "defined" || name == "undefined" { hasOwnDefinedTest = false }
    tests[name] = Callable(name, parameters, body)
  }

  public mutating func addGlobal(_ name: String, _ value: Value) { globals[name] = value }

  /// Adds a global function; it is called with its arguments.
  public mutating func addFunction(
    _ name: String, _ parameters: [String] = ["*"],
    _ body: @escaping @Sendable (TemplateArguments) throws(TemplateError) -> Value
  ) {
    let callable = Callable(name, parameters) { (_, arguments) throws(TemplateError) in try body(arguments) }
    globals[name] = .object(FunctionObject(callable))
  }
}
