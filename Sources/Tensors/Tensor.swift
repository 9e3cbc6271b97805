import Glibc

/// Numbers in single precision with a shape: weights, which nobody changes.
public struct Tensor: Sendable {
  public let shape: [Int]
  let storage: FloatStorage
  /// Whether the numbers were stored in bfloat16, which then holds them exactly.
  public private(set) var isBFloat16 = false

  /// Copies numbers that are already there.
  public init(_ numbers: [Float], shape: [Int]) {
    precondition(shape.reduce(1, *) == numbers.count, "a shape of as many numbers as there are")
    self.shape = shape
    storage = unsafe FloatStorage(count: numbers.count) { target in
      for (index, number) in numbers.enumerated() { unsafe target[index] = number }
    }
  }

  init(shape: [Int], storage: FloatStorage, isBFloat16: Bool = false) {
    self.shape = shape
    self.storage = storage
    self.isBFloat16 = isBFloat16
  }

  public var count: Int { storage.count }

  /// A shape without numbers, in place of a tensor that could not be read: nothing may be computed with it.
  public static func placeholder(_ shape: [Int]) -> Tensor {
    unsafe Tensor(shape: shape, storage: FloatStorage(count: 0) { _ in })
  }

  private var isPlaceholder: Bool { count == 0 }

  /// All numbers, row by row.
  public var numbers: [Float] { unsafe Array(UnsafeBufferPointer(start: storage.base, count: count)) }

  /// Some rows, in the order given: without a copy where they are one piece.
  public func rows(_ ranges: [Range<Int>]) -> Tensor {
    let width = shape.dropFirst().reduce(1, *)
    let taken = [ranges.reduce(0) { $0 + $1.count }] + shape.dropFirst()
    guard !isPlaceholder else { return .placeholder(taken) }
    for range in ranges {
      precondition(range.lowerBound >= 0 && range.upperBound <= shape[0], "rows that are there")
    }
    if ranges.count == 1 {
      let part = ranges[0].lowerBound * width..<ranges[0].upperBound * width
      return Tensor(shape: taken, storage: FloatStorage(part, of: storage), isBFloat16: isBFloat16)
    }
    let all = numbers
    var some = Tensor(ranges.flatMap { all[$0.lowerBound * width..<$0.upperBound * width] }, shape: taken)
    some.isBFloat16 = isBFloat16
    return some
  }

  /// Every number changed by a function.
  public func map(_ change: (Float) -> Float) -> Tensor {
    isPlaceholder ? self : Tensor(numbers.map(change), shape: shape)
  }

  /// Whether another has the same shape and the same numbers.
  public func isEqual(to other: Tensor) -> Bool {
    guard shape == other.shape, count == other.count else { return false }
    return unsafe memcmp(storage.base, other.storage.base, count * 4) == 0
  }
}

/// Memory for numbers: its own, or a part of a mapped file.
///
/// `@unchecked Sendable`: written only while it is made.
@safe final class FloatStorage: @unchecked Sendable {
  let base: UnsafePointer<Float>
  let count: Int
  private let own: UnsafeMutablePointer<Float>?
  /// What the numbers belong to, if not to this.
  private let owner: AnyObject?

  init(count: Int, fill: (UnsafeMutableBufferPointer<Float>) -> Void) {
    let own = UnsafeMutablePointer<Float>.allocate(capacity: max(1, count))
    unsafe own.initialize(repeating: 0, count: max(1, count))
    unsafe fill(UnsafeMutableBufferPointer(start: own, count: count))
    unsafe self.own = unsafe own
    self.count = count
    unsafe base = unsafe UnsafePointer(own)
    owner = nil
  }

  /// Numbers of a mapped file as they lie there; nil where the machine could not read them so.
  init?(mapped bytes: UnsafeRawBufferPointer, of file: MappedFile) {
    guard let start = bytes.baseAddress, Int(bitPattern: start) % MemoryLayout<Float>.alignment == 0 else {
      return nil
    }
    unsafe base = unsafe start.assumingMemoryBound(to: Float.self)
    count = bytes.count / MemoryLayout<Float>.size
    unsafe own = nil
    owner = file
  }

  /// A part of the numbers of another.
  init(_ range: Range<Int>, of whole: FloatStorage) {
    precondition(range.lowerBound >= 0 && range.upperBound <= whole.count, "a part of what is there")
    unsafe base = unsafe whole.base + range.lowerBound
    count = range.count
    unsafe own = nil
    owner = whole
  }

  deinit {
    unsafe own?.deallocate()
    if owner is MappedFile { unsafe MappedFile.release(UnsafeRawPointer(base), count * 4) }
  }
}

extension Safetensors {
  /// The numbers of a tensor, mapped where they are single precision already, else widened.
  func tensor(_ entry: Entry) throws(TensorError) -> Tensor {
    let bytes = unsafe file.bytes(entry.bytes)
    switch entry.type {
    case .float32:
      let storage =
        unsafe FloatStorage(mapped: bytes, of: file)
        ?? FloatStorage(count: bytes.count / 4) { target in
          for index in target.indices {
            unsafe target[index] = unsafe bytes.loadUnaligned(fromByteOffset: index * 4, as: Float.self)
          }
        }
      return Tensor(shape: entry.shape, storage: storage)
    case .bfloat16:
      return unsafe Tensor(
        shape: entry.shape,
        storage: FloatStorage(count: bytes.count / 2) { target in
          for index in target.indices {
            let bits = unsafe bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
            unsafe target[index] = Float(bitPattern: UInt32(bits) << 16)
          }
        }, isBFloat16: true)
    case .float16:
      return unsafe Tensor(
        shape: entry.shape,
        storage: FloatStorage(count: bytes.count / 2) { target in
          for index in target.indices {
            unsafe target[index] = unsafe widened(
              half: bytes.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self))
          }
        })
    default:
      throw TensorError(
        file: file.path, tensor: entry.name, "weights of type \(entry.type.rawValue) are not supported",
        help: "save the model in \(ElementType.readable.map(\.rawValue).joined(separator: ", "))")
    }
  }
}

/// The nearest number that has bfloat16's eight bits of precision, ties to even.
public func roundedToBFloat16(_ x: Float) -> Float {
  guard x.isFinite else { return x }
  let bits = x.bitPattern
  return Float(bitPattern: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) & 0xFFFF_0000)
}

/// IEEE half precision to single, exactly; Swift's `Float16` calls a library function for it on some processors.
func widened(half bits: UInt16) -> Float {
  let sign = UInt32(bits & 0x8000) << 16
  let rest = UInt32(bits & 0x7FFF)
  if rest >= 0x7C00 { return Float(bitPattern: sign | 0x7F80_0000 | (rest & 0x3FF) << 13) }
  let magnitude =
    rest < 0x400
    ? Float(rest) * 0x1p-24
    : Float(bitPattern: (rest << 13) + (127 - 15) << 23)
  return Float(bitPattern: sign | magnitude.bitPattern)
}
