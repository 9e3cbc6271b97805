import CKernels

/// Keys and values of every layer, by place: those of one head lie together, as attention reads them.
@safe public struct KeyValues: ~Copyable {
  /// In what numbers keys and values are kept.
  public enum Precision: Sendable {
    case float32
    /// Multiplied in pairs; only where the processor has instructions for it.
    case bfloat16
  }

  public let places: Int
  let heads: Int
  let headSize: Int
  let precision: Precision
  private let layers: Int
  private let keys: UnsafeMutableRawPointer
  private let values: UnsafeMutableRawPointer

  public init(layers: Int, places: Int, heads: Int, headSize: Int, _ precision: Precision = .float32) {
    self.layers = layers
    self.places = places
    self.heads = heads
    self.headSize = headSize
    self.precision = precision
    let bytes = layers * heads * places * headSize * Self.size(precision)
    unsafe keys = .allocate(byteCount: max(64, bytes), alignment: 64)
    unsafe values = .allocate(byteCount: max(64, bytes), alignment: 64)
  }

  deinit {
    unsafe keys.deallocate()
    unsafe values.deallocate()
  }

  private static func size(_ precision: Precision) -> Int { precision == .float32 ? 4 : 2 }

  /// Bytes that the keys and values of one place take in all layers.
  public static func bytes(layers: Int, heads: Int, headSize: Int, _ precision: Precision) -> Int {
    2 * layers * heads * headSize * size(precision)
  }

  /// Numbers from one head to the next.
  var headStep: Int { places * headSize }

  private func offset(_ layer: Int, head: Int, place: Int) -> Int {
    (((layer * heads) + head) * places + place) * headSize * Self.size(precision)
  }

  /// The keys and values of one layer.
  func layer(_ layer: Int) -> (keys: UnsafeRawPointer, values: UnsafeRawPointer) {
    precondition(layer >= 0 && layer < layers, "a layer that is there")
    let start = offset(layer, head: 0, place: 0)
    return unsafe (UnsafeRawPointer(keys + start), UnsafeRawPointer(values + start))
  }

  /// Takes over some rows of keys and values, from a place on. k, v: (T, K · S)
  public mutating func put(
    _ k: borrowing Matrix, _ v: borrowing Matrix, rows: Range<Int>, layer: Int, at place: Int,
    on instructions: Instructions = .best
  ) {
    precondition(
      place >= 0 && place + rows.count <= places && layer < layers && rows.upperBound <= min(k.rows, v.rows)
        && k.columns == heads * headSize && v.columns == k.columns, "room for the rows")
    nonisolated(unsafe) let (source, other) = unsafe (k.base, v.base)
    let (columns, bytes) = (k.columns, headSize * Self.size(precision))
    let start = offset(layer, head: 0, place: place)
    nonisolated(unsafe) let (keys, values) = unsafe (keys + start, values + start)
    let (size, count, step, precision) = (headSize, heads, places * bytes, precision)
    inBlocks(rows.count, of: columns) { block in
      for row in block {
        for head in 0..<count {
          let from = (rows.lowerBound + row) * columns + head * size
          let to = head * step + row * bytes
          switch precision {
          case .float32:
            unsafe (keys + to).copyMemory(from: source + from, byteCount: bytes)
            unsafe (values + to).copyMemory(from: other + from, byteCount: bytes)
          case .bfloat16:
            unsafe instructions.kernels.halve(
              source + from, (keys + to).assumingMemoryBound(to: UInt16.self), size)
            unsafe instructions.kernels.halve(
              other + from, (values + to).assumingMemoryBound(to: UInt16.self), size)
          }
        }
      }
    }
  }

  /// Copies what is kept of some places to others, which may overlap.
  public mutating func move(_ taken: Range<Int>, to place: Int) {
    precondition(taken.upperBound <= places && place + taken.count <= places, "places that are there")
    guard taken.lowerBound != place, !taken.isEmpty else { return }
    let bytes = taken.count * headSize * Self.size(precision)
    for layer in 0..<layers {
      for head in 0..<heads {
        let from = offset(layer, head: head, place: taken.lowerBound)
        let to = offset(layer, head: head, place: place)
        unsafe (keys + to).copyMemory(from: keys + from, byteCount: bytes)
        unsafe (values + to).copyMemory(from: values + from, byteCount: bytes)
      }
    }
  }
}
