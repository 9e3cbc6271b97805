import Templates
import Values

extension TemplateEnvironment {
  /// As chat templates are rendered elsewhere: blocks trimmed, loop controls, JSON without HTML escapes.
  static let chat: TemplateEnvironment = {
    var environment = TemplateEnvironment.jinja
    environment.trimBlocks = true
    environment.lstripBlocks = true
    environment.keepTrailingNewline = false
    environment.allowsLoopControls = true
    environment.isLenient = true
    environment.addFunction("raise_exception", ["message"]) { given throws(TemplateError) in
      throw TemplateError(.raised, given[0]?.text ?? "")
    }
    environment.addFilter("tojson", ["ensure_ascii=", "indent=", "separators=", "sort_keys="]) {
      (value, given) throws(TemplateError) in .string(value.json(indent: given[1]?.asInt))
    }
    return environment
  }()
}
