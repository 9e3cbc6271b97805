/// What a value looks like, as data: editors take from it what they check while somebody types, and what they offer.
public indirect enum Form: Sendable {
  case anything
  case text
  case integer
  case number
  case boolean
  case null
  /// The name of a Python function, after `!function`.
  case function
  /// One of some names; where it is open, other texts are possible.
  case name([Name], isOpen: Bool)
  case list(Form)
  /// A mapping of these keys; other keys are unknown unless it says what they hold.
  case mapping([KeyPage], others: Form?)
  /// A mapping in which the value of one key settles which others there are.
  case variants(Variants)
  /// One of several forms.
  case either([Form])
  /// A form that may hold itself, by a name of its own.
  case named(String, @Sendable () -> Form)

  /// A name with what documentation says of it.
  public struct Name: Sendable {
    public let name: String
    /// One sentence.
    public let summary: String
    /// Markdown; empty where there is no page.
    public let page: String

    public init(_ name: String, summary: String = "") {
      self.name = name
      self.summary = summary
      page = ""
    }

    public init(_ name: String, page: String) {
      self.name = name
      summary = page.firstSentence
      self.page = page
    }
  }

  /// Mappings such as the steps of a pipeline, of which `function` settles the other keys.
  public struct Variants: Sendable {
    /// One of them.
    public struct Variant: Sendable {
      public let name: String
      /// Its keys beside those of all.
      public let keys: [KeyPage]
      /// Whether keys that are not known are passed over.
      public let isOpen: Bool

      public init(_ name: String, keys: [KeyPage], isOpen: Bool) {
        self.name = name
        self.keys = keys
        self.isOpen = isOpen
      }
    }

    /// The key that settles the others.
    public let key: String
    /// The keys that all of them have, that one among them.
    public let common: [KeyPage]
    public let all: [Variant]

    public init(by key: String, common: [KeyPage], _ all: [Variant]) {
      self.key = key
      self.common = common
      self.all = all
    }

    /// The keys where that key has a value; of one that is unknown those of all.
    public func keys(of name: String?) -> [KeyPage] {
      common + (all.first { $0.name == name }?.keys ?? [])
    }
  }

  /// The same where null is possible too.
  public var orNull: Form { .either([self, .null]) }

  /// One of it, or a list of it.
  public var oneOrMore: Form { .either([self, .list(self)]) }
}
