/// The way to a server: one call, one reply.
public protocol Transport: Sendable {
  func send(_ call: Call) async throws(TransportError) -> Reply
}

extension Transport {
  public func post(
    _ url: String, _ body: [UInt8], headers: [Header] = []
  ) async throws(TransportError) -> Reply {
    try await send(Call(method: .post, url: url, headers: headers, body: body))
  }

  public func get(_ url: String, headers: [Header] = []) async throws(TransportError) -> Reply {
    try await send(Call(method: .get, url: url, headers: headers))
  }
}

/// One line of a head.
public struct Header: Sendable, Hashable {
  public let name: String
  public let value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What is sent.
public struct Call: Sendable {
  public enum Method: String, Sendable {
    case get = "GET"
    case post = "POST"
  }

  public var method: Method
  public var url: String
  public var headers: [Header]
  public var body: [UInt8]

  public init(method: Method, url: String, headers: [Header] = [], body: [UInt8] = []) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
  }
}

/// What came back, whatever its status.
public struct Reply: Sendable {
  public let status: Int
  public let headers: [Header]
  public let body: [UInt8]

  public init(status: Int, headers: [Header] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first line of this name, in any case.
  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// Why no whole reply came.
public struct TransportError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case badAddress
    /// Nobody listens, or the name is unknown.
    case unreachable
    case timedOut
    /// The other side hung up before its reply was whole.
    case cutOff
    /// Certificates and what else stands before an encrypted word.
    case insecure
    case tooLarge
    case cancelled
  }

  public let kind: Kind
  public let message: String
  public let help: String?

  public init(_ kind: Kind, _ message: String, help: String? = nil) {
    self.kind = kind
    self.message = message
    self.help = help
  }
}
