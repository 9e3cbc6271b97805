import Schema
import Values

/// One key in a table of keys.
struct KeyRow: Equatable {
  let name: String
  let shape: String
  let fallback: String?
  let about: String

  static func table(_ rows: [KeyRow], _ heading: String = "Option") -> String {
    (["| \(heading) | Value | Default | Meaning |", "| --- | --- | --- | --- |"] + rows.map(\.line))
      .joined(separator: "\n")
  }

  private var line: String {
    "| `\(name)` | \(Self.cell(shape)) | \(shownFallback) | \(Self.cell(about)) |"
  }

  /// White space would not show as it is.
  private var shownFallback: String {
    guard let fallback else { return "required" }
    if fallback == "none" { return "–" }
    let isPlain =
      !fallback.isEmpty && !fallback.contains(where: \.isNewline)
      && fallback.first?.isWhitespace == false && fallback.last?.isWhitespace == false
    return "`\(Self.cell(isPlain ? fallback : Value.string(fallback).json()))`"
  }

  private static func cell(_ text: String) -> String { text.replacing("|", with: "\\|") }
}

extension KeyPage {
  var row: KeyRow { KeyRow(name: name, shape: shape, fallback: fallback, about: about) }
}
