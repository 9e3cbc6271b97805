import Diagnostics
import Schema
import Values
import YAML

/// How the bytes of a file become rows.
enum Format {
  case json(JSONFormat)
  case csv(CSVFormat)
  case text(TextFormat)

  /// The names that `dataset_path` may have for a reader.
  static let readers = ["csv", "json", "parquet", "text"]

  /// Endings of file names, in the order in which they are preferred.
  static let endings = ["jsonl", "json", "csv", "tsv", "txt"]

  func table(_ file: DataFile) throws(DataError) -> Table {
    switch self {
    case .json(let it): try it.table(file)
    case .csv(let it): try it.table(file)
    case .text(let it): try it.table(file)
    }
  }
}

/// The keys of `dataset_kwargs` that say how files are read.
struct ReaderOptions: Sendable {
  let field: String?
  let sep: String?
  let delimiter: String?
  let columnNames: [String]?
  let names: [String]?
  /// Which row names the columns; nil for the usual one, -1 for none.
  let header: Int?
  let quote: String
  let quoting: Int
  let skippedRows: Int
  let nothing: [String]
  let keepsUsualNothing: Bool
  let knowsNothing: Bool
  let unit: TextFormat.Unit
  let keepsLineBreaks: Bool

  static let schema = Schema<ReaderOptions>(
    Field<String?>.optional("field", .string, "the key of a JSON file under which the rows stand"),
    Field<String?>.optional("sep", .string, "what separates the fields of a CSV file"),
    Field<String?>.optional("delimiter", .string, "the same as `sep`"),
    Field<[String]?>.optional("column_names", .list(of: .string), "names for the columns of a CSV file"),
    Field<[String]?>.optional("names", .list(of: .string), "the same as `column_names`"),
    Field<Int?>("header", .header, default: nil, "which row of a CSV file names its columns; null for none"),
    Field<String>("quotechar", .string, default: "\"", "what quotes a field of a CSV file"),
    Field<Int>("quoting", .int, default: 0, "3 when quotes mean nothing"),
    Field<Int>("skiprows", .int, default: 0, "rows to skip at the start of a CSV file"),
    Field<[String]>(
      "na_values", .oneOrMore(of: .string), default: [], "further words that stand for nothing"),
    Field<Bool>(
      "keep_default_na", .bool, default: true, "whether `NA`, `None`, `null` and the like stand for nothing"),
    Field<Bool>("na_filter", .bool, default: true, "false when no word stands for nothing"),
    Field<TextFormat.Unit>("sample_by", .choice, default: .line, "what one row of a text file is"),
    Field<Bool>("keep_linebreaks", .bool, default: false, "whether lines of text keep their ends"),
    make: Self.init)

  /// Keys that say where the files are, or that only the `datasets` library minds.
  static let others = [
    "data_files", "data_dir", "trust_remote_code", "encoding", "cache_dir", "verification_mode", "num_proc",
    "keep_in_memory", "download_mode", "revision", "token", "streaming",
  ]
}

extension Shape where Value == Int? {
  /// `header` of a CSV file: `infer`, a row's number or null.
  fileprivate static var header: Self {
    Shape("`infer`, a row's number, or null for none") { node, findings in
      if node.isNull { return .some(-1) }
      if node.text?.text == "infer" { return .some(nil) }
      return Shape<Int>.int.read(node, &findings).map { .some($0) }
    }
  }
}

extension ReaderOptions {
  /// The format of a reader, or of a file by its ending.
  func format(_ name: String) throws(DataError) -> Format {
    switch name {
    case "json", "jsonl": return .json(JSONFormat(field: field))
    case "csv", "tsv": return .csv(try csv(name == "tsv" ? "\t" : ","))
    case "text", "txt": return .text(TextFormat(unit: unit, keepsLineBreaks: keepsLineBreaks))
    case "parquet":
      throw DataError(
        "Parquet files are not read by this version",
        help: "save the rows as JSON lines: `datasets.load_dataset(…)[\"test\"].to_json(\"test.jsonl\")`")
    default:
      throw DataError(
        "files ending in `.\(name)` are not read by this version",
        help: "known endings: \(Format.endings.joined(separator: ", "))")
    }
  }

  private func csv(_ usual: String) throws(DataError) -> CSVFormat {
    var csv = CSVFormat()
    csv.separator = try byte(delimiter ?? sep ?? usual, "the separator")
    csv.quote = quoting == 3 ? nil : try byte(quote, "the quote")
    csv.names = columnNames ?? names
    csv.skippedRows = max(0, skippedRows)
    csv.header = header.map { $0 < 0 ? nil : $0 } ?? (csv.names == nil ? 0 : nil)
    csv.nothing = keepsUsualNothing ? CSVFormat.usualNothing.union(nothing) : Set(nothing)
    if !knowsNothing { csv.nothing = [] }
    return csv
  }

  private func byte(_ text: String, _ what: String) throws(DataError) -> UInt8 {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != 0x0A, byte != 0x0D else {
      throw DataError("\(what) of a CSV file must be one ASCII character, found `\(text)`")
    }
    return byte
  }
}
