import Diagnostics
import YAML

extension Fix {
  /// Takes an entry out of a block mapping, with its lines; nil where that is more than taking out lines.
  static func removal(of entry: Node.Entry, from mapping: Node, in source: Source) -> Fix? {
    guard let entries = mapping.entries, entries.count > 1,
      entry.value.tag == nil || entry.value.scalar != nil
    else {
      return nil
    }
    let bytes = Array(source.text.utf8)
    var start = Int(entry.key.span.start)
    while start > 0, bytes[start - 1] == 0x20 { start -= 1 }
    // Something else stands before it on its line: a bracket, or the mark of a list.
    guard start == 0 || bytes[start - 1] == 0x0A else { return nil }
    var end = Int(max(entry.value.span.end, entry.key.span.end))
    guard let next = bytes[end...].firstIndex(of: 0x0A) else { return nil }
    let rest = bytes[end..<next].drop { $0 == 0x20 || $0 == UInt8(ascii: ":") || $0 == 0x0D }
    guard rest.isEmpty || rest.first == UInt8(ascii: "#") else { return nil }
    end = next + 1
    let span = SourceSpan(source: source.id, start: UInt32(start), end: UInt32(end))
    return Fix("remove `\(entry.key.value)`", safety: .safe, Edit(span, ""))
  }
}
