import Backends
import Exchange
import Foundation
import NIOSSL
import TestKit
import Testing
import Transport
import Values

@Suite(.serialized) struct `the way over the network` {
  private static let folder = repositoryRoot.appending(path: "Tests/BackendsTests/Fixtures/tls").path
  private static let authority = "\(folder)/authority.pem"

  /// A server that shows a certificate of ours.
  private static func secure(_ name: String) throws -> NIOSSLContext {
    try NIOSSLContext(
      configuration: .makeServerConfiguration(
        certificateChain: try NIOSSLCertificate.fromPEMFile("\(folder)/\(name).pem").map { .certificate($0) },
        privateKey: .privateKey(try NIOSSLPrivateKey(file: "\(folder)/\(name).key", format: .pem))))
  }

  private static func server(_ certificate: String? = nil) async throws -> LoopbackServer {
    try await LoopbackServer(tls: try certificate.map(secure)) { _ in
      .reply(["choices": [["message": ["content": "here"]]]])
    }
  }

  private func answer(
    _ url: String, _ more: OrderedMap = [:], _ variables: [String: String] = [:]
  ) async throws(BackendError) -> Answer? {
    var arguments: OrderedMap = ["model": "m", "base_url": .string(url), "timeout": 20, "max_retries": 1]
    for (key, value) in more { arguments[key] = value }
    let backend = try BackendRegistry.builtin.make(
      "local-chat-completions", arguments,
      BackendContext(variable: { variables[$0] }, clock: QuickTime().clock))
    let request = Request(.generate(context: "where?", options: GenerationOptions(["until": ["\n"]])))
    return try await backend.answer([request]).first
  }

  private func error(
    _ url: String, _ more: OrderedMap = [:], _ variables: [String: String] = [:]
  ) async -> BackendError? {
    do {
      let answer = try await answer(url, more, variables)
      Issue.record("it answered \(String(describing: answer))")
      return nil
    } catch { return error }
  }

  // MARK: - Certificates

  @Test func `a certificate that nobody vouches for is not accepted`() async throws {
    let server = try await Self.server("server")
    let error = try #require(await error(server.url))
    #expect(error.kind == .unusable && error.message.contains("its certificate was not accepted"), "\(error)")
    #expect(
      error.help?.contains("ca_cert_path") == true && error.help?.contains("verify_certificate") == true)
    #expect(server.asked.isEmpty)
  }

  @Test func `ca_cert_path names who vouches for it`() async throws {
    let server = try await Self.server("server")
    #expect(try await answer(server.url, ["ca_cert_path": .string(Self.authority)]) == .text("here"))
  }

  @Test func `a certificate for another host is not accepted, whoever vouches for it`() async throws {
    let server = try await Self.server("other")
    let error = try #require(await error(server.url, ["ca_cert_path": .string(Self.authority)]))
    #expect(error.kind == .unusable && error.message.contains("its certificate was not accepted"), "\(error)")
  }

  @Test(arguments: ["server", "other"])
  func `verify_certificate=false trusts anybody`(_ name: String) async throws {
    let server = try await Self.server(name)
    #expect(try await answer(server.url, ["verify_certificate": false]) == .text("here"))
  }

  @Test func `a file of authorities that cannot be read is said`() async throws {
    let missing = try #require(await error("https://127.0.0.1:1", ["ca_cert_path": "missing.pem"]))
    #expect(missing.kind == .unusable && missing.message.hasPrefix("missing.pem:"), "\(missing)")
  }

  @Test func `a server that speaks in the clear is no secure one`() async throws {
    let server = try await Self.server()
    let error = try #require(await error("https://127.0.0.1:\(server.port)"))
    #expect(error.message.contains("127.0.0.1"), "\(error)")
    #expect(server.asked.isEmpty)
  }

  // MARK: - Long replies

  @Test(arguments: [(1, true), (3, false)])
  func `a reply above the limit is refused before it fills the memory`(_ size: Int, _ isTaken: Bool)
    async throws
  {
    let server = try await LoopbackServer { _ in .bytes([UInt8](repeating: 32, count: size << 20)) }
    var options = NetworkOptions()
    options.mostBytes = 2 << 20
    let transport = try NetworkTransport(options, for: [server.url])
    do throws(TransportError) {
      let reply = try await transport.post(server.url, [])
      #expect(isTaken && reply.body.count == size << 20)
    } catch { #expect(!isTaken && error.kind == .tooLarge && error.message.contains("more than 2 MiB")) }
  }

  // MARK: - Proxies

  @Test(arguments: ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
  func `a proxy is gone through, with name and password`(_ variable: String) async throws {
    let server = try await Self.server()
    let proxy = try await LoopbackProxy(to: server.port)
    let answer = try await answer(
      "http://model.example/v1", [:], [variable: "http://me:planted-word@127.0.0.1:\(proxy.port)"])
    #expect(answer == .text("here"))
    let head = try #require(proxy.heads.first)
    #expect(head.hasPrefix("CONNECT model.example:80 HTTP/1.1\r\n"), "\(head)")
    let words = Data("me:planted-word".utf8).base64EncodedString()
    #expect(head.lowercased().contains("proxy-authorization: basic \(words.lowercased())"), "\(head)")
  }

  @Test func `through a proxy's tunnel only the server reads what is said`() async throws {
    let server = try await Self.server("server")
    let proxy = try await LoopbackProxy(to: server.port)
    let answer = try await answer(
      "https://model.example/v1", ["ca_cert_path": .string(Self.authority), "auth_token": "planted-key"],
      ["HTTPS_PROXY": "127.0.0.1:\(proxy.port)"])
    #expect(answer == .text("here"))
    #expect(proxy.heads.count == 1)
    let head = try #require(proxy.heads.first)
    #expect(head.hasPrefix("CONNECT model.example:443 HTTP/1.1\r\n"), "\(head)")
    #expect(!head.contains("planted-key"))
    #expect(server.asked.first?.headers["authorization"] == "Bearer planted-key")
  }

  @Test(arguments: ["127.0.0.1", "*", "example, 127.0.0.1", "other.example,127.0.0.1:PORT"])
  func `NO_PROXY names who is asked directly`(_ exceptions: String) async throws {
    let server = try await Self.server()
    let proxy = try await LoopbackProxy(to: server.port)
    let answer = try await answer(
      server.url, [:],
      [
        "http_proxy": "http://127.0.0.1:\(proxy.port)",
        "no_proxy": exceptions.replacing("PORT", with: "\(server.port)"),
      ])
    #expect(answer == .text("here") && proxy.heads.isEmpty)
  }

  @Test func `the variable for secure servers does not count for others`() async throws {
    let server = try await Self.server()
    let proxy = try await LoopbackProxy(to: server.port)
    let answer = try await answer(server.url, [:], ["HTTPS_PROXY": "http://127.0.0.1:\(proxy.port)"])
    #expect(answer == .text("here") && proxy.heads.isEmpty)
  }

  @Test func `a proxy that is not there is named`() async throws {
    let absent = try #require(
      await error("http://model.example/v1", [:], ["http_proxy": "http://me:planted-word@127.0.0.1:1"]))
    #expect(absent.kind == .unreachable && !absent.description.contains("planted-word"), "\(absent)")
    let wrong = try #require(await error("http://model.example/v1", [:], ["http_proxy": "socks5://x:1"]))
    #expect(wrong.kind == .unusable && wrong.message.contains("HTTP_PROXY"), "\(wrong)")
  }
}
