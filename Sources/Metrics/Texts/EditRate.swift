/// The edits that turn one text into another: words inserted, deleted and replaced, and blocks of words moved.
///
/// After Snover and others, 2006, with the limits of the tool Tercom.
///
/// To find the fewest is too much work, so the block whose move helps most is moved, again and again, until
/// no move helps.
enum EditRate {
  private static let longestBlock = 10
  private static let longestMove = 50
  private static let mostCandidates = 1000

  static func edits(from text: [Int], to reference: [Int]) -> Int {
    guard !reference.isEmpty else { return text.count }
    var distances = EditDistances(of: text, to: reference)
    var moves = 0
    var candidates = 0
    while let best = bestMove(in: distances, &candidates), candidates < mostCandidates, best.gain > 0 {
      distances = EditDistances(of: best.move.applied(to: distances.text), to: reference)
      moves += 1
    }
    return moves + distances.total
  }

  private static func bestMove(
    in distances: EditDistances, _ candidates: inout Int
  ) -> Candidate? {
    let (text, reference) = (distances.text, distances.reference)
    let alignment = Alignment(distances)
    var best: Candidate?
    for start in text.indices {
      let nearest = max(0, start - longestMove)
      for goal in nearest..<max(nearest, min(reference.count, start + longestMove + 1)) {
        let most = min(longestBlock, text.count - start, reference.count - goal)
        var length = 0
        while length < most, text[start + length] == reference[goal + length] {
          length += 1
          guard alignment.isWorthMoving(start, goal, length) else { continue }
          for target in alignment.targets(of: goal, length) {
            let move = Move(start: start, length: length, target: target)
            let candidate = Candidate(gain: distances.total - distances.total(of: move), move: move)
            candidates += 1
            if best.map({ candidate.isBetter(than: $0) }) ?? true { best = candidate }
          }
          if candidates >= mostCandidates { return best }
        }
      }
    }
    return best
  }
}

/// A move and the edits that it saves.
private struct Candidate {
  let gain: Int
  let move: Move

  /// The larger gain, then the longer block, then the one that stood earlier, then the earlier target.
  func isBetter(than other: Candidate) -> Bool {
    if gain != other.gain { return gain > other.gain }
    if move.length != other.move.length { return move.length > other.move.length }
    return (move.start, move.target) < (other.move.start, other.move.target)
  }
}

/// A block of words put elsewhere.
struct Move {
  let start, length, target: Int

  func applied(to words: [Int]) -> [Int] {
    var rest = words
    rest.removeSubrange(start..<start + length)
    // A target inside the block counts from the block's end.
    let place = target > start + length ? target - length : min(target, rest.count)
    rest.insert(contentsOf: words[start..<start + length], at: place)
    return rest
  }

  /// The first word that may change.
  var firstChange: Int { min(start, target) }
}

/// Where the words of the reference are in the text, after the fewest edits.
private struct Alignment {
  /// For each word of the reference, the word of the text that it stands at; -1 for before the first.
  private(set) var places: [Int] = []
  private var isWrongInText: [Bool] = []
  private var isWrongInReference: [Bool] = []

  init(_ distances: EditDistances) {
    for edit in distances.edits() {
      switch edit {
      case .none, .replacement:
        isWrongInText.append(edit == .replacement)
        isWrongInReference.append(edit == .replacement)
        places.append(isWrongInText.count - 1)
      case .deletion: isWrongInText.append(true)
      case .insertion:
        isWrongInReference.append(true)
        places.append(isWrongInText.count - 1)
      }
    }
  }

  /// Whether both the block and the place where it belongs have an error, and it is not there already.
  func isWorthMoving(_ start: Int, _ goal: Int, _ length: Int) -> Bool {
    isWrongInText[start..<start + length].contains(true)
      && isWrongInReference[goal..<goal + length].contains(true)
      && !(start..<start + length).contains(places[goal])
  }

  /// The places in the text before which a block may be put.
  func targets(of goal: Int, _ length: Int) -> [Int] {
    var targets: [Int] = []
    for place in (goal - 1)..<(goal + length) {
      let target = place < 0 ? 0 : places[place] + 1
      if target != targets.last { targets.append(target) }
    }
    return targets
  }
}
