import Diagnostics
import TestKit
import Testing

/// One kind of mistake that people make.
struct Fault: Sendable, CustomTestStringConvertible {
  let kind: String
  /// Whether it shows only where the rows are at hand.
  let needsRows: Bool
  /// The file with the mistake; nil where it cannot be made.
  let seed: @Sendable (SoundFile, inout SeededRandom) -> Seeded?

  init(_ kind: String, rows: Bool = false, _ seed: @escaping @Sendable (SoundFile) -> Seeded?) {
    self.init(kind, rows, random: { file, _ in seed(file) })
  }

  private init(
    _ kind: String, _ rows: Bool, random: @escaping @Sendable (SoundFile, inout SeededRandom) -> Seeded?
  ) {
    self.kind = kind
    needsRows = rows
    seed = random
  }

  /// One whose place is drawn.
  static func drawn(
    _ kind: String, _ seed: @escaping @Sendable (SoundFile, inout SeededRandom) -> Seeded?
  ) -> Fault {
    Fault(kind, false, random: seed)
  }

  var testDescription: String { kind }

  static let all: [Fault] =
    syntax + words + keys + types + groups + templates + choices + generation + filters + metrics + fewshot
    + data + members + otherNames + phrasing + places
    + functions
}
