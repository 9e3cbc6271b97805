import AsyncHTTPClient
import Dispatch
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// How the network is used.
public struct NetworkOptions: Sendable {
  public var verifiesCertificate = true
  /// A file of certificates to trust instead of the system's.
  public var certificates: String?
  public var proxies = ProxySettings.none
  /// Seconds for one whole reply.
  public var timeout = 300.0
  /// Connections that are kept open to one server.
  public var connections = 64
  /// A longer reply is refused before it fills the memory.
  public var mostBytes = 256 << 20

  public init() {}
}

/// The network itself.
///
/// Redirects are not followed: a POST would become a GET, and a key would go to whom it was not meant for.
public final class NetworkTransport: Transport {
  private let options: NetworkOptions
  private let direct: HTTPClient
  private let proxied: [ServerAddress: HTTPClient]

  /// - Parameter urls: the servers that will be asked.
  public init(_ options: NetworkOptions, for urls: [String]) throws(TransportError) {
    self.options = options
    let configuration = try Self.configuration(options)
    var proxies: Set<ServerAddress> = []
    for url in urls {
      if let proxy = options.proxies.proxy(for: try ServerAddress(url)) { proxies.insert(proxy) }
    }
    direct = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    proxied = Dictionary(
      uniqueKeysWithValues: proxies.map { proxy in
        var own = configuration
        own.proxy = .server(
          host: proxy.host, port: proxy.port,
          authorization: proxy.user.map { user in
            let parts = user.split(separator: ":", maxSplits: 1).map(String.init)
            return .basic(username: parts[0], password: parts.count > 1 ? parts[1] : "")
          })
        return (proxy, HTTPClient(eventLoopGroupProvider: .singleton, configuration: own))
      })
  }

  deinit {
    for client in [direct] + proxied.values { client.shutdown(queue: .global()) { _ in _ = client } }
  }

  public func send(_ call: Call) async throws(TransportError) -> Reply {
    let address = try ServerAddress(call.url)
    let client = options.proxies.proxy(for: address).flatMap { proxied[$0] } ?? direct
    var request = HTTPClientRequest(url: call.url)
    request.method = call.method == .post ? .POST : .GET
    for header in call.headers { request.headers.replaceOrAdd(name: header.name, value: header.value) }
    if call.method == .post { request.body = .bytes(ByteBuffer(bytes: call.body)) }
    do {
      let response = try await client.execute(
        request, timeout: .milliseconds(Int64(min(options.timeout, 1e7) * 1000)))
      if let length = response.headers.first(name: "content-length").flatMap({ Int($0) }),
        length > options.mostBytes
      {
        throw tooLarge(address)
      }
      let body = try await response.body.collect(upTo: options.mostBytes)
      return Reply(
        status: Int(response.status.code), headers: response.headers.map { Header($0.name, $0.value) },
        body: Array(body.readableBytesView))
    } catch {
      throw reason(error, address)
    }
  }

  private static func configuration(_ options: NetworkOptions) throws(TransportError)
    -> HTTPClient.Configuration
  {
    var tls = TLSConfiguration.makeClientConfiguration()
    if !options.verifiesCertificate { tls.certificateVerification = .none }
    if let path = options.certificates {
      do { tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path)) } catch {
        throw TransportError(
          .insecure, "\(path): holds no certificates that can be read",
          help: "`ca_cert_path` names a file in PEM form")
      }
    }
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
    configuration.timeout.connect = .seconds(Int64(min(options.timeout, 15).rounded(.up)))
    configuration.connectionPool.idleTimeout = .seconds(55)
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(1, options.connections)
    // Trying again is the business of who knows what was asked.
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.httpVersion = .http1Only
    return configuration
  }

  private func tooLarge(_ address: ServerAddress) -> TransportError {
    TransportError(
      .tooLarge, "\(address.origin) sent more than \(options.mostBytes >> 20) MiB for one request",
      help: "check that the address is that of a model server")
  }

  private func reason(_ error: any Error, _ address: ServerAddress) -> TransportError {
    let place = address.origin
    switch error {
    case let error as TransportError: return error
    case is CancellationError: return TransportError(.cancelled, "the request was cancelled")
    case is NIOTooManyBytesError: return tooLarge(address)
    case let error as HTTPClientError:
      switch error {
      case .cancelled: return TransportError(.cancelled, "the request was cancelled")
      case .connectTimeout, .httpProxyHandshakeTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
        return TransportError(
          .unreachable, "\(place) did not take a connection in time", help: "check that the server runs")
      case .readTimeout, .writeTimeout, .deadlineExceeded:
        return TransportError(
          .timedOut, "\(place) gave no whole answer within \(Int(options.timeout.rounded(.up))) seconds",
          help: "give it more with `timeout`, or ask less at once with `num_concurrent`")
      case .proxyAuthenticationRequired, .invalidProxyResponse:
        return TransportError(
          .unreachable, "the proxy before \(place) refused: \(error)",
          help: "look at HTTPS_PROXY, HTTP_PROXY and NO_PROXY")
      default: return TransportError(.cutOff, "\(place) hung up before its answer was whole (\(error))")
      }
    case let error as NIOConnectionError:
      guard error.dnsAError == nil || error.dnsAAAAError == nil else {
        return TransportError(
          .unreachable, "there is no host `\(address.host)`", help: "check the name in `base_url`")
      }
      return nobody(place)
    case let error as IOError where error.errnoCode == ECONNREFUSED: return nobody(place)
    case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError:
      return TransportError(
        .insecure, "\(place): its certificate was not accepted (\(error))",
        help:
          "name the authority's file with `ca_cert_path`, or set `verify_certificate=false` for a server that you trust"
      )
    default:
      return TransportError(.cutOff, "the connection to \(place) broke (\(error))")
    }
  }

  private func nobody(_ place: String) -> TransportError {
    TransportError(
      .unreachable, "nobody listens at \(place)",
      help: "start the server, or check host and port in `base_url`")
  }
}
