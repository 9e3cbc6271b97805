import Diagnostics

/// Which files of a folder hold which split, by their names, as the `datasets` library sees it.
enum SplitNames {
  private static let keywords: [(split: String, words: [String])] = [
    ("train", ["train", "training"]),
    ("validation", ["validation", "valid", "dev", "val"]),
    ("test", ["test", "testing", "eval", "evaluation"]),
  ]

  private static let ignored: Set<String> = [
    "README.md", "config.json", "dataset_info.json", "dataset_infos.json", "dataset_dict.json",
  ]

  /// The splits among paths relative to the folder, in order, each with its files.
  static func splits(in files: [String]) -> [(split: String, files: [String])] {
    let files = files.filter { !ignored.contains(name(of: $0)) && isData($0) }
    let sharded = grouped(files.filter { $0.hasPrefix("data/") && shardedSplit(name(of: $0)) != nil }) {
      shardedSplit(name(of: $0))
    }
    if !sharded.isEmpty { return sharded }
    let byFolder = grouped(files) { path in
      path.split(separator: "/").dropLast().compactMap { keyword(in: String($0)) }.first
    }
    if !byFolder.isEmpty { return byFolder }
    let byName = grouped(files) { keyword(in: name(of: $0)) }
    return byName.isEmpty && !files.isEmpty ? [("train", files)] : byName
  }

  /// The files that carry a split's own name, whatever the library makes of them: `dev.jsonl`, `dev-00000-of-00002.csv`.
  static func files(named split: String, in files: [String]) -> [String] {
    files.filter { path in
      let name = name(of: path)
      let stem = name.prefix { $0 != "." }
      return isData(path) && !ignored.contains(name)
        && (sameBytes(String(stem), split) || shardedSplit(name).map { sameBytes($0, split) } ?? false)
    }
  }

  /// The splits of a folder whose files are named for them, as a mirror's are.
  static func plain(in files: [String]) -> [(split: String, files: [String])] {
    grouped(files.filter { !$0.contains("/") && isData($0) && !ignored.contains($0) }) {
      shardedSplit($0) ?? String($0.prefix { $0 != "." })
    }
  }

  private static func sameBytes(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  static func ending(of path: String) -> String {
    name(of: path).split(separator: ".", omittingEmptySubsequences: false).dropFirst().last.map(String.init)
      ?? ""
  }

  private static func isData(_ path: String) -> Bool {
    Format.endings.contains(ending(of: path)) || ending(of: path) == "parquet"
  }

  /// `test` of `test-00000-of-00002.jsonl`.
  private static func shardedSplit(_ name: String) -> String? {
    guard let match = name.firstMatch(of: /^(.+)-[0-9]{5}-of-[0-9]{5}/) else { return nil }
    return String(match.1)
  }

  /// The split whose word stands in a name between its ends, `-._ ` or digits.
  private static func keyword(in name: String) -> String? {
    let words = name.split { "-._ 0123456789".contains($0) }
    return keywords.first { entry in words.contains { word in entry.words.contains { $0 == word } } }?.split
  }

  private static func grouped(
    _ files: [String], by split: (String) -> String?
  ) -> [(split: String, files: [String])] {
    var groups: [(split: String, files: [String])] = []
    for file in files {
      guard let name = split(file) else { continue }
      if let place = groups.firstIndex(where: { sameBytes($0.split, name) }) {
        groups[place].files.append(file)
      } else {
        groups.append((name, [file]))
      }
    }
    let order = keywords.map(\.split)
    func rank(_ name: String) -> Int { order.firstIndex(of: name) ?? order.count }
    return groups.sorted { (rank($0.split), $0.split) < (rank($1.split), $1.split) }
  }
}
