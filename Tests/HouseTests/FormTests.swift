import Foundation
import TestKit
import Testing

@Suite struct `the form of the house` {
  @Test func `no Swift file has more than 600 lines`() throws {
    #expect(Repository.swiftFiles.count > 50)
    for file in Repository.swiftFiles {
      let lines = try Repository.text(file).split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines <= 601, "\(file) has \(lines - 1) lines; divide it")
    }
  }

  @Test(arguments: [
    ("README.md", 120), ("ARCHITECTURE.md", 300), ("CONTRIBUTING.md", 150), ("STYLE.md", 150),
    ("Makefile", 60),
  ])
  func `a page for people stays short`(_ page: String, _ most: Int) throws {
    #expect(
      try Repository.text(page).split(separator: "\n", omittingEmptySubsequences: false).count <= most + 1)
  }

  /// Written in two parts each, so that this file does not hold them.
  private static let banned = [
    "/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", "../sha" + "red", "TO" + "DO", "XX" + "X:",
  ]
  private static let bannedInSources = [
    "fatal" + "Error(", "try" + "!", "as" + "! ", "NSRegular" + "Expression",
  ]

  private static let texts: [String] = {
    let tops = [
      "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "STYLE.md", "Makefile",
      "Package.swift",
      ".ci/run",
    ]
    let folders = [
      "Sources", "Tests", "Tools", "TaskLibrary", "Models", "Examples", "Documentation", "Benchmarks",
    ]
    let endings = ["swift", "md", "py", "sh", "yaml", "h", "modulemap", "json", "golden"]
    let all = folders.flatMap(Repository.files(below:)).filter { path in
      endings.contains { path.hasSuffix(".\($0)") } && !path.contains("/Fixtures/")
        && !path.contains("/Conformance/")
        && !path.hasSuffix("tokenizer.json")
    }
    return tops + all
  }()

  @Test func `no file names a place on somebody's machine or leaves work undone`() throws {
    for file in Self.texts {
      guard let text = try? Repository.text(file) else { continue }
      for word in Self.banned { #expect(!text.contains(word), "\(file) holds `\(word)`") }
    }
  }

  @Test func `no source crashes on input`() throws {
    for file in Repository.swiftFiles where file.hasPrefix("Sources/") {
      let text = try Repository.text(file)
      for word in Self.bannedInSources { #expect(!text.contains(word), "\(file) holds `\(word)`") }
    }
  }

  private static let roofOnly = ["print(", "exit(", "getenv(", "ProcessInfo.", "CommandLine."]

  @Test func `only the roof prints, exits and looks at the environment`() throws {
    for file in Repository.swiftFiles where file.hasPrefix("Sources/") && !file.hasPrefix("Sources/CLI/") {
      let text = try Repository.text(file)
      guard Self.roofOnly.contains(where: text.contains) else { continue }
      for line in text.split(separator: "\n") where Self.roofOnly.contains(where: line.contains) {
        // A template's `print` statement is another thing; it can throw.
        let calls = line.matches(of: /(?:^|[^.\w])(?:print|exit|getenv)\(|ProcessInfo\.|CommandLine\./)
        let isOwn = line.contains(/(?:func|case|try) print\(|^ *\/\//)
        #expect(calls.isEmpty || isOwn, "\(file): \(line)")
      }
    }
  }

  @Test func `every folder of tests is in Package.swift`() throws {
    let manifest = try Repository.text("Package.swift")
    for folder in Repository.folders(in: "Tests") {
      #expect(
        manifest.contains("name: \"\(folder)\"") || manifest.contains("name: \"\(folder)\","), "\(folder)")
    }
  }

  @Test func `a golden file belongs to a test that is still there`() throws {
    for folder in Repository.folders(in: "Tests") {
      let goldens = Repository.files(below: "Tests/\(folder)/Golden").filter { $0.hasSuffix(".golden") }
      if goldens.isEmpty { continue }
      let tests = Repository.swiftFiles.filter { $0.hasPrefix("Tests/\(folder)/") }
      let code = try tests.map(Repository.text).joined()
      #expect(code.contains("golden("), "\(folder) has goldens that no test reads")
    }
  }
}
