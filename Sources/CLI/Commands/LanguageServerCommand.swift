import ArgumentParser
import Editor
import Foundation
import Glibc
import Values

struct LanguageServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lsp",
    abstract: "Serve an editor: mistakes as one types, repairs, help, completion, the first prompt.",
    discussion: """
      Speaks the Language Server Protocol over standard input and output, and is started by the editor. Nothing is \
      downloaded or run, and no file of yours is written. Documentation/Editors.md says how to set editors up.
      """)

  @OptionGroup var folders: FolderOptions

  @Option(
    name: [.customLong("dataset_mirror")],
    help: ArgumentHelp(
      "A folder with data sets, as for `assay run`; also ASSAY_DATASETS.", valueName: "folder"))
  var datasetMirror: [String] = []

  @Flag(help: "Look at rows as well, as far as they are at hand.")
  var data = false

  @Flag(help: "Does nothing: standard streams are all there is. Some editors give it.")
  var stdio = false

  /// How long nobody must have typed before the text is looked at, in milliseconds.
  private static let patience: Int32 = 15

  func run() async throws {
    signal(SIGPIPE, SIG_IGN)
    let mirrors = Surroundings.variable("ASSAY_DATASETS")?.split(separator: ":").map(String.init) ?? []
    let notes = FileManager.default.temporaryDirectory.appending(path: "assay-\(getpid())")
    defer { try? FileManager.default.removeItem(at: notes) }
    var server = LanguageServer(
      version: Assay.version,
      library: ([Surroundings.home.map { $0 + "/TaskLibrary" }].compactMap(\.self)
        + folders.includePath.map(FolderOptions.trimmed)).map(Self.whole),
      mirrors: (datasetMirror + mirrors).map(Self.whole), isReadingRows: data, notesFolder: notes.path)
    var reader = MessageReader()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while server.exitCode == nil {
      let wait: Int32 = server.hasMessages ? 0 : server.hasStaleDocuments ? Self.patience : -1
      var waiting = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, wait)
      if ready > 0 {
        let count = read(STDIN_FILENO, &buffer, buffer.count)
        // An editor that has gone wants nothing more.
        if count == 0 { break }
        if count > 0 {
          reader.add(buffer[..<count])
          while let item = reader.next() { server.enqueue(item) }
        }
      } else if server.hasMessages {
        server.step()
      } else if ready == 0 {
        server.settle()
      }
      guard carryOut(server.takeEffects(), notes) else { break }
    }
    throw ExitCode(server.exitCode ?? 1)
  }

  /// False when nobody listens any more.
  private func carryOut(_ effects: [LanguageServer.Effect], _ notes: URL) -> Bool {
    for effect in effects {
      switch effect {
      case .write(let path, let text):
        try? FileManager.default.createDirectory(at: notes, withIntermediateDirectories: true)
        try? Data(text.utf8).write(to: URL(filePath: path))
      case .send(let message):
        let bytes = MessageReader.framed(message)
        var sent = 0
        while sent < bytes.count {
          let count = bytes[sent...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
          if count < 0, errno == EINTR { continue }
          if count <= 0 { return false }
          sent += count
        }
      }
    }
    return true
  }

  /// Editors start programs in whatever folder they like.
  private static func whole(_ path: String) -> String {
    URL(filePath: path).standardizedFileURL.path
  }
}
