import Exchange
import Transport

extension BackendContext {
  /// The way to some servers: what was handed in, or the network as the settings want it.
  func transport(_ settings: ServerSettings, _ servers: [String]) throws(BackendError) -> any Transport {
    if let transport { return transport }
    var options = NetworkOptions()
    options.verifiesCertificate = settings.verifiesCertificate
    options.certificates = settings.certificates
    options.timeout = settings.timeout
    options.connections = settings.concurrent
    do throws(TransportError) {
      options.proxies = try ProxySettings(variable)
      return try NetworkTransport(options, for: servers)
    } catch { throw BackendError(.unusable, error.message, help: error.help) }
  }
}
