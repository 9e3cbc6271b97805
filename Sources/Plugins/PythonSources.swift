import Foundation
import Values

/// Our side of the Python process, which the program carries with it.
enum PythonSources {
  /// What the interpreter is started with.
  static var boot: String { text(PackageResources.boot_py) }

  /// In the order in which they import one another.
  private static var modules: [(name: String, source: [UInt8])] {
    [
      ("wire", PackageResources.wire_py), ("functions", PackageResources.functions_py),
      ("tables", PackageResources.tables_py), ("standin_datasets", PackageResources.standin_datasets_py),
      ("standin_lm_eval", PackageResources.standin_lm_eval_py), ("standins", PackageResources.standins_py),
      ("methods", PackageResources.methods_py), ("server", PackageResources.server_py),
    ]
  }

  /// The first line that the process reads.
  static func hello(_ settings: PythonSettings) -> OrderedMap {
    [
      "modules": .list(modules.map { .list([.string($0.name), .string(text($0.source))]) }),
      "settings": [
        "memory": settings.memory.map { .int($0) } ?? .null,
        "folders": .list(settings.taskFolders.map { .string($0) }),
        "seeds": .list(settings.seeds.map { seed in seed.map { .int($0) } ?? .null }),
        "stand_ins": .bool(settings.isWithoutLibraries),
      ],
    ]
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
