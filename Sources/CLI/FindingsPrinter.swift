import Diagnostics

/// Shows findings on standard error, and what they come to.
struct FindingsPrinter {
  let sources: Sources

  func print(_ findings: Findings) {
    let paint = Surroundings.paint(isTerminal: Surroundings.isErrorTerminal)
    let sorted = findings.sorted
    for diagnostic in sorted { Surroundings.say(diagnostic.terminal(in: sources, paint)) }
    let errors = sorted.count { $0.severity == .error }
    if errors > 0 { Surroundings.say("\(errors) error\(errors == 1 ? "" : "s")") }
  }
}
