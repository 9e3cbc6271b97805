/// Every beginning of some bytes, from nothing to all but the last.
public func cuts(of bytes: some Collection<UInt8>) -> [[UInt8]] {
  (0..<bytes.count).map { Array(bytes.prefix($0)) }
}

/// A text with each of its lines left out in turn.
public func withoutEachLine(_ text: String) -> [String] {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  return lines.indices.map { left in
    lines.enumerated().filter { $0.offset != left }.map { String($0.element) }.joined(separator: "\n")
  }
}
