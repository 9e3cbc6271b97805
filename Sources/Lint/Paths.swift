import Glibc
package import TaskDSL
import Values

/// What the linter and the editor ask of the file system.
extension Paths {
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  package static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a path lies below a folder, or is it.
  static func lies(_ path: String, below folder: String) -> Bool {
    folder == "."
      ? !path.hasPrefix("/") && !path.hasPrefix("../") : path == folder || path.hasPrefix(folder + "/")
  }

  /// Every file below a folder with one of some endings, in the order of their paths; links are not followed.
  static func files(below folder: String, endings: [String]) -> [String] {
    var found: [String] = []
    let top = normal(folder)
    collect(folder + "/.", top == "." ? "" : top == "/" ? "/" : top + "/", endings, &found)
    return found.sorted { bytesPrecede($0, $1) }
  }

  private static func collect(
    _ folder: String, _ prefix: String, _ endings: [String], _ found: inout [String]
  ) {
    guard let stream = opendir(folder) else { return }
    defer { closedir(stream) }
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name.hasPrefix(".") || name == "__pycache__" { continue }
      let path = prefix + name
      if Int(entry.pointee.d_type) == DT_DIR || Int(entry.pointee.d_type) == DT_UNKNOWN && isFolder(path) {
        collect(path, path + "/", endings, &found)
      } else if endings.contains(where: name.hasSuffix) {
        found.append(path)
      }
    }
  }

  /// The text of a file; nil where there is none.
  package static func text(at path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&part, 1, part.count, file)
      if count == 0 { return String(validating: bytes, as: UTF8.self) }
      bytes += part[..<count]
    }
  }

  /// What lies in a folder.
  package static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
          String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        })
    }
    return names.sorted()
  }

  /// Whether a path is one that a glob means; `**` stands for any number of folders.
  static func matches(_ path: String, _ glob: String) -> Bool {
    if glob.contains("**") {
      let parts = glob.split(separator: "/").map(String.init)
      return matches(path.split(separator: "/").map(String.init)[...], parts[...])
    }
    if fnmatch(glob, path, FNM_PATHNAME) == 0 { return true }
    return lies(path, below: glob.hasSuffix("/") ? String(glob.dropLast()) : glob)
  }

  private static func matches(_ path: ArraySlice<String>, _ glob: ArraySlice<String>) -> Bool {
    guard let first = glob.first else { return path.isEmpty }
    if first == "**" {
      return matches(path, glob.dropFirst()) || !path.isEmpty && matches(path.dropFirst(), glob)
    }
    guard let part = path.first, fnmatch(first, part, 0) == 0 else { return false }
    return matches(path.dropFirst(), glob.dropFirst())
  }
}

extension Linter {
  /// The YAML files below a folder that a glob means.
  public static func files(matching glob: String, below folder: String) -> [String] {
    let glob = Paths.normal(glob)
    return Paths.files(below: folder, endings: [".yaml", ".yml"]).filter { Paths.matches($0, glob) }
  }
}
