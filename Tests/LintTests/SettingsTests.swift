import Diagnostics
import Lint
import Testing

@Suite struct `settings of the linter` {
  private let task = "task: Demo\n"

  private func codes(_ settings: String, _ own: LintSettings = LintSettings()) throws -> Set<String> {
    try Set(Linting(["a/t.yaml": task, "a/assay.yaml": settings], own).codes())
  }

  @Test func `presets turn rules on`() throws {
    #expect(!(try codes("lint: {preset: recommended}")).contains("capitals-in-task-name"))
    #expect(try codes("lint: {preset: strict}").contains("capitals-in-task-name"))
  }

  @Test func `a code outweighs its family`() throws {
    let codes = try codes("lint: {ignore: [names], extend_select: [capitals-in-task-name]}")
    #expect(codes.contains("capitals-in-task-name"))
    #expect(!codes.contains("missing-version"))
  }

  @Test func `the command line outweighs the file`() throws {
    let codes = try codes("lint: {preset: strict}", LintSettings(preset: .recommended))
    #expect(!codes.contains("capitals-in-task-name"))
  }

  @Test(arguments: ["t.yaml", "*.yaml", "**/t.yaml", ".", "b/*.yaml"])
  func `a path has settings of its own`(_ glob: String) throws {
    let codes = try codes("lint: {preset: strict, per_path: {\"\(glob)\": {ignore: capitals-in-task-name}}}")
    #expect(codes.contains("capitals-in-task-name") == (glob == "b/*.yaml"))
  }

  @Test func `the nearest file counts`() throws {
    let files = [
      "assay.yaml": "lint: {preset: strict}", "a/assay.yaml": "lint: {preset: recommended}", "a/t.yaml": task,
    ]
    #expect(!(try Linting(files).codes()).contains("capitals-in-task-name"))
  }

  @Test func `a name that is none is found`() throws {
    #expect(try codes("lint: {ignore: [missing-verson]}").contains("unknown-rule"))
    #expect(try codes("lint: {ignroe: [missing-version]}").contains("unknown-key"))
  }

  @Test func `a fault in one file hides none in another`() throws {
    let files = [
      "a.yaml": "task: [\n", "b.yaml": "task: b\ninclude: nowhere\n", "c.yaml": soundTask + "doc_to_txt: x\n",
    ]
    let report = try Linting(files).report()
    #expect(
      report.findings.filter { $0.severity == .error }.map(\.code.name) == [
        "malformed-yaml", "missing-include", "unknown-key",
      ])
  }

  @Test func `a sound task has nothing to be said of it`() throws {
    #expect(try Linting(["t.yaml": soundTask]).codes() == [])
  }
}
