import Values

/// One file of the safetensors format: a JSON header that says where each tensor lies, then the data.
public struct Safetensors: Sendable {
  /// A tensor as the header describes it; checked against the file.
  public struct Entry: Sendable, Hashable {
    public let name: String
    public let type: ElementType
    public let shape: [Int]
    /// Where its data lies in the file.
    let bytes: Range<Int>
  }

  public let file: MappedFile
  public let entries: [String: Entry]

  /// Opens a file and checks its header: every tensor lies within the file, has the size its shape says, and shares
  /// no byte with another.
  public init(path: String) throws(TensorError) {
    file = try MappedFile(path: path)
    let header = try Self.header(of: file)
    let start = 8 + header.count
    let value: Value
    do { value = try Value(json: header) } catch {
      throw TensorError(
        file: path, "the header is not JSON: \(error.message), at byte \(8 + error.offset)", help: Self.again)
    }
    guard let map = value.asMap else {
      throw TensorError(file: path, "the header is not a JSON object", help: Self.again)
    }
    var entries: [String: Entry] = [:]
    for (key, description) in map {
      guard let name = key.asString, name != "__metadata__" else { continue }
      let reader = EntryReader(file: path, name: name, dataStart: start, dataEnd: file.count)
      entries[name] = try reader.read(description)
    }
    self.entries = entries
    try Self.checkLayout(entries.values.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }, start, file)
  }

  private static let again = "the file is damaged: download or save it again"

  private static func header(of file: MappedFile) throws(TensorError) -> [UInt8] {
    guard file.count >= 8 else {
      throw TensorError(
        file: file.path, "is only \(file.count) bytes long, too short for a safetensors header", help: again)
    }
    var length: UInt64 = 0
    for byte in file.copy(0..<8).reversed() { length = length << 8 | UInt64(byte) }
    guard length <= UInt64(file.count - 8) else {
      throw TensorError(
        file: file.path,
        "the header claims \(length) bytes, but only \(file.count - 8) follow: the file is cut off, or it is not"
          + " a safetensors file",
        help: again)
    }
    return file.copy(8..<8 + Int(length))
  }

  /// The format leaves no gaps, so bytes without an owner are damage too.
  private static func checkLayout(_ sorted: [Entry], _ start: Int, _ file: MappedFile) throws(TensorError) {
    var end = start
    var previous: Entry?
    for entry in sorted {
      if entry.bytes.lowerBound < end, let previous, !entry.bytes.isEmpty {
        throw TensorError(
          file: file.path, tensor: entry.name, "its data overlaps that of tensor `\(previous.name)`",
          help: again)
      }
      if entry.bytes.lowerBound > end {
        throw TensorError(
          file: file.path, tensor: entry.name,
          "\(entry.bytes.lowerBound - end) bytes before its data belong to no tensor", help: again)
      }
      end = entry.bytes.upperBound
      previous = entry
    }
    if end != file.count {
      throw TensorError(
        file: file.path, "\(file.count - end) bytes at its end belong to no tensor", help: again)
    }
  }
}

/// Reads one entry of a header.
private struct EntryReader {
  let file: String
  let name: String
  let dataStart: Int
  let dataEnd: Int

  func read(_ description: Value) throws(TensorError) -> Safetensors.Entry {
    guard let map = description.asMap else { throw failure("its description is not a JSON object") }
    guard let typeName = map["dtype"]?.asString else { throw failure("its `dtype` is missing or not a text") }
    guard let type = ElementType(rawValue: typeName) else {
      let known = ElementType.allCases.map(\.rawValue).joined(separator: ", ")
      throw TensorError(
        file: file, tensor: name, "unknown dtype `\(typeName)`", help: "the format knows \(known)")
    }
    let shape = try whole(map["shape"], "shape")
    let offsets = try whole(map["data_offsets"], "data_offsets")
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw failure("`data_offsets` should be a start and an end, found \(offsets)")
    }
    guard offsets[1] <= dataEnd - dataStart else {
      throw failure(
        "its data ends at byte \(offsets[1]) of the data, but there are only \(dataEnd - dataStart): the file is"
          + " cut off")
    }
    var size = type.byteCount
    for extent in shape {
      let (product, isTooLarge) = size.multipliedReportingOverflow(by: extent)
      guard !isTooLarge else { throw failure("its shape \(shape) is impossibly large") }
      size = product
    }
    guard size == offsets[1] - offsets[0] else {
      throw failure(
        "its shape \(shape) in \(typeName) takes \(size) bytes, but `data_offsets` span \(offsets[1] - offsets[0])"
      )
    }
    return Safetensors.Entry(
      name: name, type: type, shape: shape, bytes: dataStart + offsets[0]..<dataStart + offsets[1])
  }

  private func whole(_ value: Value?, _ key: String) throws(TensorError) -> [Int] {
    var numbers: [Int] = []
    guard case .list(let items) = value else { throw failure("its `\(key)` is missing or not a list") }
    for item in items {
      guard case .int(let number) = item, number >= 0 else {
        throw failure("its `\(key)` should hold whole numbers from 0 on, found \(item.repr)")
      }
      numbers.append(number)
    }
    return numbers
  }

  private func failure(_ message: String) -> TensorError {
    TensorError(
      file: file, tensor: name, message, help: "the file is damaged: download or save it again")
  }
}
