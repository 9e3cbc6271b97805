import ArgumentParser
import Foundation

struct DocumentationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docs",
    abstract: "Write the reference pages of the documentation from the code.",
    discussion: "Existing pages are overwritten. Exits with 3 when a page cannot be written.",
    shouldDisplay: false)

  @Option(help: ArgumentHelp("The folder for the pages.", valueName: "folder"))
  var output = "Documentation"

  func run() async throws {
    let folder = URL(filePath: output)
    let pages = ReferencePage.all()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for page in pages {
        try Data(page.text.utf8).write(to: folder.appending(path: page.file), options: .atomic)
      }
    } catch {
      Failure.say("cannot write to \(output): \(error.localizedDescription)", nil)
      throw ExitCode(3)
    }
    print("\(pages.count) pages in \(output)")
  }
}
