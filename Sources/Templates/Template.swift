public import Diagnostics
public import Values

/// A compiled Jinja template.
public struct Template: Sendable {
  private let text: EmbeddedText
  private let program: Program
  /// The places that read what is handed in, in the order they stand.
  public let variables: [TemplateVariable]
  /// The places that call what nothing has, or print a method in the place of what it gives.
  public let doubtfulCalls: [DoubtfulCall]
  /// Whether there are no tags at all.
  public let isConstant: Bool

  /// Compiles a text; mistakes become findings, and the result is nil when it cannot be used.
  public init?(_ text: EmbeddedText, in environment: TemplateEnvironment, _ findings: inout Findings) {
    self.text = text
    do {
      let (program, reads, doubtful, isConstant) = try Self.compile(text, environment, &findings)
      guard let program else { return nil }
      self.program = program
      self.isConstant = isConstant
      variables = reads.map {
        TemplateVariable(name: $0.name, span: text.span($0.range.indices), isGuarded: $0.isGuarded)
      }
      doubtfulCalls = doubtful.map {
        DoubtfulCall(kind: $0.kind, name: $0.name, span: text.span($0.range.indices))
      }
    } catch {
      findings.add(.error(error.code, error.message, at: text.span(error.range.indices), help: error.help))
      return nil
    }
  }

  private static func compile(
    _ text: EmbeddedText, _ environment: TemplateEnvironment, _ findings: inout Findings
  ) throws(SyntaxError) -> (Program?, [Compiler.VariableRead], [DoubtfulUse], isConstant: Bool) {
    var lexer = Lexer(
      text.text, trimBlocks: environment.trimBlocks, stripBlocks: environment.lstripBlocks,
      keepTrailingNewline: environment.keepTrailingNewline)
    let tokens = try lexer.tokenize()
    var parser = Parser(
      lexer.scanner, tokens, allowsLoopControls: environment.allowsLoopControls,
      allowsRun: environment.allowsDo)
    let statements = try parser.template()
    var compiler = Compiler(environment)
    let program = compiler.program(statements)
    for mistake in compiler.findings {
      findings.add(
        .error(mistake.code, mistake.message, at: text.span(mistake.range.indices), help: mistake.help))
    }
    for doubt in compiler.doubts {
      findings.add(.warning(doubt.code, doubt.message, at: text.span(doubt.range.indices), help: doubt.help))
    }
    let reads = compiler.reads.filter { environment.globals[$0.name] == nil }
    let isConstant = !tokens.contains { $0.kind == .variableBegin || $0.kind == .blockBegin }
    return (compiler.findings.isEmpty ? program : nil, reads, compiler.doubtful, isConstant)
  }

  /// The text it makes of some variables.
  public func render(_ variables: OrderedMap) throws(TemplateError) -> String {
    var machine = Machine(program, variables)
    do { return try machine.render() } catch { throw error.lifted(through: text) }
  }

  /// Whether it is one `{{ expression }}` and nothing else, so that its value can be had unprinted.
  public var isSingleExpression: Bool { singleExpression != nil }

  private var singleExpression: Node? {
    let steps = program.blocks[Int(program.main)]
    guard steps.count == 1, case .print(let node) = steps[0] else { return nil }
    return node
  }

  /// The value of a template that is a single expression; of any other, its text.
  public func evaluate(_ variables: OrderedMap) throws(TemplateError) -> Value {
    guard let node = singleExpression else { return .string(try render(variables)) }
    var machine = Machine(program, variables)
    do {
      let value = try machine.single(node)
      // An undefined value raises, or prints nothing; so it does here.
      if value.undefined != nil { return .string(try value.string()) }
      return value.anyString.map { .string($0) } ?? value
    } catch {
      throw error.at(program.ranges[Int(node)]).lifted(through: text)
    }
  }

  /// The same with nothing in it that only templates know: what can be iterated becomes a list.
  public func plainValue(_ variables: OrderedMap) throws(TemplateError) -> Value {
    let value = try evaluate(variables)
    do { return try value.plain() } catch {
      throw error.at(singleExpression.flatMap { program.ranges[Int($0)] }).lifted(through: text)
    }
  }
}

/// One place where a template reads a variable that must be handed in.
public struct TemplateVariable: Sendable, Hashable {
  public let name: String
  public let span: SourceSpan
  /// Whether the template allows for its absence there, with `is defined` or `default`.
  public let isGuarded: Bool
}
