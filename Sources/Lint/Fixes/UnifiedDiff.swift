import Values

/// What differs between two texts, in the form that `patch` reads.
public struct UnifiedDiff: Sendable {
  public let text: String

  public init(_ old: String, _ new: String, path: String) {
    let before = Self.lines(old)
    let after = Self.lines(new)
    var removed = Set<Int>()
    var inserted = Set<Int>()
    // Letters that only look the same are no less different.
    for change in after.difference(from: before, by: sameBytes) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var steps: [(mark: Character, line: String)] = []
    var (at, to) = (0, 0)
    while at < before.count || to < after.count {
      if at < before.count, removed.contains(at) {
        steps.append(("-", before[at]))
        at += 1
      } else if to < after.count, inserted.contains(to) {
        steps.append(("+", after[to]))
        to += 1
      } else {
        steps.append((" ", before[at]))
        at += 1
        to += 1
      }
    }
    let hunks = Self.hunks(steps)
    // A tab ends a name that blanks would end otherwise.
    let name = path.contains(" ") ? path + "\t" : path
    text = hunks.isEmpty ? "" : "--- \(name)\n+++ \(name)\n" + hunks
  }

  /// Each line with its end.
  private static func lines(_ text: String) -> [String] {
    var lines: [String] = []
    var line = ""
    for scalar in text.unicodeScalars {
      line.unicodeScalars.append(scalar)
      if scalar == "\n" {
        lines.append(line)
        line = ""
      }
    }
    return line.isEmpty ? lines : lines + [line]
  }

  private static func hunks(_ steps: [(mark: Character, line: String)]) -> String {
    let context = 3
    var out = ""
    var (at, old, new) = (0, 1, 1)
    while let first = steps[at...].firstIndex(where: { $0.mark != " " }) {
      let start = max(at, first - context)
      old += start - at
      new += start - at
      var end = first
      var gap = 0
      while end < steps.count, gap <= 2 * context {
        gap = steps[end].mark == " " ? gap + 1 : 0
        end += 1
      }
      end -= max(0, gap - context)
      let hunk = steps[start..<end]
      let oldCount = hunk.count { $0.mark != "+" }
      let newCount = hunk.count { $0.mark != "-" }
      out +=
        "@@ -\(oldCount == 0 ? old - 1 : old),\(oldCount) +\(newCount == 0 ? new - 1 : new),\(newCount) @@\n"
      for step in hunk {
        out += "\(step.mark)\(step.line)"
        if step.line.utf8.last != 0x0A {
          out += "\n\\ No newline at end of file\n"
        }
      }
      old += oldCount
      new += newCount
      at = end
    }
    return out
  }
}
