/// The fewest edits that turn the beginnings of a text into those of another, in a band around the diagonal.
struct EditDistances {
  enum Edit {
    case none, replacement, deletion, insertion
  }

  let text: [Int]
  let reference: [Int]
  /// For each beginning of the text those to each beginning of the reference.
  private let rows: [[Int]]
  private let band: Band

  /// More than any number of edits: the cells outside the band.
  private static let far = 1 << 40

  init(of text: [Int], to reference: [Int]) {
    self.text = text
    self.reference = reference
    band = Band(rows: text.count, columns: reference.count)
    var rows = [Array(0...reference.count)]
    for place in text.indices {
      var row = [Int](repeating: Self.far, count: reference.count + 1)
      Self.fill(&row, after: rows[place], text[place], reference, band.columns(in: place + 1))
      rows.append(row)
    }
    self.rows = rows
  }

  /// The edits for the whole text.
  var total: Int { rows[text.count][reference.count] }

  /// The edits for the whole text after a move; rows before it are as they were.
  func total(of move: Move) -> Int {
    let moved = move.applied(to: text)
    var before = rows[move.firstChange]
    let empty = [Int](repeating: Self.far, count: reference.count + 1)
    var row = empty
    for place in move.firstChange..<moved.count {
      row = empty
      Self.fill(&row, after: before, moved[place], reference, band.columns(in: place + 1))
      swap(&row, &before)
    }
    return before[reference.count]
  }

  private static func fill(
    _ row: inout [Int], after before: [Int], _ word: Int, _ reference: [Int], _ columns: Range<Int>
  ) {
    for column in columns {
      var least = before[column] + 1
      if column > 0 {
        least = min(least, before[column - 1] + (word == reference[column - 1] ? 0 : 1), row[column - 1] + 1)
      }
      row[column] = min(least, far)
    }
  }

  /// The edits from the start of the text on; of equally good ways it replaces rather than deletes, and
  /// deletes rather than inserts.
  func edits() -> [Edit] {
    var edits: [Edit] = []
    var (row, column) = (text.count, reference.count)
    while row > 0 || column > 0 {
      let edit = lastEdit(row, column)
      edits.append(edit)
      if edit != .insertion { row -= 1 }
      if edit != .deletion { column -= 1 }
    }
    return edits.reversed()
  }

  private func lastEdit(_ row: Int, _ column: Int) -> Edit {
    if row == 0 { return .insertion }
    if column == 0 { return .deletion }
    let cost = rows[row][column]
    let isSame = text[row - 1] == reference[column - 1]
    if cost == rows[row - 1][column - 1] + (isSame ? 0 : 1) { return isSame ? .none : .replacement }
    return cost == rows[row - 1][column] + 1 ? .deletion : .insertion
  }
}

/// The cells around the diagonal of a table that are looked at.
private struct Band {
  let rows, columns: Int
  private let slope: Double
  private let reach: Int

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    slope = rows > 0 ? Double(columns) / Double(rows) : 1
    // Where the texts' lengths differ so much that rows of the usual width would not meet, it is wider.
    reach = slope > 50 ? Int((slope / 2 + 25).rounded(.up)) : 25
  }

  func columns(in row: Int) -> Range<Int> {
    let middle = Int(Double(row) * slope)
    let end = row == rows ? columns + 1 : min(columns + 1, middle + reach)
    return max(0, middle - reach)..<end
  }
}
