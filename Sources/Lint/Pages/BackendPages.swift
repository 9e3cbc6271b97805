import Diagnostics

enum MissingChatTemplate: CodePage {
  static let code: Diagnostic.Code = "missing-chat-template"
  static let family = Family.backend
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.backend

  static let about = """
    `--apply_chat_template` asks for the chat format of a model that has none, or none of that name, or one that cannot be
    read. Leave the flag out: a model without a chat template was not trained on conversations.
    """
}

enum UnusableModel: CodePage {
  static let code: Diagnostic.Code = "unusable-model"
  static let family = Family.backend
  static let severity = Diagnostic.Severity.error
  static let tier = Tier.backend

  static let about = """
    The model that `--model` and `--model_args` name cannot be used: there is no such folder or backend, a file in it is
    missing or broken, or an argument is wrong. Only small files are looked at, never the weights.
    """
}
