import Exchange
import Foundation
import Plugins
import Synchronization
import Values

/// The folder of helper files beside these tests.
let fixtures = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

enum Python {
  /// The interpreter to test with, if there is one; `ASSAY_TEST_PYTHON` names another than the first on the path.
  static let interpreter: String? = {
    let environment = ProcessInfo.processInfo.environment
    if let named = environment["ASSAY_TEST_PYTHON"] { return named }
    return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/python3" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }()

  static var isThere: Bool { interpreter != nil }

  static func settings() -> PythonSettings {
    var settings = PythonSettings(environment: ProcessInfo.processInfo.environment)
    if let interpreter { settings.interpreter = interpreter }
    return settings
  }

  /// A host that takes stand-ins, so that tests do not depend on what is installed.
  static func host(_ change: (inout PythonSettings) -> Void = { _ in }) -> PythonHost {
    var settings = settings()
    settings.standIns = ["datasets", "lm_eval"]
    change(&settings)
    return PythonHost(settings)
  }

  static func isInstalled(_ package: String) -> Bool {
    let host = PythonHost(settings())
    defer { host.close() }
    let reference = FunctionReference(folder: fixtures.path, name: "\(package).__name__")
    return (try? ForeignFunction(reference, in: host).load()) != nil
  }
}

extension PythonHost {
  func function(_ name: String, in folder: String = "good") -> ForeignFunction {
    ForeignFunction(
      FunctionReference(folder: fixtures.appending(path: folder).path, name: name), in: self)
  }
}

/// What a closure was given, from whatever thread.
final class Collected<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])
  func add(_ element: Element) { elements.withLock { $0.append(element) } }
  var all: [Element] { elements.withLock { $0 } }
}

/// A host whose questions are noted.
struct Counting: ForeignFunctions {
  private let host: PythonHost
  private let note: @Sendable (String) -> Void

  init(_ host: PythonHost, _ note: @escaping @Sendable (String) -> Void) {
    self.host = host
    self.note = note
  }

  func call(
    _ method: ForeignMethod, _ parameters: OrderedMap, callback: ForeignCallback?
  ) throws(ForeignError) -> Value {
    try host.call(method, parameters) { question, parameters in
      note(question)
      return try callback?(question, parameters)
    }
  }
}
