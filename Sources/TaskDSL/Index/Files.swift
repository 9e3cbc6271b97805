import Foundation

/// What the front end needs of the file system.
enum Files {
  /// The text of a file, or why there is none.
  ///
  /// UTF-16 is told by its byte order mark, as YAML has it.
  static func text(at path: String) -> Result<String, FileTrouble> {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      return .failure(
        isFolder(path) ? .isFolder : FileManager.default.fileExists(atPath: path) ? .unreadable : .missing)
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return decode(bytes.dropFirst(2), .utf16LittleEndian) }
    if bytes.starts(with: [0xFE, 0xFF]) { return decode(bytes.dropFirst(2), .utf16BigEndian) }
    guard let text = String(validating: bytes, as: UTF8.self) else { return .failure(.notText) }
    return .success(text)
  }

  private static func decode(_ bytes: Data, _ encoding: String.Encoding) -> Result<String, FileTrouble> {
    String(data: Data(bytes), encoding: encoding).map { .success($0) } ?? .failure(.notText)
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Every file below a folder whose name ends in `.yaml`, in the order of their paths.
  static func yamlFiles(below folder: String) -> [String] {
    // A folder that is itself a link is followed, links inside it are not, as Python's `glob` has it.
    guard let all = FileManager.default.enumerator(atPath: folder + "/.") else { return [] }
    var found: [String] = []
    for case let path as String in all where path.hasSuffix(".yaml") {
      let parts = path.split(separator: "/")
      if parts.contains("__pycache__") || parts.contains(".ipynb_checkpoints") { continue }
      if isFolder(join(folder, path)) { continue }
      found.append(path)
    }
    // Python sorts by code point, which for UTF-8 is the order of the bytes.
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { join(folder, $0) }
  }

  /// The files in the folder of a path, whatever their endings.
  static func names(beside path: String) -> [String] {
    let folder = folder(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { join(folder, $0) }.filter { !isFolder($0) }
  }

  /// The YAML files of one folder, not of those below it.
  static func yamlFiles(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { join(folder, $0) }
  }

  /// `path` as seen from `folder`, with `.` and `..` worked out.
  static func join(_ folder: String, _ path: String) -> String {
    normal(path.hasPrefix("/") || folder.isEmpty || folder == "." ? path : folder + "/" + path)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }
}

/// Why a file has no text.
enum FileTrouble: Error {
  case missing, unreadable, isFolder, notText

  var words: String {
    switch self {
    case .missing: "there is no such file"
    case .unreadable: "it cannot be read"
    case .isFolder: "it is a folder"
    case .notText: "it is neither UTF-8 nor UTF-16 text"
    }
  }
}
