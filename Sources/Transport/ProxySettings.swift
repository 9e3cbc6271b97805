/// Which servers are reached through another, as the usual variables of the environment say it.
public struct ProxySettings: Sendable, Hashable {
  private let http: ServerAddress?
  private let https: ServerAddress?
  private let exceptions: [String]

  public static let none = ProxySettings(http: nil, https: nil, exceptions: [])

  private init(http: ServerAddress?, https: ServerAddress?, exceptions: [String]) {
    self.http = http
    self.https = https
    self.exceptions = exceptions
  }

  /// - Parameter variable: the value of a variable of the environment.
  public init(_ variable: (String) -> String?) throws(TransportError) {
    func value(_ name: String) -> String? {
      let value = variable(name.lowercased()) ?? variable(name)
      return value?.isEmpty == true ? nil : value
    }
    func proxy(_ name: String) throws(TransportError) -> ServerAddress? {
      guard let text = value(name) ?? value("ALL_PROXY") else { return nil }
      do { return try ServerAddress(text.contains("://") ? text : "http://" + text) } catch {
        throw TransportError(
          .badAddress, "\(name): \(error.message)", help: "write it like http://proxy:3128")
      }
    }
    self.init(
      http: try proxy("HTTP_PROXY"), https: try proxy("HTTPS_PROXY"),
      exceptions: (value("NO_PROXY") ?? "").split(separator: ",").map {
        var name = $0.lowercased().filter { !$0.isWhitespace }
        if name.hasPrefix("*.") { name.removeFirst() }
        return name
      })
  }

  /// The server to go through; nil for the direct way.
  public func proxy(for address: ServerAddress) -> ServerAddress? {
    let isExcepted = exceptions.contains { name in
      if name == "*" || name == address.host || name == "\(address.host):\(address.port)" { return true }
      return address.host.hasSuffix(name.hasPrefix(".") ? name : "." + name)
    }
    return isExcepted ? nil : address.scheme == "https" ? https : http
  }
}
