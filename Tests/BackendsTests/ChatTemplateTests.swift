import Backends
import Exchange
import Foundation
import TestKit
import Testing

/// What chat templates do beyond what the comparison with the harness shows.
@Suite struct `chat templates` {
  private static let folders = repositoryRoot.appending(path: "Tests/ParityTests/Fixtures/chat")
  private static let question = [ChatMessage(.user, "Which way?")]

  @Test func `a name picks one of several`() throws {
    let template = try ChatTemplate(folder: Self.folders.appending(path: "bracketed").path, named: "bare")
    #expect(try template.text(of: Self.question, isAnswerOpen: false) == "user: \"Which way?\"\nassistant:")
  }

  @Test func `an unknown name is refused with the near one`() {
    let folder = Self.folders.appending(path: "bracketed").path
    let error = #expect(throws: BackendError.self) { try ChatTemplate(folder: folder, named: "bar") }
    #expect(error?.help == "did you mean `bare`?")
  }

  @Test func `an open answer goes on right behind its start`() throws {
    let template = try ChatTemplate(folder: Self.folders.appending(path: "marked").path)
    let text = try template.text(of: Self.question + [ChatMessage(.assistant, "It is ")], isAnswerOpen: true)
    #expect(text.hasSuffix("<|assistant|>\nIt is"))
  }

  @Test func `what a template refuses is said in its words`() throws {
    let template = try ChatTemplate(folder: Self.folders.appending(path: "bracketed").path)
    let error = #expect(throws: ChatError.self) {
      try template.text(of: Self.question + Self.question, isAnswerOpen: false)
    }
    #expect(error?.message == "the chat template refuses this conversation: roles must take turns")
  }

  @Test func `a folder without one is refused`() {
    let folder = repositoryRoot.appending(path: "Models/assay-tiny").path
    #expect(throws: BackendError.self) { try ChatTemplate(folder: folder) }
  }

  @Test func `a broken one is refused with its place`() throws {
    try temporaryFolder { folder in
      try folder.write("{% for m in messages %}{{ m.content }}", to: "chat_template.jinja")
      let error = #expect(throws: BackendError.self) { try ChatTemplate(folder: folder.path) }
      #expect(error?.message.contains("(chat template):1:") == true)
    }
  }
}
