/// Identifies one text the user gave us: a file, a command-line argument, standard input.
public struct SourceID: Hashable, Sendable, BitwiseCopyable {
  public let index: UInt32
  public init(index: UInt32) { self.index = index }
}

/// A half-open range of UTF-8 bytes in one source; lines and columns are computed only when printed.
public struct SourceSpan: Hashable, Sendable, BitwiseCopyable {
  public var source: SourceID
  public var start: UInt32
  public var end: UInt32

  public init(source: SourceID, start: UInt32, end: UInt32) {
    self.source = source
    self.start = start
    self.end = end
  }
}

/// A value together with the place it was written.
public struct Located<Value> {
  public var value: Value
  public var span: SourceSpan

  public init(_ value: Value, at span: SourceSpan) {
    self.value = value
    self.span = span
  }

  /// The same place with another value.
  public func map<Other>(_ transform: (Value) -> Other) -> Located<Other> {
    Located<Other>(transform(value), at: span)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
