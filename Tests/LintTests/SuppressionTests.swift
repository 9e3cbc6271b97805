import Diagnostics
import Lint
import Testing

@Suite struct `comments that ignore findings` {
  private let settings = LintSettings(select: ["capitals-in-task-name", "missing-version", "suppressions"])

  private func codes(_ yaml: String) throws -> [String] {
    try Linting(["t.yaml": yaml], settings).codes()
  }

  @Test func `one at the end of a line is for that line`() throws {
    #expect(
      try codes("task: Demo # assay: ignore[capitals-in-task-name] known so\nmetadata: {version: 1}\n") == [])
  }

  @Test func `one on a line of its own is for the entry below`() throws {
    let yaml = """
      # assay: ignore[capitals-in-task-name, missing-version] known so
      task: Demo
      """
    #expect(try codes(yaml) == [])
  }

  @Test func `one above a list reaches all of it`() throws {
    let settings = LintSettings(select: ["duplicate-choice"])
    let yaml = """
      task: demo
      output_type: multiple_choice
      # assay: ignore[duplicate-choice] meant so
      doc_to_choice:
      - a
      - a
      """
    #expect(try Linting(["t.yaml": yaml], settings).codes() == [])
  }

  @Test func `one for a file is for all of it`() throws {
    #expect(try codes("task: Demo\n# assay: ignore-file[names] an old task\n") == [])
  }

  @Test func `one that ignores nothing is found`() throws {
    #expect(
      try codes("task: demo # assay: ignore[capitals-in-task-name] old\nmetadata: {version: 1}\n")
        == ["unused-suppression"])
  }

  @Test func `one for a rule that is off is left alone`() throws {
    let settings = LintSettings(select: ["suppressions"])
    #expect(
      try Linting(["t.yaml": "task: demo # assay: ignore[missing-version] old\n"], settings).codes() == [])
  }

  @Test func `text that looks like one is none`() throws {
    let yaml = """
      task: Demo
      metadata: {version: 1}
      doc_to_text: |
        # assay: ignore-file[capitals-in-task-name] a text
      """
    #expect(try codes(yaml) == ["capitals-in-task-name"])
  }

  @Test func `one that says nothing of what it ignores is found`() throws {
    #expect(
      try codes("task: Demo # assay: ignore\nmetadata: {version: 1}\n")
        == ["capitals-in-task-name", "blanket-suppression"])
  }
}
