/// A server that is a closure, for dry runs and tests.
public struct ScriptedTransport: Transport {
  private let script: @Sendable (Call) async throws(TransportError) -> Reply

  public init(_ script: @escaping @Sendable (Call) async throws(TransportError) -> Reply) {
    self.script = script
  }

  public func send(_ call: Call) async throws(TransportError) -> Reply { try await script(call) }
}
