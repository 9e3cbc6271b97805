import Values

/// A function among the globals.
final class FunctionObject: ValueObject {
  let callable: Callable
  init(_ callable: Callable) { self.callable = callable }

  var typeName: String { "function" }
  var text: String { "<function \(callable.name) at 0x7f0000000000>" }
}

/// A built-in class such as `range`, which is called like a function.
final class ClassObject: ValueObject {
  let callable: Callable
  let text: String
  init(_ callable: Callable, text: String) {
    self.callable = callable
    self.text = text
  }

  var typeName: String { "type" }
}

/// A method of a value that has not been called yet.
final class MethodObject: ValueObject {
  let receiver: Value
  let name: String
  init(_ receiver: Value, _ name: String) {
    self.receiver = receiver
    self.name = name
  }

  var typeName: String { "builtin_function_or_method" }
  var text: String { "<built-in method \(name) of \(receiver.typeName) object at 0x7f0000000000>" }
}

/// A macro, or the body of a `call` block: the place of its code, and the slots its outer functions had.
final class MacroObject: ValueObject {
  let program: Program
  let index: Int32
  let display: [Int]
  let isEscaping: Bool

  init(_ program: Program, _ index: Int32, display: [Int], isEscaping: Bool) {
    self.program = program
    self.index = index
    self.display = display
    self.isEscaping = isEscaping
  }

  var plan: MacroPlan { program.macros[Int(index)] }
  var typeName: String { "Macro" }
  var text: String { "<Macro \(plan.name.map(pythonRepr) ?? "anonymous")>" }
}
