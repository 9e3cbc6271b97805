import Exchange
import Inference
import Schema
import Values

/// A checkpoint of a local folder, computed on this machine's processors.
struct Native: BackendPlugin {
  static let name = "native"
  static let aliases = ["hf", "hf-auto", "huggingface"]

  static let about = """
    Computes a model of the hub's folder layout (`config.json`, `*.safetensors`, `tokenizer.json`) on the processors of
    this machine, in single precision. Answers are those of the harness's `hf` backend in float32. `dtype=bfloat16` is about
    twice as fast and takes half the memory; `Models.md` says what it does to scores, and lists the architectures and
    tokenizers.

    ```
    assay run --model native --model_args pretrained=models/my-model --tasks my_task
    ```
    """

  struct Settings: Sendable {
    let pretrained: String
    let tokenizer: String?
    let dtype: String
    let maxLength: Int?
    let maxTokens: Int
    let addBosToken: Bool?
    let prefixToken: Int?
    let batchTokens: Int
    let loadIn8Bit: Bool
    let maxMemory: Double?
    let thinkEnd: Value?
    let enablesThinking: Bool?
  }

  static let schema = Schema<Settings>(
    Field("pretrained", .string, "the model's folder"),
    .optional("tokenizer", .string, "another folder to take the tokenizer from"),
    Field(
      "dtype", .string, default: "auto",
      "`float32` or `auto`: weights as stored, products in float32; `bfloat16`: products of numbers rounded to it"
    ),
    .optional("max_length", .int, "the longest input in tokens; the model's own if left out"),
    Field("max_gen_toks", .int, default: 256, "tokens to write where a task gives no number"),
    .optional(
      "add_bos_token", .bool, "whether every text begins with the beginning token; left to the tokenizer"),
    .optional("prefix_token_id", .int, "the token that stands for an empty context"),
    Field("batch_tokens", .int, default: 1024, "tokens that are computed at once"),
    Field(
      "load_in_8bit", .bool, default: false,
      "keep the weights of the layers in eight bits, and multiply numbers of eight bits"),
    .optional(
      "max_memory", .double,
      "GiB that may be taken beside the weights; three quarters of what is free if left out"
    ),
    .optional("think_end_token", .value, "the text or token number after which the answer begins"),
    .optional("enable_thinking", .bool, "told to the chat template; true needs `think_end_token`"),
    make: Settings.init)

  static let ignoredArguments = idleHarnessArguments + ["chat_template_args"]

  static let refusedArguments: [String: String] = {
    let merging = "merge it into the checkpoint first"
    let converting = "give a checkpoint in `*.safetensors` that is not quantized"
    return [
      "autogptq": converting, "delta": merging, "gguf_file": converting, "gptqmodel": converting,
      "load_in_4bit": converting, "peft": merging,
      "quantization_config": converting, "subfolder": "give the inner folder itself as `pretrained`",
    ]
  }()

  static func fit(_ settings: Settings) throws(BackendError) -> BackendFit {
    do throws(ModelError) {
      let outline = try ModelOutline(folder: settings.pretrained, try settings.forModel())
      return BackendFit(name: name, abilities: settings.abilities) { try? outline.length(of: $0) }
    } catch { throw BackendError(error) }
  }

  let abilities: Abilities
  let facts: OrderedMap
  private let model: LocalModel
  private let settings: Settings

  init(_ settings: Settings, _ context: BackendContext) throws(BackendError) {
    let known = ["auto", "float32", "bfloat16", "float16", "fp32", "bf16", "fp16"]
    guard known.contains(settings.dtype) else {
      throw BackendError(
        .unusable, "`dtype` is `\(settings.dtype)`", help: "known are \(known.joined(separator: ", "))")
    }
    if settings.enablesThinking == true, settings.thinkEnd == nil {
      throw BackendError(
        .unusable, "`enable_thinking=true` needs `think_end_token`, the text after which the answer begins")
    }
    abilities = settings.abilities
    if ["float16", "fp16"].contains(settings.dtype) {
      context.remark(
        Remark(
          "computed-in-float32",
          "`dtype=\(settings.dtype)`: the arithmetic is in float32, which is more exact"))
    }
    do throws(ModelError) {
      model = try LocalModel(folder: settings.pretrained, try settings.forModel())
    } catch { throw BackendError(error) }
    facts = model.facts
    self.settings = settings
  }

  /// The model is named by what is in its files, since people train on and keep the folder's name.
  var identity: OrderedMap {
    let fingerprint: Value
    do throws(ModelError) {
      fingerprint = .string(
        try modelFingerprint(folder: settings.pretrained, tokenizerFolder: settings.tokenizer))
    } catch {
      // A model that went away can be taken for no other.
      fingerprint = [.string(settings.pretrained), .string(error.message)]
    }
    return [
      "model": fingerprint, "weights": .string("\(settings.weightType)"),
      "max_length": settings.maxLength.map { .int($0) } ?? .null, "max_gen_toks": .int(settings.maxTokens),
      "add_bos_token": settings.addBosToken.map { .bool($0) } ?? .null,
      "prefix_token_id": settings.prefixToken.map { .int($0) } ?? .null,
      "think_end_token": settings.thinkEnd ?? .null,
    ]
  }

  func answer(_ requests: [Request], to delivery: Delivery) async throws(BackendError) {
    do throws(ModelError) { try await model.answer(requests, to: delivery) } catch {
      throw BackendError(error)
    }
  }
}

extension Native.Settings {
  /// What a thinking model would say first says nothing about the likelihood of a text.
  fileprivate var abilities: Abilities { enablesThinking == true ? .generation : .all }

  fileprivate var isBFloat16: Bool { ["bfloat16", "bf16"].contains(dtype) }

  fileprivate var weightType: WeightType { loadIn8Bit ? .int8 : isBFloat16 ? .bfloat16 : .stored }

  fileprivate func forModel() throws(ModelError) -> LocalModelSettings {
    for (key, number) in [
      ("max_length", maxLength), ("max_gen_toks", maxTokens), ("batch_tokens", batchTokens),
    ] {
      if let number, number < 1 {
        throw ModelError(.unusable, "`\(key)` is \(number)", help: "give a number from 1 on")
      }
    }
    if let maxMemory, !(maxMemory > 0) {
      throw ModelError(.unusable, "`max_memory` is \(maxMemory)", help: "give a number of GiB above 0")
    }
    var settings = LocalModelSettings()
    settings.tokenizerFolder = tokenizer
    settings.maxLength = maxLength
    settings.maxTokens = maxTokens
    settings.addsBos = addBosToken
    settings.prefixToken = prefixToken
    settings.batchTokens = batchTokens
    settings.maxMemory = maxMemory.map { Int(min($0, 1e6) * 0x1p30) }
    settings.weightType = weightType
    switch thinkEnd {
    case .int(let token): settings.thinking = .token(Int32(clamping: token))
    case .string(let text): settings.thinking = .text(text)
    default: break
    }
    return settings
  }
}

extension Native: Probed {
  func probe(seconds: Double) async -> [(name: String, text: String)] {
    let count = facts["model_num_parameters"]?.text ?? "?"
    let weights = (name: "weights", text: "\(count) parameters, \(settings.weightType.products)")
    guard seconds > 0 else { return [weights] }
    return [weights] + (await model.measured(seconds: seconds)).map { ($0.name, $0.text) }
  }
}

extension WeightType {
  /// What is multiplied, in a few words.
  fileprivate var products: String {
    switch self {
    case .stored: "multiplied in float32"
    case .bfloat16: "rounded to bfloat16 and multiplied in pairs"
    case .int8: "those of the layers in eight bits, the others in bfloat16"
    }
  }
}

extension BackendError {
  fileprivate init(_ error: ModelError) {
    let kind: Kind =
      switch error.kind {
      case .unusable: .unusable
      case .unanswerable: .unanswerable
      case .tooLong: .tooLong
      case .cancelled: .cancelled
      }
    self.init(kind, error.message, help: error.help)
  }
}
