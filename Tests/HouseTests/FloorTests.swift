import Foundation
import TestKit
import Testing

/// One row of the table in ARCHITECTURE.md.
struct Floor: CustomTestStringConvertible, Sendable {
  let level: Int
  let module: String
  let imports: Set<String>

  var testDescription: String { module }

  /// What every module may import.
  static let common: Set = ["Synchronization", "Dispatch", "Glibc"]

  static let all: [Floor] = {
    guard let page = try? Repository.text("ARCHITECTURE.md") else { return [] }
    return page.matches(of: /^\| (\d) \| (\w+) \| ([^|]*) \|/.anchorsMatchLineEndings()).map { row in
      Floor(
        level: Int(row.1) ?? 0, module: String(row.2),
        imports: Set(row.3.matches(of: /\w+/).map { String($0.0) }))
    }
  }()
}

@Suite struct `the floors of the house` {
  @Test func `every module has one row, and every row a module`() {
    #expect(Floor.all.map(\.module).sorted() == Repository.folders(in: "Sources"))
  }

  @Test(arguments: Floor.all)
  func `a module imports only what its row allows`(_ floor: Floor) throws {
    let files = Repository.swiftFiles.filter { $0.hasPrefix("Sources/\(floor.module)/") }
    for file in files {
      let imports = try Repository.text(file).matches(
        of:
          /^(?:@\w+(?:\([^)]*\))? )*(?:\w+ )?import (?:(?:struct|class|enum|protocol|func|let|var|typealias) )?(\w+)/
          .anchorsMatchLineEndings())
      for line in imports {
        let name = String(line.1)
        #expect(
          floor.imports.contains(name) || Floor.common.contains(name),
          "\(file) imports \(name); ARCHITECTURE.md does not let \(floor.module) do so")
      }
    }
  }

  @Test func `no row allows an import from a floor above`() {
    let levels = Dictionary(uniqueKeysWithValues: Floor.all.map { ($0.module, $0.level) })
    for floor in Floor.all {
      for name in floor.imports {
        #expect((levels[name] ?? 0) <= floor.level, "\(floor.module) may import \(name)")
      }
    }
  }

  @Test func `imports on one floor go in no circle`() {
    let imports = Dictionary(uniqueKeysWithValues: Floor.all.map { ($0.module, $0.imports) })
    func reached(from module: String) -> Set<String> {
      var seen: Set<String> = []
      var open = Array(imports[module] ?? [])
      while let next = open.popLast() {
        if seen.insert(next).inserted { open += imports[next] ?? [] }
      }
      return seen
    }
    for floor in Floor.all { #expect(!reached(from: floor.module).contains(floor.module), "\(floor.module)") }
  }

  @Test func `the language and the answerers never meet`() {
    let floors = Dictionary(uniqueKeysWithValues: Floor.all.map { ($0.module, $0.imports) })
    #expect(floors["TaskDSL"]?.contains("Backends") == false)
    #expect(floors["Backends"]?.contains("TaskDSL") == false)
  }
}
