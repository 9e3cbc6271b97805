/// The parts of an address that matter here, without a library for the rest of them.
public struct ServerAddress: Sendable, Hashable {
  public let scheme: String
  public let host: String
  public let port: Int
  /// From the first slash on; empty where there is none.
  public let path: String
  /// Name and password before the host.
  public let user: String?

  public init(_ url: String) throws(TransportError) {
    let wrong = TransportError(
      .badAddress, "`\(Self.withoutUser(url))` is no address of a server",
      help: "write it like http://localhost:8000/v1/completions")
    guard let mark = url.firstRange(of: "://") else { throw wrong }
    let scheme = url[..<mark.lowerBound].lowercased()
    guard scheme == "http" || scheme == "https" else { throw wrong }
    let rest = url[mark.upperBound...]
    let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
    var authority = rest[..<end]
    if let at = authority.lastIndex(of: "@") {
      user = String(authority[..<at])
      authority = authority[authority.index(after: at)...]
    } else {
      user = nil
    }
    var port = scheme == "https" ? 443 : 80
    let isBracketed = authority.hasPrefix("[")
    let hostEnd = isBracketed ? authority.firstIndex(of: "]") : nil
    if let colon = authority.lastIndex(of: ":"), !isBracketed || hostEnd.map({ colon > $0 }) ?? false {
      guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else {
        throw wrong
      }
      port = number
      authority = authority[..<colon]
    }
    guard !authority.isEmpty else { throw wrong }
    self.scheme = scheme
    self.port = port
    host = authority.lowercased().trimmingBrackets
    path = String(rest[end...])
  }

  /// Scheme, host and port.
  public var origin: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  private static func withoutUser(_ url: String) -> String {
    guard let at = url.lastIndex(of: "@") else { return url }
    return "…" + url[at...]
  }
}

extension String {
  fileprivate var trimmingBrackets: String {
    hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
  }
}
