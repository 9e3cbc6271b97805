public import Diagnostics

/// What the files become when fixes are applied.
public struct Fixed: Sendable {
  /// The new texts of the files that change, by path.
  public var texts: [String: String] = [:]
  /// How many findings were repaired.
  public var count = 0
}

extension Linter {
  /// Applies the fixes of everything found, again and again until none is left; nothing is written.
  ///
  /// - Parameter isUnsafe: also those that may change a prompt or a score.
  public func fixed(_ request: LintRequest, isUnsafe: Bool) -> Fixed {
    var request = request
    var fixed = Fixed()
    // A fix may bring up another finding; that this ends is tested, but not to be relied upon.
    for _ in 0..<8 {
      let report = check(request)
      let round = Self.applied(report, isUnsafe: isUnsafe)
      if round.count == 0 { break }
      fixed.count += round.count
      for (path, text) in round.texts {
        fixed.texts[path] = text
        request.texts[path] = text
      }
    }

    return fixed
  }

  /// One round: of two fixes that touch the same bytes the first in the file is taken.
  static func applied(_ report: LintReport, isUnsafe: Bool) -> Fixed {
    var fixed = Fixed()
    var edits: [SourceID: [Fix.Edit]] = [:]
    for finding in report.findings {
      guard let fix = finding.fix, isUnsafe || fix.safety == .safe, !fix.edits.isEmpty else { continue }
      let isFree = fix.edits.allSatisfy { edit in
        (edits[edit.span.source] ?? []).allSatisfy { !$0.span.touches(edit.span) }
      }
      guard isFree else { continue }
      for edit in fix.edits { edits[edit.span.source, default: []].append(edit) }
      fixed.count += 1
    }
    for (id, edits) in edits {
      guard let source = report.sources[id] else { continue }
      fixed.texts[source.name] = source.applying(edits)
    }
    return fixed
  }
}

extension SourceSpan {
  fileprivate func touches(_ other: SourceSpan) -> Bool {
    source == other.source && start <= other.end && other.start <= end
  }
}

extension Source {
  /// The text with some of its bytes replaced; the edits do not touch each other.
  public func applying(_ edits: [Fix.Edit]) -> String {
    var bytes = Array(text.utf8)
    for edit in edits.sorted(by: { $0.span.start > $1.span.start }) {
      let range = min(Int(edit.span.start), bytes.count)..<min(Int(edit.span.end), bytes.count)
      bytes.replaceSubrange(range, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
