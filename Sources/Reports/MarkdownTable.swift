/// A table in Markdown; columns of numbers stand to the right.
public struct MarkdownTable: Sendable {
  public let headers: [String]
  public let rows: [[String]]

  public init(headers: [String], rows: [[String]]) {
    self.headers = headers
    self.rows = rows
  }

  public var text: String {
    let columns = headers.indices.map { index in rows.map { index < $0.count ? $0[index] : "" } }
    let isNumeric = columns.map { cells in
      cells.contains { Double($0) != nil }
        && cells.allSatisfy { $0.isEmpty || Double($0) != nil || $0 == "N/A" }
    }
    let widths = headers.indices.map { index in
      max(isNumeric[index] ? 2 : 1, headers[index].width, columns[index].map(\.width).max() ?? 0)
    }
    let spaces = String(repeating: " ", count: widths.max() ?? 0)
    func add(_ cells: [String], to out: inout String) {
      out += "|"
      for index in headers.indices {
        let cell = index < cells.count ? Self.escaped(cells[index]) : ""
        let space = spaces.prefix(max(0, widths[index] - cell.width))
        if isNumeric[index] { out += space }
        out += cell
        if !isNumeric[index] { out += space }
        out += "|"
      }
      out += "\n"
    }
    let rule = headers.indices.map {
      String(repeating: "-", count: widths[$0] - (isNumeric[$0] ? 1 : 0)) + (isNumeric[$0] ? ":" : "")
    }
    var out = ""
    add(headers, to: &out)
    out += "|" + rule.joined(separator: "|") + "|\n"
    for row in rows { add(row, to: &out) }
    return out
  }

  /// A bar inside a cell would end it.
  private static func escaped(_ cell: String) -> String {
    cell.utf8.contains(UInt8(ascii: "|")) ? cell.replacing("|", with: "\\|") : cell
  }
}

extension String {
  /// How many characters it shows; of plain letters that is the number of its bytes.
  fileprivate var width: Int {
    let isPlain = utf8.withContiguousStorageIfAvailable { $0.allSatisfy { $0 >= 0x20 && $0 < 0x7F } }
    return isPlain == true ? utf8.count : count
  }
}
