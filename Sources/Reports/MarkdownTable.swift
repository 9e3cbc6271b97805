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
      max(isNumeric[index] ? 2 : 1, headers[index].count, columns[index].map(\.count).max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      let padded = headers.indices.map { index -> String in
        let cell = index < cells.count ? Self.escaped(cells[index]) : ""
        let space = String(repeating: " ", count: max(0, widths[index] - cell.count))
        return isNumeric[index] ? space + cell : cell + space
      }
      return "|" + padded.joined(separator: "|") + "|\n"
    }
    let rule = headers.indices.map {
      String(repeating: "-", count: widths[$0] - (isNumeric[$0] ? 1 : 0)) + (isNumeric[$0] ? ":" : "")
    }
    return line(headers) + "|" + rule.joined(separator: "|") + "|\n" + rows.map(line).joined()
  }

  /// A bar inside a cell would end it.
  private static func escaped(_ cell: String) -> String {
    cell.contains("|") ? cell.replacing("|", with: "\\|") : cell
  }
}
