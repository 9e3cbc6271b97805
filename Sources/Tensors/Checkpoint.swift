import Values

/// The weights of a model folder, in one file or several.
public struct Checkpoint: Sendable {
  public let folder: String
  private let shards: [Safetensors]
  private let places: [String: (shard: Int, entry: Safetensors.Entry)]

  /// Opens `model.safetensors`, or the files that `model.safetensors.index.json` lists.
  public init(folder: String) throws(TensorError) {
    self.folder = folder
    let index = "\(folder)/model.safetensors.index.json"
    let single = "\(folder)/model.safetensors"
    if isFile(single) {
      shards = [try Safetensors(path: single)]
    } else if isFile(index) {
      shards = try Self.shards(listedIn: index, folder)
    } else {
      throw TensorError(
        file: folder, "holds neither `model.safetensors` nor `model.safetensors.index.json`",
        help: isFile("\(folder)/pytorch_model.bin")
          ? "`pytorch_model.bin` is not read: save the model with `save_pretrained(…, safe_serialization=True)`"
          : "name the folder of a model as the hub lays it out")
    }
    var places: [String: (shard: Int, entry: Safetensors.Entry)] = [:]
    for (number, shard) in shards.enumerated() {
      for (name, entry) in shard.entries {
        if let other = places[name] {
          throw TensorError(
            file: shard.file.path, tensor: name, "it is also in \(shards[other.shard].file.path)",
            help: "keep one of the two")
        }
        places[name] = (number, entry)
      }
    }
    self.places = places
  }

  private static func shards(listedIn index: String, _ folder: String) throws(TensorError) -> [Safetensors] {
    let help = "the index is damaged: download or save it again"
    let file = try MappedFile(path: index)
    let value: Value
    do { value = try Value(json: file.copy(0..<file.count)) } catch {
      throw TensorError(file: index, "is not JSON: \(error.message), at byte \(error.offset)", help: help)
    }
    guard let map = value.asMap?["weight_map"]?.asMap, !map.isEmpty else {
      throw TensorError(file: index, "has no `weight_map` object", help: help)
    }
    var names: [String] = []
    var wanted: [String: String] = [:]
    for (key, value) in map {
      guard let tensor = key.asString, let name = value.asString, !name.isEmpty, !name.contains("/") else {
        throw TensorError(file: index, tensor: key.text, "the index gives no file name for it", help: help)
      }
      if !names.contains(name) { names.append(name) }
      wanted[tensor] = name
    }
    var shards: [Safetensors] = []
    for name in names.sorted() {
      let shard = try Safetensors(path: "\(folder)/\(name)")
      for tensor in wanted.keys.sorted() where wanted[tensor] == name && shard.entries[tensor] == nil {
        throw TensorError(
          file: shard.file.path, tensor: tensor, "it should be in this file, says \(index), but is not",
          help: "download the checkpoint again")
      }
      shards.append(shard)
    }
    return shards
  }

  public func has(_ name: String) -> Bool { places[name] != nil }

  /// Every tensor's name, sorted.
  public var names: [String] { places.keys.sorted() }

  /// The type of the stored numbers, by a tensor's name.
  public func type(of name: String) -> ElementType? { places[name]?.entry.type }

  /// The shape of a stored tensor, by its name.
  public func shape(of name: String) -> [Int]? { places[name]?.entry.shape }

  /// The numbers of a tensor; nil where there is none of this name.
  public func tensor(_ name: String) throws(TensorError) -> Tensor? {
    guard let (shard, entry) = places[name] else { return nil }
    return try shards[shard].tensor(entry)
  }
}
