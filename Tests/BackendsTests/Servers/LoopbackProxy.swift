import NIOCore
import NIOPosix
import Synchronization

/// A proxy on loopback that leads everybody to one server, whatever host is asked for.
final class LoopbackProxy: Sendable {
  let port: Int
  private let channel: any Channel
  private let seen: Seen

  /// The first head of each connection.
  var heads: [String] { seen.heads.withLock { $0 } }

  fileprivate final class Seen: Sendable {
    let heads = Mutex<[String]>([])
  }

  init(to target: Int) async throws {
    let seen = Seen()
    self.seen = seen
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Relay(seen, target))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    port = channel.localAddress?.port ?? 0
  }

  deinit { channel.close(promise: nil) }
}

/// Reads one head, connects, and passes on what follows.
private final class Relay: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let seen: LoopbackProxy.Seen
  private let target: Int
  private var begun: [UInt8] = []
  private var isConnecting = false
  private var peer: (any Channel)?

  init(_ seen: LoopbackProxy.Seen, _ target: Int) {
    self.seen = seen
    self.target = target
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    if let peer { return peer.writeAndFlush(buffer, promise: nil) }
    begun += Array(buffer.readableBytesView)
    let text = String(decoding: begun, as: UTF8.self)
    guard !isConnecting, let end = text.firstRange(of: "\r\n\r\n") else { return }
    isConnecting = true
    let head = String(text[..<end.lowerBound])
    seen.heads.withLock { $0.append(head) }
    let channel = context.channel
    ClientBootstrap(group: context.eventLoop)
      .channelInitializer { peer in
        peer.eventLoop.makeCompletedFuture { try peer.pipeline.syncOperations.addHandler(WayBack(channel)) }
      }
      .connect(host: "127.0.0.1", port: target).whenComplete { result in
        guard case .success(let peer) = result else { return channel.close(promise: nil) }
        self.peer = peer
        if head.hasPrefix("CONNECT") {
          channel.writeAndFlush(ByteBuffer(string: "HTTP/1.1 200 Connected\r\n\r\n"), promise: nil)
        } else {
          peer.writeAndFlush(ByteBuffer(bytes: self.begun), promise: nil)
        }
      }
  }

  func channelInactive(context: ChannelHandlerContext) { peer?.close(promise: nil) }
}

private final class WayBack: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer

  private let channel: any Channel
  init(_ channel: any Channel) { self.channel = channel }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    channel.writeAndFlush(unwrapInboundIn(data), promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) { channel.close(promise: nil) }
}
