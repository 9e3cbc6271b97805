import Foundation

/// The files below a folder, and those among them that a pattern names.
enum Folder {
  enum FileKind { case file, folder }

  /// What is at a path; nil for nothing.
  static func kind(of path: String) -> FileKind? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return nil }
    return isFolder.boolValue ? .folder : .file
  }

  static func isFolder(_ path: String) -> Bool { kind(of: path) == .folder }

  static func isFile(_ path: String) -> Bool { kind(of: path) == .file }

  /// Names in the folder, in the order of their bytes, without hidden ones.
  static func names(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Paths of all files, relative to the folder; links to folders above would never end, hence the limit.
  static func files(below folder: String, depth: Int = 8) -> [String] {
    guard depth > 0 else { return [] }
    var found: [String] = []
    for name in names(in: folder) where !name.hasPrefix("__") {
      let path = join(folder, name)
      if isFolder(path) {
        found += files(below: path, depth: depth - 1).map { "\(name)/\($0)" }
      } else {
        found.append(name)
      }
    }
    return found
  }

  static func join(_ folder: String, _ path: String) -> String {
    if path.hasPrefix("/") || folder.isEmpty { return path }
    return folder.hasSuffix("/") ? folder + path : "\(folder)/\(path)"
  }

  /// The files that a path names; `*`, `?`, `[…]` stand for letters of a name and `**` for folders at any depth.
  static func matches(_ pattern: String) -> [String] {
    guard pattern.contains(where: { "*?[".contains($0) }) else { return isFile(pattern) ? [pattern] : [] }
    let parts = pattern.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    return matches(parts[...], in: pattern.hasPrefix("/") ? "/" : "").filter(isFile)
  }

  private static func matches(_ parts: ArraySlice<String>, in folder: String, depth: Int = 8) -> [String] {
    guard let part = parts.first else { return [folder] }
    let rest = parts.dropFirst()
    if part == "." || part == ".." || !part.contains(where: { "*?[".contains($0) }) {
      return matches(rest, in: join(folder, part), depth: depth)
    }
    if part == "**" {
      var found = rest.isEmpty ? names(in: folder).map { join(folder, $0) } : matches(rest, in: folder)
      for name in names(in: folder) where depth > 0 && isFolder(join(folder, name)) {
        found += matches(parts, in: join(folder, name), depth: depth - 1)
      }
      return found
    }
    let letters = Array(part.unicodeScalars)[...]
    return names(in: folder).filter { isMatch(Array($0.unicodeScalars)[...], letters) }
      .flatMap { matches(rest, in: join(folder, $0), depth: depth) }
  }

  /// Whether a name fits a pattern of `*`, `?` and `[…]`.
  static func isMatch(_ name: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>) -> Bool {
    var (name, pattern) = (name, pattern)
    // Where to go on after the last star, if what follows does not fit: with one letter more under it.
    var retry: (name: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
    while true {
      if pattern.first == "*" {
        pattern = pattern.dropFirst()
        retry = (name, pattern)
        continue
      }
      if let letter = name.first, let rest = step(letter, pattern) {
        (name, pattern) = (name.dropFirst(), rest)
        continue
      }
      if name.isEmpty, pattern.isEmpty { return true }
      guard let last = retry, !last.name.isEmpty else { return false }
      retry = (last.name.dropFirst(), last.pattern)
      (name, pattern) = (last.name.dropFirst(), last.pattern)
    }
  }

  /// The pattern behind its first letter or set, if that fits.
  private static func step(_ letter: Unicode.Scalar, _ pattern: ArraySlice<Unicode.Scalar>) -> ArraySlice<
    Unicode.Scalar
  >? {
    guard let first = pattern.first else { return nil }
    if first == "?" || (first != "[" && first == letter) { return pattern.dropFirst() }
    guard first == "[", let end = pattern.dropFirst(2).firstIndex(of: "]") else { return nil }
    var set = pattern[(pattern.startIndex + 1)..<end]
    let isNegated = set.first == "!" || set.first == "^"
    if isNegated { set = set.dropFirst() }
    var isIn = false
    while let low = set.first {
      if set.count > 2, set[set.startIndex + 1] == "-" {
        if (low...max(low, set[set.startIndex + 2])).contains(letter) { isIn = true }
        set = set.dropFirst(3)
      } else {
        if low == letter { isIn = true }
        set = set.dropFirst()
      }
    }
    return isIn != isNegated ? pattern[(end + 1)...] : nil
  }
}
