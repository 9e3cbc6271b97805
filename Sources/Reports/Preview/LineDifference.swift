import Values

/// Two texts line by line: what both have, and what only one has, with the changed words marked.
struct LineDifference {
  /// A run of a line's text.
  struct Run: Equatable {
    let text: String
    let isChanged: Bool
  }

  /// A line of the old text, of the new one, or of both.
  enum Row: Equatable {
    case both(String)
    /// Nil where the line has no counterpart.
    case change(old: [Run]?, new: [Run]?)
  }

  let rows: [Row]

  init(_ old: [String], _ new: [String]) {
    let steps = Self.steps(old.map(ExactText.init), new.map(ExactText.init))
    var rows: [Row] = []
    var removed: [String] = []
    var inserted: [String] = []
    func settle() {
      for index in 0..<max(removed.count, inserted.count) {
        let before = removed.indices.contains(index) ? removed[index] : nil
        let after = inserted.indices.contains(index) ? inserted[index] : nil
        if let before, let after {
          let runs = Self.runs(before, after)
          rows.append(.change(old: runs.old, new: runs.new))
        } else {
          rows.append(
            .change(
              old: before.map { [Run(text: $0, isChanged: true)] },
              new: after.map { [Run(text: $0, isChanged: true)] }))
        }
      }
      removed = []
      inserted = []
    }
    for step in steps {
      switch step {
      case .both(let line):
        settle()
        rows.append(.both(line.text))
      case .old(let line): removed.append(line.text)
      case .new(let line): inserted.append(line.text)
      }
    }
    settle()
    self.rows = rows
  }

  var isSame: Bool { rows.allSatisfy { if case .both = $0 { true } else { false } } }

  // MARK: - What both have

  private enum Step<Element> {
    case both(Element)
    case old(Element)
    case new(Element)
  }

  private static func steps<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [Step<Element>] {
    var removed = Set<Int>()
    var inserted = Set<Int>()
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var steps: [Step<Element>] = []
    var (at, to) = (0, 0)
    while at < old.count || to < new.count {
      if at < old.count, removed.contains(at) {
        steps.append(.old(old[at]))
        at += 1
      } else if to < new.count, inserted.contains(to) {
        steps.append(.new(new[to]))
        to += 1
      } else {
        steps.append(.both(old[at]))
        at += 1
        to += 1
      }
    }
    return steps
  }

  // MARK: - Words

  private static func runs(_ old: String, _ new: String) -> (old: [Run], new: [Run]) {
    var before: [Run] = []
    var after: [Run] = []
    func add(_ text: String, _ isChanged: Bool, to runs: inout [Run]) {
      if let last = runs.last, last.isChanged == isChanged {
        runs[runs.count - 1] = Run(text: last.text + text, isChanged: isChanged)
      } else {
        runs.append(Run(text: text, isChanged: isChanged))
      }
    }
    for step in steps(words(old), words(new)) {
      switch step {
      case .both(let word):
        add(word.text, false, to: &before)
        add(word.text, false, to: &after)
      case .old(let word): add(word.text, true, to: &before)
      case .new(let word): add(word.text, true, to: &after)
      }
    }
    return (before, after)
  }

  /// Letters and digits in a row are one word; every other character is one of its own.
  private static func words(_ line: String) -> [ExactText] {
    var words: [String] = []
    var isOpen = false
    for scalar in line.unicodeScalars {
      let isLetter = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      if isLetter, isOpen, !words.isEmpty {
        words[words.count - 1].unicodeScalars.append(scalar)
      } else {
        words.append(String(Character(scalar)))
      }
      isOpen = isLetter
    }
    return words.map(ExactText.init)
  }
}
