public import Diagnostics

/// A regular expression with the meanings of Python's `re` on Unicode text, immutable and shared.
///
/// A search that backtracks without end is given up after some ten million steps; every function that
/// searches then throws a `PatternError`, so that the outcome is never taken for "no match".
public final class Pattern: Sendable {
  /// As it was written.
  public let text: String
  public let groupCount: Int
  let groupNames: [String: Int]
  private let code: CompiledCode

  private init(_ text: String, _ names: [String: Int], _ code: CompiledCode) {
    self.text = text
    groupNames = names
    self.code = code
    groupCount = code.groupCount
  }

  public convenience init(_ pattern: String) throws(PatternError) {
    let translation = try Translation(pattern)
    let code: CompiledCode
    do throws(PatternError) {
      code = try CompiledCode(translation.pattern, .translated)
    } catch {
      // Its offset is in the translation, which nobody wrote.
      throw PatternError(error.message)
    }
    self.init(pattern, translation.groupNames, code)
  }

  /// A pattern written in the program, whose author answers for it.
  public convenience init(constant pattern: StaticString) {
    do throws(PatternError) {
      try self.init("\(pattern)")
    } catch {
      preconditionFailure("the pattern `\(pattern)` of the program is wrong: \(error.message)")
    }
  }

  /// A pattern in PCRE2's own syntax, for tokenizers; Python's rule for empty matches still holds.
  public convenience init(raw pattern: String) throws(PatternError) {
    self.init(pattern, [:], try CompiledCode(pattern, .raw))
  }

  /// A pattern written in a task file; a mistake in it is a finding with its caret inside the YAML text.
  public convenience init?(_ text: EmbeddedText, _ findings: inout Findings) {
    do throws(PatternError) {
      try self.init(text.text)
    } catch {
      let end = min(error.offset + 1, text.text.utf8.count)
      findings.add(
        .error(
          "bad-regex", "the regular expression cannot be used: \(error.message)",
          at: text.span(min(error.offset, end)..<end), help: Self.help(for: text.text, at: error.offset)))
      return nil
    }
  }
}

extension Pattern {
  /// What helps where another dialect was meant; else only whose dialect this is.
  private static func help(for pattern: String, at offset: Int) -> String {
    let rest = pattern.utf8.dropFirst(offset)
    if let match = String(rest)?.prefixMatch(of: /\(?\?<([A-Za-z_]\w*)>/) {
      return "a group gets its name by `(?P<\(match.1)>…)`"
    }
    return "patterns are those of Python's `re`"
  }
}

extension Pattern: CustomStringConvertible {
  public var description: String { text }
}

/// Where a pattern matched, in UTF-8 bytes of the text.
public struct PatternMatch: Hashable, Sendable {
  /// The whole match, then each group; nil for a group that took no part.
  public let ranges: [Range<Int>?]

  init(_ hit: Hit) { ranges = (0...hit.groupCount).map { hit[$0] } }

  public var range: Range<Int> { ranges[0] ?? 0..<0 }
}

extension Pattern {
  /// All matches, left to right, not overlapping.
  public func matches(in text: String) throws(PatternError) -> [PatternMatch] {
    var matches: [PatternMatch] = []
    try search(text) { hit in
      matches.append(PatternMatch(hit))
      return true
    }
    return matches
  }

  public func firstMatch(in text: String) throws(PatternError) -> PatternMatch? {
    var match: PatternMatch?
    try search(text) { hit in
      match = PatternMatch(hit)
      return false
    }
    return match
  }

  /// Takes the byte range of each whole match; throws also if the bytes are not UTF-8.
  public func forEachMatch(
    in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) throws(PatternError) {
    try unsafe code.forEachMatch(in: bytes, isChecked: false) { hit in
      body(hit.range)
      return true
    }
  }

  /// Takes the byte range of each whole match in a part of a text, as if that were all there is; ranges count from
  /// the part's beginning.
  public func forEachMatch(
    in text: [UInt8], _ part: Range<Int>, _ body: (Range<Int>) -> Void
  ) throws(PatternError) {
    let outcome: Result<Void, PatternError> = unsafe text.withUnsafeBufferPointer { bytes in
      do throws(PatternError) {
        return .success(try unsafe forEachMatch(in: UnsafeBufferPointer(rebasing: bytes[part]), body))
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  /// Takes the byte range of each whole match.
  public func forEachMatch(in text: String, _ body: (Range<Int>) -> Void) throws(PatternError) {
    try search(text) { hit in
      body(hit.range)
      return true
    }
  }

  /// Searches a text until `body` says to stop.
  func search(_ text: String, _ body: (Hit) -> Bool) throws(PatternError) {
    var text = text
    let outcome: Result<Void, PatternError> = text.withUTF8 { bytes in
      do throws(PatternError) {
        return .success(try unsafe code.forEachMatch(in: bytes, isChecked: true, body))
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }
}
