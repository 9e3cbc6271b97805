/// Paths as texts: nothing here looks at what is there.
package enum Paths {
  package static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  package static func name(of path: String) -> String {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
  }

  /// `path` as seen from `folder`, with `.` and `..` worked out.
  package static func join(_ folder: String, _ path: String) -> String {
    normal(path.hasPrefix("/") || folder.isEmpty || folder == "." ? path : folder + "/" + path)
  }

  /// The path with `.` and `..` worked out, as the index writes it.
  package static func normal(_ path: String) -> String {
    if isNormal(path) { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }

  /// Whether nothing in a path is to be worked out: no part of it is empty or begins with a point.
  private static func isNormal(_ path: String) -> Bool {
    var isStart = true
    var isFirst = true
    for byte in path.utf8 {
      if isStart, byte == UInt8(ascii: ".") || byte == UInt8(ascii: "/") && !isFirst { return false }
      isStart = byte == UInt8(ascii: "/")
      isFirst = false
    }
    return !isStart
  }
}
