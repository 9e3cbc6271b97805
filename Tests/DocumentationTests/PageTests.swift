import Foundation
import TestKit
import Testing

/// The pages for people, by their paths.
enum Pages {
  static func all() throws -> [(path: String, text: String)] {
    let names = { (folder: String) in
      try FileManager.default.contentsOfDirectory(atPath: repositoryRoot.appending(path: folder).path)
        .filter { $0.hasSuffix(".md") }.sorted()
    }
    let paths = try names(".") + names("Documentation").map { "Documentation/\($0)" }
    return try paths.map {
      ($0, try String(contentsOf: repositoryRoot.appending(path: $0), encoding: .utf8))
    }
  }

  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: repositoryRoot.appending(path: path).path)
  }
}

@Suite struct `the pages for people` {
  @Test func `a link leads to a file`() throws {
    for (path, text) in try Pages.all() {
      let folder = path.contains("/") ? "Documentation/" : ""
      for link in text.matches(of: /\]\(([^)#:\s]+)(?:#[^)]*)?\)/) {
        #expect(Pages.exists(folder + link.1), "\(path) links to \(link.1)")
      }
    }
  }

  @Test func `a path in backticks is there`() throws {
    for (path, text) in try Pages.all() where path != "CHANGELOG.md" {
      for name in text.matches(of: /`((?:Sources|Tests|Tools|TaskLibrary|Models|Examples)\/[\w\/.+-]*)`/) {
        #expect(Pages.exists(String(name.1)), "\(path) names \(name.1)")
      }
    }
  }

  @Test func `a recipe is short`() throws {
    let page = try String(contentsOf: repositoryRoot.appending(path: "CONTRIBUTING.md"), encoding: .utf8)
    let recipes = page.components(separatedBy: "\n**Add ").dropFirst()
    #expect(recipes.count > 5)
    for recipe in recipes {
      let steps = recipe.prefix { $0 != "#" }.matches(of: #/\n\d\. /#)
      #expect((1...6).contains(steps.count), "\(recipe.prefix(20))")
    }
  }
}
