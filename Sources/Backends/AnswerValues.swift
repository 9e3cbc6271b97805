import Exchange
import Foundation
import Values

extension Answer {
  /// Reads an answer as files write it.
  init?(_ value: Value, to type: RequestType) {
    switch type {
    case .loglikelihood:
      guard let pair = value.asList, pair.count == 2, let number = pair[0].number,
        case .bool(let isGreedy) = pair[1]
      else { return nil }
      self = .loglikelihood(number, isGreedy: isGreedy)
    case .loglikelihoodRolling:
      guard let number = value.number else { return nil }
      self = .rolling(number)
    case .generateUntil:
      guard let text = value.asString else { return nil }
      self = .text(text)
    }
  }

  /// How files write an answer, in words.
  static func form(of type: RequestType) -> String {
    switch type {
    case .loglikelihood: "[log-probability, true or false]"
    case .loglikelihoodRolling: "a log-probability"
    case .generateUntil: "a text"
    }
  }
}

extension Value {
  /// A number that is not a boolean.
  fileprivate var number: Double? {
    switch self {
    case .int(let it): Double(it)
    case .double(let it): it
    default: nil
    }
  }

  /// How it prints, its middle left out where it is long.
  func repr(upTo limit: Int) -> String {
    let scalars = Array(repr.unicodeScalars)
    guard scalars.count > limit else { return repr }
    var short = ""
    short.unicodeScalars.append(contentsOf: scalars.prefix(limit / 2))
    short += " … "
    short.unicodeScalars.append(contentsOf: scalars.suffix(limit / 2))
    return short
  }
}

extension BackendError {
  /// A file that a setting names and that has no text for us.
  init(unreadable path: String, help: String) {
    let isThere = FileManager.default.fileExists(atPath: path)
    self.init(.unusable, "\(path): \(isThere ? "cannot be read" : "there is no such file")", help: help)
  }
}
