public import Exchange
public import Schema

/// A backend that can be chosen by name: its page, its settings, and how it is made of them.
public protocol BackendPlugin: Backend {
  associatedtype Settings: Sendable

  /// What `--model` calls it.
  static var name: String { get }
  /// Other names for the same.
  static var aliases: [String] { get }
  /// What it is and what it is for, in Markdown.
  static var about: String { get }
  /// What `--model_args` may say.
  static var schema: Schema<Settings> { get }
  /// Arguments that people bring along and that change nothing here: accepted, and said once.
  static var ignoredArguments: [String] { get }

  init(_ settings: Settings, _ context: BackendContext) throws(BackendError)
}

extension BackendPlugin {
  public static var aliases: [String] { [] }
  public static var ignoredArguments: [String] { [] }
}

/// What backends are handed when they are made.
public struct BackendContext: Sendable {
  /// Where random answers start from.
  public var seed: Int
  /// Where a backend says what the user should know.
  public var remark: @Sendable (Remark) -> Void

  public init(seed: Int = 0, remark: @escaping @Sendable (Remark) -> Void = { _ in }) {
    self.seed = seed
    self.remark = remark
  }
}
