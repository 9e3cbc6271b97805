/// What stands before and after a text when special tokens are asked for.
struct PostProcessor: Sendable {
  var prefix: [Int32] = []
  var suffix: [Int32] = []

  init() {}

  init(_ place: JSONPlace) throws(TokenizerError) {
    switch try place.type() {
    case "ByteLevel": break
    case "TemplateProcessing": try readTemplate(place)
    case "RobertaProcessing", "BertProcessing":
      prefix = [try Self.pairID(place, "cls")]
      suffix = [try Self.pairID(place, "sep")]
    case "Sequence":
      for step in try place.required("processors").list() {
        let inner = try PostProcessor(step)
        prefix = inner.prefix + prefix
        suffix += inner.suffix
      }
    case let other:
      throw place.failure(
        "the post-processor `\(other)` is not supported",
        help: "supported are ByteLevel, TemplateProcessing, RobertaProcessing, BertProcessing and Sequence")
    }
  }

  /// A pair of a token and its number.
  private static func pairID(_ place: JSONPlace, _ key: String) throws(TokenizerError) -> Int32 {
    let pair = try place.required(key)
    let items = try pair.list()
    guard items.count == 2 else { throw pair.failure("should be a token and its number") }
    return try items[1].id()
  }

  private mutating func readTemplate(_ place: JSONPlace) throws(TokenizerError) {
    var isAfter = false
    for item in try place.required("single").list() {
      if item["Sequence"] != nil {
        isAfter = true
      } else {
        let name = try item.required("SpecialToken").required("id").text()
        guard let token = try place.required("special_tokens")[name] else {
          throw item.failure("the template names `\(name)`, which `special_tokens` does not define")
        }
        for id in try token.required("ids").list() {
          if isAfter { suffix.append(try id.id()) } else { prefix.append(try id.id()) }
        }
      }
    }
  }
}
