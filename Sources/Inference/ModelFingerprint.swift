import Exchange
import Foundation
import Tensors
import Values

/// Names a model by the content of its files, so that a copy elsewhere is the same model and a changed one is not.
public func modelFingerprint(folder: String, tokenizerFolder: String? = nil) throws(ModelError) -> String {
  let small = ["config.json", "generation_config.json"]
  let ofTokenizer = [
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json",
  ]
  let weights = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".safetensors") }.sorted()
  let files =
    (small + weights).map { ($0, folder) } + ofTokenizer.map { ($0, tokenizerFolder ?? folder) }
  var marks: [Value] = []
  for (name, place) in files {
    let path = place + "/" + name
    guard FileManager.default.fileExists(atPath: path) else { continue }
    do {
      marks.append([.string(name), .string(String(try MappedFile(path: path).mark, radix: 16))])
    } catch { throw ModelError(error) }
  }
  return sha256(Value.list(marks).json())
}
