public import Hummingbird
import Logging

/// What is known of one request while it is answered.
public struct FieldbookContext: RequestContext {
  /// What the router keeps here.
  public var coreContext: CoreRequestContextStorage

  /// Whether the request comes from this machine.
  public let isLocal: Bool

  /// What the handlers found out, for the log.
  let notes = RequestNotes()

  /// Begins with a connection.
  public init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    let peer = source.channel.remoteAddress
    // A connection to one of the machine's own addresses has it at both ends.
    isLocal =
      switch peer?.ipAddress {
      case nil: false
      case "127.0.0.1", "::1", "::ffff:127.0.0.1": true
      case let address: address == source.channel.localAddress?.ipAddress
      }
  }
}
