import CPCRE2

/// A pattern as PCRE2 keeps it; nothing changes it once it is made, so threads may share it.
@safe final class CompiledCode: Sendable {
  /// How to read the pattern.
  enum Syntax {
    /// What `Translation` writes.
    case translated
    /// PCRE2's own.
    case raw

    fileprivate var options: UInt32 {
      switch self {
      case .translated: PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_ALT_CIRCUMFLEX
      case .raw: PCRE2_UTF | PCRE2_UCP
      }
    }
  }

  // PCRE2 only reads these two while matching; every search has match data of its own.
  nonisolated(unsafe) private let code: OpaquePointer
  nonisolated(unsafe) private let context: OpaquePointer
  let groupCount: Int

  /// Steps after which a search is given up: a hundred times what long answers need, about a second.
  private static let matchLimit: UInt32 = 10_000_000
  /// Kibibytes that a search by the interpreter may take.
  private static let heapLimit: UInt32 = 262_144
  /// Bytes that compiled code may take when its usual 32 KiB do not suffice.
  private static let largestStack = 64 << 20

  init(_ pattern: String, _ syntax: Syntax) throws(PatternError) {
    let settings = unsafe pcre2_compile_context_create_8(nil)
    defer { unsafe pcre2_compile_context_free_8(settings) }
    unsafe pcre2_set_newline_8(settings, UInt32(PCRE2_NEWLINE_LF))
    var failure: CInt = 0
    var place = 0
    let bytes = Array(pattern.utf8)
    let made = unsafe pcre2_compile_8(bytes, bytes.count, syntax.options, &failure, &place, settings)
    guard let code = unsafe made else { throw PatternError(Self.message(failure), at: place) }
    guard let context = unsafe pcre2_match_context_create_8(nil) else {
      unsafe pcre2_code_free_8(code)
      throw PatternError("there is no memory for the pattern")
    }
    // Without compiled code (a pattern too large for it) the interpreter does the same, slower.
    unsafe pcre2_jit_compile_8(code, UInt32(PCRE2_JIT_COMPLETE))
    unsafe pcre2_set_match_limit_8(context, Self.matchLimit)
    unsafe pcre2_set_heap_limit_8(context, Self.heapLimit)
    var groups: UInt32 = 0
    unsafe pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    unsafe (self.code, self.context, groupCount) = (code, context, Int(groups))
  }

  deinit {
    unsafe pcre2_match_context_free_8(context)
    unsafe pcre2_code_free_8(code)
  }

  /// Searches from left to right, by Python's rule: a match may be empty where the last one ended, unless
  /// that one was empty too.
  ///
  /// - Parameters:
  ///   - isChecked: whether the bytes are known to be UTF-8.
  ///   - body: takes each match and says whether to go on.
  func forEachMatch(
    in bytes: UnsafeBufferPointer<UInt8>, isChecked: Bool, _ body: (Hit) -> Bool
  ) throws(PatternError) {
    let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil)
    defer { unsafe pcre2_match_data_free_8(data) }
    guard let offsets = unsafe pcre2_get_ovector_pointer_8(data) else {
      throw PatternError("there is no memory for a search")
    }
    let pairs = unsafe UnsafeRawPointer(offsets).assumingMemoryBound(to: Int.self)
    let hit = unsafe Hit(bytes, UnsafeBufferPointer(start: pairs, count: 2 * (groupCount + 1)))
    var options = isChecked ? PCRE2_NO_UTF_CHECK : 0
    var start = 0
    while try unsafe search(bytes, from: start, options, data) {
      guard body(hit) else { return }
      let end = max(hit.range.upperBound, start)
      // Invariant: each round either moves on or forbids the empty match it would repeat.
      let isEmpty = end == start || hit.range.isEmpty
      options = PCRE2_NO_UTF_CHECK | (isEmpty ? PCRE2_NOTEMPTY_ATSTART : 0)
      start = end
    }
  }

  private func search(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ options: UInt32, _ data: OpaquePointer?
  ) throws(PatternError) -> Bool {
    var result = unsafe pcre2_match_8(code, bytes.baseAddress, bytes.count, start, options, data, context)
    if result == PCRE2_ERROR_JIT_STACKLIMIT {
      result = unsafe searchWithLargeStack(bytes, from: start, options, data)
    }
    if result == PCRE2_ERROR_JIT_STACKLIMIT {
      result = unsafe pcre2_match_8(
        code, bytes.baseAddress, bytes.count, start, options | PCRE2_NO_JIT, data, context)
    }
    switch result {
    case 0...: return true
    case PCRE2_ERROR_NOMATCH: return false
    case PCRE2_ERROR_MATCHLIMIT:
      throw PatternError(
        "the search was given up after \(Self.matchLimit) steps: the pattern backtracks too much")
    case PCRE2_ERROR_HEAPLIMIT:
      throw PatternError("the search was given up: the pattern backtracks too much for the memory")
    default: throw PatternError("the search failed: " + Self.message(result))
    }
  }

  private func searchWithLargeStack(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ options: UInt32, _ data: OpaquePointer?
  ) -> CInt {
    let roomy = unsafe pcre2_match_context_copy_8(context)
    let stack = unsafe pcre2_jit_stack_create_8(64 << 10, Self.largestStack, nil)
    defer {
      unsafe pcre2_jit_stack_free_8(stack)
      unsafe pcre2_match_context_free_8(roomy)
    }
    unsafe pcre2_jit_stack_assign_8(roomy, nil, UnsafeMutableRawPointer(stack))
    return unsafe pcre2_match_8(code, bytes.baseAddress, bytes.count, start, options, data, roomy)
  }

  private static func message(_ code: CInt) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let length = unsafe pcre2_get_error_message_8(code, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
  }
}
