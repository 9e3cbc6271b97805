import Diagnostics
import Glibc

/// A scalar's text with the places of its bytes; a tag before it is not part of it.
func embed(
  _ value: UnsafeBufferPointer<UInt8>, _ style: Scalar.Style, _ span: SourceSpan,
  in file: UnsafeBufferPointer<UInt8>
) -> EmbeddedText {
  let text = String(decoding: value, as: UTF8.self)
  switch style {
  case .plain:
    // The event of a tagged scalar starts at the tag.
    let start = Int(span.end) - value.count
    if start >= 0, holds(file, value, at: start) {
      return EmbeddedText(
        text,
        at: SourceSpan(source: span.source, start: max(span.start, UInt32(start)), end: span.end))
    }
  case .singleQuoted, .doubleQuoted:
    // As it stands between its quotes, as nearly all are.
    let start = Int(span.start) + 1
    if start + value.count + 1 == Int(span.end), holds(file, value, at: start) {
      return EmbeddedText(text, at: span, from: UInt32(start))
    }
  case .literal, .folded: break
  }
  return EmbeddedText(text, at: span, runs: alignedRuns(of: value, in: file, span, style))
}

/// Whether the file has these bytes at a place.
private func holds(
  _ file: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>, at start: Int
) -> Bool {
  guard let wanted = value.baseAddress, let bytes = file.baseAddress, value.count > 0 else {
    return value.isEmpty
  }
  return start + value.count <= file.count && memcmp(wanted, bytes + start, value.count) == 0
}
