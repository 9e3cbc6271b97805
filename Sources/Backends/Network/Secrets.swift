import Exchange
import Foundation
import Transport
public import Values

/// What nobody but the server may read, and how it is kept out of every text.
struct Secrets: Sendable {
  static let hidden = "[hidden]"
  /// The key that goes into the head; nil where there is none.
  let key: String?
  private let words: [String]

  init(_ settings: ServerSettings, variable: String, _ environment: (String) -> String?) throws(BackendError)
  {
    key = try Self.key(settings, variable, environment)
    var words = [key, settings.token].compactMap(\.self)
    for (_, value) in settings.header {
      words.append(value.text)
      // What follows the scheme is the secret of an `Authorization` line.
      words += value.text.split(separator: " ").map(String.init).filter { $0.utf8.count >= 8 }
    }
    for url in settings.addresses {
      if let user = (try? ServerAddress(url))?.user {
        words += [user] + user.split(separator: ":").map(String.init)
      }
    }
    // Longer words first, so that a part of one is not hidden before the whole.
    self.words = Set(words.filter { $0.utf8.count >= 4 }).sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
  }

  private static func key(
    _ settings: ServerSettings, _ variable: String, _ environment: (String) -> String?
  ) throws(BackendError) -> String? {
    if let path = settings.tokenFile {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw BackendError(unreadable: path, help: "`auth_token_file` names a file with the key alone")
      }
      let key = String(decoding: data, as: UTF8.self).pythonStripped
      guard !key.isEmpty, !key.contains("\n") else {
        throw BackendError(
          .unusable, "\(path): is not one line with a key", help: "write the key alone into it")
      }
      return key
    }
    if let token = settings.token { return token }
    let name = settings.keyVariable ?? variable
    let value = environment(name).map(\.pythonStripped)
    if value?.isEmpty ?? true, settings.keyVariable != nil {
      throw BackendError(
        .unusable, "the variable `\(name)` of the environment is not set", help: "put the key there")
    }
    return value?.isEmpty ?? true ? nil : value
  }

  /// A text without any of them.
  func redacted(_ text: String) -> String {
    words.reduce(text) { $0.replacing($1, with: Self.hidden) }
  }

  func redacted(_ error: BackendError) -> BackendError {
    BackendError(error.kind, redacted(error.message), help: error.help.map(redacted))
  }
}

extension BackendRegistry {
  /// Arguments as they may be shown and written: keys and passwords in them are covered.
  public static func shown(_ arguments: OrderedMap) -> OrderedMap {
    var shown = arguments
    for (name, value) in arguments where mayHoldSecret(name.text) {
      switch value {
      case .null: break
      case .map(let map): shown[name] = .map(map.withValues(map.map { _ in .string(Secrets.hidden) }))
      default: shown[name] = .string(Secrets.hidden)
      }
    }
    if let urls = arguments["base_url"] {
      if let list = urls.asList {
        shown["base_url"] = .list(list.map { .string(withoutUser($0.text)) })
      } else if !urls.isNull {
        shown["base_url"] = .string(
          urls.text.split(separator: ";").map { withoutUser(String($0)) }.joined(separator: ";"))
      }
    }
    return shown
  }

  /// Whether an argument of this name may hold a secret, of whatever backend it is.
  private static func mayHoldSecret(_ name: String) -> Bool {
    let name = name.lowercased()
    if ["_file", "_path", "_variable"].contains(where: name.hasSuffix) || tokensOfTexts.contains(name) {
      return false
    }
    return name == "token" || name.hasSuffix("_token")
      || ["key", "secret", "password", "header", "auth", "credential"].contains { name.contains($0) }
  }

  private static let tokensOfTexts: Set = [
    "add_bos_token", "think_end_token", "bos_token", "eos_token", "pad_token",
  ]

  private static func withoutUser(_ url: String) -> String {
    guard let user = (try? ServerAddress(url))?.user else { return url }
    return url.replacing("\(user)@", with: "\(Secrets.hidden)@")
  }
}
