/// What Python's `re.findall` gives.
public enum FindAll: Hashable, Sendable {
  /// The whole matches of a pattern without groups, or what its only group matched.
  case whole([String])
  /// What each of several groups matched; empty for one that took no part.
  case groups([[String]])
}

extension Pattern {
  /// Python's `re.findall`.
  public func findAll(in text: String) throws(PatternError) -> FindAll {
    var whole: [String] = []
    var groups: [[String]] = []
    try search(text) { hit in
      if groupCount > 1 {
        groups.append((1...groupCount).map { hit.text($0) ?? "" })
      } else {
        whole.append(hit.text(groupCount) ?? "")
      }
      return true
    }
    return groupCount > 1 ? .groups(groups) : .whole(whole)
  }

  /// Python's `re.split`: the pieces between matches, and what the groups matched; nil for one that took no
  /// part.
  public func split(_ text: String) throws(PatternError) -> [String?] {
    var pieces: [String?] = []
    var end = 0
    try search(text) { hit in
      pieces.append(hit.text(end..<hit.range.lowerBound))
      for group in 1..<(groupCount + 1) { pieces.append(hit.text(group)) }
      end = hit.range.upperBound
      return true
    }
    pieces.append(String(decoding: text.utf8.dropFirst(end), as: UTF8.self))
    return pieces
  }

  /// Python's `re.sub`.
  ///
  /// The replacement knows `\1`, `\g<1>`, `\g<name>` and the escapes of control characters.
  ///
  /// - Parameter count: how many matches to replace; 0 for all.
  public func replacing(
    in text: String, with replacement: String, count: Int = 0
  ) throws(PatternError) -> String {
    let template = try ReplacementTemplate(replacement, groupCount, groupNames)
    var out: [UInt8] = []
    var end = 0
    var done = 0
    try search(text) { hit in
      out += hit.bytes(end..<hit.range.lowerBound)
      for part in template.parts {
        switch part {
        case .literal(let literal): out += literal.utf8
        case .group(let group): if let range = hit[group] { out += hit.bytes(range) }
        }
      }
      end = hit.range.upperBound
      done += 1
      return done != count
    }
    out += text.utf8.dropFirst(end)
    return String(decoding: out, as: UTF8.self)
  }

  /// Python's `re.escape`.
  public static func escape(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if "()[]{}?*+-|^$\\.&~# \t\n\r\u{B}\u{C}".unicodeScalars.contains(scalar) {
        out.unicodeScalars.append("\\")
      }
      out.unicodeScalars.append(scalar)
    }
    return out
  }
}
