import Diagnostics
import Dispatch
import Foundation
import Synchronization
public import Values

/// A table in Markdown, laid out as the harness's writer of tables does it.
///
/// That writer reads each cell anew: what looks like a number is one, a column of numbers has as many decimals as its most
/// precise needs, and stands to the right. Columns are three wide at least, headers in the middle.
public struct MarkdownTable: Sendable {
  public let headers: [String]
  public let rows: [[Value]]

  public init(headers: [String], rows: [[Value]]) {
    self.headers = headers
    self.rows = rows
  }

  public var text: String {
    let columns = columns
    let rule = columns.map { column in
      column.isNumeric
        ? String(repeating: "-", count: column.width - 1) + ":"
        : String(repeating: "-", count: column.width)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity((rows.count + 2) * columns.reduce(2) { $0 + $1.width + 1 })
    for line in [columns.map(\.centredHeader), rule] {
      bytes.append(contentsOf: ("|" + line.joined(separator: "|") + "|\n").utf8)
    }
    for row in rows.indices {
      bytes.append(Self.bar)
      for column in columns {
        column.append(row, to: &bytes)
        bytes.append(Self.bar)
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Laid out side by side: the list of all tasks has thousands of rows.
  private var columns: [Column] {
    let done = Mutex([Column?](repeating: nil, count: headers.count))
    let layOut: @Sendable (Int) -> Void = { index in
      let column = Column(headers[index], Cell.read(rows.map { index < $0.count ? $0[index] : "" }))
      done.withLock { $0[index] = column }
    }
    if rows.count > 1000 {
      DispatchQueue.concurrentPerform(iterations: headers.count, execute: layOut)
    } else {
      headers.indices.forEach(layOut)
    }
    return done.withLock { $0.compactMap(\.self) }
  }

  fileprivate static let bar = UInt8(ascii: "|")
}

/// What a cell's text is taken for.
private enum Cell {
  case empty
  case text(String)
  case whole(Double)
  case real(Double)
  case infinite(Double)
  case nan

  init(_ value: Value) {
    switch value {
    case .int(let number): self = .whole(Double(number))
    case .double(let number): self.init(number)
    case .null: self = .empty
    default: self.init(Self.onOneLine(value.text))
    }
  }

  private init(_ number: Double) {
    if number.isNaN {
      self = .nan
    } else if number.isInfinite {
      self = .infinite(number)
    } else {
      self = number == number.rounded() ? .whole(number) : .real(number)
    }
  }

  /// That of `-infinity`.
  private static let longestName = 9

  /// Most cells are words, for which the pattern need not be tried.
  private static func beginsNumber(_ text: String) -> Bool {
    text.utf8.first.map { $0 >= 0x30 && $0 <= 0x39 || "+-.".utf8.contains($0) } ?? false
  }

  private static func onOneLine(_ text: String) -> String {
    text.utf8.contains(UInt8(ascii: "\n")) ? text.replacing("\n", with: " ") : text
  }

  /// Without blanks around it; most cells have none.
  private static func stripped(_ text: String) -> String {
    let edges = UInt8(ascii: "!")...UInt8(ascii: "~")
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    return edges ~= first && edges ~= last ? text : text.pythonStripped
  }

  private init(_ text: String) {
    let plain = Self.stripped(text)
    if plain.isEmpty {
      self = .empty
    } else if Self.beginsNumber(plain),
      plain.wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?/) != nil,
      let number = Double(plain)
    {
      self.init(number)
    } else if plain.utf8.count > Self.longestName {
      self = .text(text)
    } else {
      switch plain.lowercased() {
      case "nan": self = .nan
      case "inf", "infinity", "+inf": self = .infinite(.infinity)
      case "-inf", "-infinity": self = .infinite(-.infinity)
      default: self = .text(text)
      }
    }
  }

  /// Reads a column from the top: while most cells were texts, a number written as text is a text too.
  static func read(_ values: [Value]) -> [Cell] {
    var kinds: [(kind: Int, count: Int)] = []
    return values.map { value in
      let most = kinds.reduce((kind: -1, count: 0)) { $1.count > $0.count ? $1 : $0 }
      var cell = Cell(value)
      if most.kind == textKind, case .string(let text) = value, !stripped(text).isEmpty {
        cell = .text(onOneLine(text))
      }
      if let place = kinds.firstIndex(where: { $0.kind == cell.kind }) {
        kinds[place].count += 1
      } else {
        kinds.append((cell.kind, 1))
      }
      return cell
    }
  }

  private static let textKind = 1

  private var kind: Int {
    switch self {
    case .empty: 0
    case .text: Self.textKind
    case .whole: 2
    case .real: 3
    case .infinite: 4
    case .nan: 5
    }
  }

  /// Digits behind the point in the shortest form; nil for what is no number.
  var decimals: Int? {
    switch self {
    case .whole: 0
    case .real(let number):
      pythonRepr(number).split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
    default: nil
    }
  }

  var isNumber: Bool { decimals != nil }
}

/// A column's cells as they are printed.
private struct Column {
  let header: String
  let isNumeric: Bool
  let width: Int
  private let texts: [String]
  private let widths: [Int]
  private let areRight: [Bool]

  init(_ header: String, _ cells: [Cell]) {
    let kinds = Kinds(cells)
    let decimals = cells.compactMap(\.decimals).max() ?? 0
    self.header = header
    isNumeric = kinds.areNumbers
    areRight = cells.map { kinds.areNumbers || $0.isNumber }
    texts = cells.map { cell in
      switch cell {
      case .empty: ""
      case .text(let text): text
      case .whole(let number): fixed(number == 0 ? 0 : number, kinds.areReal ? decimals : 0)
      case .real(let number): fixed(number, decimals)
      case .infinite(let number): number < 0 ? "-Infinity" : "Infinity"
      case .nan: "NaN"
      }
    }
    widths = texts.map(cellWidth)
    width = max(3, cellWidth(header), widths.max() ?? 0)
  }

  var centredHeader: String {
    let space = width - cellWidth(header)
    return Self.blanks(space / 2) + header + Self.blanks(space - space / 2)
  }

  /// Appends a cell as wide as the column; a bar inside it would end it.
  func append(_ row: Int, to bytes: inout [UInt8]) {
    let space = repeatElement(UInt8(ascii: " "), count: max(0, width - widths[row]))
    if areRight[row] { bytes.append(contentsOf: space) }
    for byte in texts[row].utf8 {
      if byte == MarkdownTable.bar { bytes.append(UInt8(ascii: "\\")) }
      bytes.append(byte)
    }
    if !areRight[row] { bytes.append(contentsOf: space) }
  }

  private static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// What stands in a column, which decides how its numbers are written.
  private struct Kinds {
    let areNumbers: Bool
    /// Whether whole numbers are written with decimals too.
    let areReal: Bool

    init(_ cells: [Cell]) {
      var hasText = false
      var hasEmpty = false
      var hasWhole = false
      var fractions = Set<Int>()
      for cell in cells {
        switch cell {
        case .empty: hasEmpty = true
        case .text: hasText = true
        case .whole: hasWhole = true
        case .real: fractions.insert(0)
        case .infinite: fractions.insert(1)
        case .nan: fractions.insert(2)
        }
      }
      areReal =
        !hasText
        && (fractions.contains(0) || fractions.count + (hasEmpty ? 1 : 0) >= 2
          || fractions.count + (hasWhole ? 1 : 0) >= 2)
      areNumbers = !hasText && (areReal || hasWhole)
    }
  }
}

/// How wide a text prints where letters of East Asia take two cells; every other code point counts one.
private func cellWidth(_ text: String) -> Int {
  if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text.utf8.count }
  return text.unicodeScalars.reduce(0) { $0 + ($1.isWide || $1.properties.isEmojiPresentation ? 2 : 1) }
}
