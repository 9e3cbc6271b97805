import Foundation
import Values

/// What the front end needs of the file system.
enum Files {
  /// The text of a file, or why there is none.
  ///
  /// UTF-16 is told by its byte order mark, as YAML has it.
  static func text(at path: String) -> Result<String, FileTrouble> {
    guard let bytes = bytes(at: path) else {
      return .failure(
        isFolder(path) ? .isFolder : FileManager.default.fileExists(atPath: path) ? .unreadable : .missing)
    }
    if bytes.starts(with: [0xFF, 0xFE]) { return decode(bytes.dropFirst(2), .utf16LittleEndian) }
    if bytes.starts(with: [0xFE, 0xFF]) { return decode(bytes.dropFirst(2), .utf16BigEndian) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .failure(.notText(String(decoding: bytes, as: UTF8.self)))
    }
    return .success(text)
  }

  /// Straight from the system: thousands of task files are read at every start.
  private static func bytes(at path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // Thousands of task files are read at every start, nearly all of them smaller than this.
    let small = 1 << 13
    let start: [UInt8]? = withUnsafeTemporaryAllocation(byteCount: small, alignment: 1) { room in
      let count = read(file, room.baseAddress, small)
      return count < 0 ? nil : Array(room[..<count])
    }
    guard var bytes = start else { return nil }
    while !bytes.isEmpty {
      var count = 0
      // What a small file leaves room for is enough to see that it ends.
      let room = bytes.count < small ? small - bytes.count : 1 << 18
      let more: [UInt8] = withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { buffer in
        count = read(file, buffer.baseAddress, room)
        return count > 0 ? Array(buffer[..<count]) : []
      }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      bytes += more
    }
    return bytes
  }

  private static func decode(_ bytes: ArraySlice<UInt8>, _ encoding: String.Encoding) -> Result<
    String, FileTrouble
  > {
    String(data: Data(bytes), encoding: encoding).map { .success($0) } ?? .failure(.notText(""))
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Every file below a folder whose name ends in `.yaml`, in the order of their paths.
  static func yamlFiles(below folder: String) -> [String] {
    let top = Paths.normal(folder)
    var found: [String] = []
    // A folder that is itself a link is followed, links inside it are not, as Python's `glob` has it.
    collect(below: folder + "/.", named: top == "." ? "" : top == "/" ? "/" : top + "/", &found)
    return found
  }

  /// - Parameter prefix: what stands before the names in the folder.
  private static func collect(below folder: String, named prefix: String, _ found: inout [String]) {
    guard let stream = opendir(folder) else { return }
    var parts: [(name: String, isFolder: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        bytes.withMemoryRebound(to: UInt8.self) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      }
      if name == "." || name == ".." { continue }
      let type = Int(entry.pointee.d_type)
      if isOwnFolder(prefix + name, type) {
        if name != "__pycache__", name != ".ipynb_checkpoints" { parts.append((name + "/", true)) }
      } else if name.hasSuffix(".yaml"), type == DT_REG || !isFolder(prefix + name) {
        parts.append((name, false))
      }
    }
    closedir(stream)
    // Python sorts whole paths by code point, which for UTF-8 is the order of the bytes; with its slash at the end a
    // folder comes where the paths in it come.
    for part in parts.sorted(by: { bytesPrecede($0.name, $1.name) }) {
      if part.isFolder {
        collect(below: prefix + part.name, named: prefix + part.name, &found)
      } else {
        found.append(prefix + part.name)
      }
    }
  }

  /// Whether there is a folder and no link to one; some file systems do not say it when they list their names.
  private static func isOwnFolder(_ path: String, _ type: Int) -> Bool {
    guard type == DT_UNKNOWN else { return type == DT_DIR }
    var facts = stat()
    return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  /// The files in the folder of a path, whatever their endings.
  static func names(beside path: String) -> [String] {
    let folder = Paths.folder(of: path)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { Paths.join(folder, $0) }.filter { !isFolder($0) }
  }

  /// The YAML files of one folder, not of those below it.
  static func yamlFiles(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { Paths.join(folder, $0) }
  }
}

/// Why a file has no text.
enum FileTrouble: Error {
  case missing, unreadable, isFolder
  /// With what can be read of it.
  case notText(String)

  var words: String {
    switch self {
    case .missing: "there is no such file"
    case .unreadable: "it cannot be read"
    case .isFolder: "it is a folder"
    case .notText: "it is neither UTF-8 nor UTF-16 text"
    }
  }
}
