import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Values

/// What a server was asked.
struct Asked: Sendable {
  let path: String
  let headers: [String: String]
  let body: OrderedMap
  /// How many were asked before.
  let number: Int
}

/// How a server answers, well or badly.
enum Behaviour: Sendable {
  case reply(Value)
  /// The same after so many milliseconds.
  case later(Value, Int64)
  case status(Int, [String: String], String)
  /// Some bytes under a head that promises as many more, then the end of the connection.
  case half([UInt8])
  /// One byte every so many milliseconds.
  case drip(Value, Int64)
  case hang
  case close
  case bytes([UInt8])
}

/// An HTTP server on loopback that does what a test tells it to.
final class LoopbackServer: Sendable {
  let port: Int
  private let channel: any Channel
  private let state: Mutex<[Asked]>
  private let underWay = Mutex((now: 0, most: 0))

  private let scheme: String

  var url: String { "\(scheme)://127.0.0.1:\(port)" }
  var asked: [Asked] { state.withLock { $0 } }
  /// The most that was asked at one time.
  var most: Int { underWay.withLock { $0.most } }

  /// - Parameter tls: how it proves who it is; without, it speaks in the clear.
  init(
    tls: NIOSSLContext? = nil, _ behave: @escaping @Sendable (Asked) -> Behaviour
  ) async throws {
    scheme = tls == nil ? "http" : "https"
    let late = Late()
    let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 256)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
          try pipeline.configureHTTPServerPipeline()
          try pipeline.addHandler(Handler(late, behave))
        }
      }
    channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
    state = Mutex([])
    late.server.withLock { $0 = WeakServer(self) }
  }

  deinit { channel.close(promise: nil) }

  fileprivate func note(_ path: String, _ headers: [String: String], _ body: OrderedMap) -> Asked {
    underWay.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
    return state.withLock { asked in
      let one = Asked(path: path, headers: headers, body: body, number: asked.count)
      asked.append(one)
      return one
    }
  }

  fileprivate func ended() { underWay.withLock { $0.now -= 1 } }
}

private struct WeakServer: Sendable {
  weak let server: LoopbackServer?
  init(_ server: LoopbackServer) { self.server = server }
}

private final class Late: Sendable {
  let server = Mutex<WeakServer?>(nil)
  var it: LoopbackServer? { server.withLock { $0?.server } }
}

private final class Handler: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let server: Late
  private let behave: @Sendable (Asked) -> Behaviour
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []

  init(_ server: Late, _ behave: @escaping @Sendable (Asked) -> Behaviour) {
    self.server = server
    self.behave = behave
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
    case .body(let part): body += Array(part.readableBytesView)
    case .end:
      guard let head, let server = server.it else { return context.close(promise: nil) }
      let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { a, _ in a }
      let asked = server.note(head.uri, headers, (try? Value(json: body))?.asMap ?? [:])
      let (behaviour, channel) = (behave(asked), context.channel)
      guard case .later(let value, let milliseconds) = behaviour else {
        answer(behaviour, channel)
        return server.ended()
      }
      channel.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) {
        // Before the answer: who has it may ask again at once.
        server.ended()
        self.answer(.reply(value), channel)
      }
    }
  }

  private func answer(_ behaviour: Behaviour, _ channel: any Channel) {
    switch behaviour {
    case .reply(let value), .later(let value, _): send(200, [:], Array(value.json().utf8), channel)
    case .bytes(let bytes): send(200, [:], bytes, channel)
    case .status(let status, let headers, let text): send(status, headers, Array(text.utf8), channel)
    case .half(let bytes):
      write(200, ["content-length": "\(bytes.count * 2 + 10)"], channel)
      channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes)))).whenComplete {
        _ in
        channel.close(promise: nil)
      }
    case .drip(let value, let milliseconds):
      let bytes = Array(value.json().utf8)
      write(200, ["content-length": "\(bytes.count)"], channel)
      drip(bytes[...], milliseconds, channel)
    case .hang: break
    case .close: channel.close(promise: nil)
    }
  }

  private func drip(_ bytes: ArraySlice<UInt8>, _ milliseconds: Int64, _ channel: any Channel) {
    guard let first = bytes.first else {
      channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
      return
    }
    channel.writeAndFlush(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: [first]))), promise: nil)
    channel.eventLoop.scheduleTask(in: .milliseconds(milliseconds)) {
      self.drip(bytes.dropFirst(), milliseconds, channel)
    }
  }

  private func write(_ status: Int, _ headers: [String: String], _ channel: any Channel) {
    var head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status))
    head.headers.add(name: "content-type", value: "application/json")
    for (name, value) in headers { head.headers.add(name: name, value: value) }
    channel.write(HTTPServerResponsePart.head(head), promise: nil)
  }

  private func send(_ status: Int, _ headers: [String: String], _ bytes: [UInt8], _ channel: any Channel) {
    write(status, headers.merging(["content-length": "\(bytes.count)"]) { a, _ in a }, channel)
    channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(bytes: bytes))), promise: nil)
    channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
  }
}
