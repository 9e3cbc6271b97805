import Diagnostics
import Lint
import Testing

@Suite struct `a baseline` {
  private let settings = LintSettings(select: ["duplicate-choice"])

  private func report(_ choices: String) throws -> LintReport {
    var request = LintRequest()
    request.isUsingSettingsFiles = false
    request.settings = settings
    request.files = ["t.yaml"]
    request.texts = ["t.yaml": "task: demo\noutput_type: multiple_choice\ndoc_to_choice: [\(choices)]\n"]
    return Linter().check(request)
  }

  @Test func `keeps back what it knows, wherever it has moved to`() throws {
    let baseline = Baseline(try report("a, a"))
    let outcome = baseline.applied(to: try report("c, a, a, b, b"))
    #expect(
      outcome.report.findings.map(\.message) == [
        "the choice `b` is there twice, and the second can never win"
      ])
    #expect(outcome.known == 1)
    #expect(outcome.gone == 0)
  }

  @Test func `is pruned of what is not there any more and never grows`() throws {
    let baseline = Baseline(try report("a, a, b, b"))
    let now = try report("b, b, c, c")
    #expect(baseline.applied(to: now).gone == 1)
    #expect(baseline.pruned(to: now).count == 1)
  }

  @Test func `reads what it has written`() throws {
    let baseline = Baseline(try report("a, a, b, b"))
    #expect(Baseline(json: baseline.text) == baseline)
    #expect(Baseline(json: "[1]") == nil)
    #expect(Baseline(json: "no") == nil)
  }
}
