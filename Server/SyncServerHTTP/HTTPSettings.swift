import SyncProtocol

/// What the HTTP side of a server allows, each bound by name.
public struct HTTPSettings: Hashable, Sendable {
  /// The largest body of a request, in bytes.
  public var bodyBytes = Limits.bodyBytes

  /// The largest compressed body of a request as sent, in bytes.
  public var compressedBodyBytes = Limits.compressedBodyBytes

  /// The shortest body of an answer that is compressed, in bytes: shorter ones fit a packet anyway.
  public var compressedAnswerBytes = 512

  /// How long the body of a request may take to arrive: 8 MiB over the worst line worth it.
  public var bodyTimeout = Duration.seconds(120)

  /// How long a connection may stay silent, headers included, before it is closed, in seconds.
  public var idleSeconds: Int64 = 60

  /// The most connections; whoever comes beyond waits in the backlog of the system.
  public var connections = 512

  /// The most requests that are worked on at once; whoever comes beyond is asked to try later.
  public var requests = 64

  /// The most devices that listen for what is new; whoever comes beyond is asked to try later.
  public var listeners = 400

  /// How long a stream of events is silent at most.
  public var beat = Duration.seconds(15)

  /// How long a stream of events lasts before its device has to prove itself again.
  public var longestStream = Duration.seconds(1_800)

  /// How long one poll for what is new is answered at the latest.
  public var longestWait = Duration.seconds(25)

  /// How long a client that is turned away is asked to wait, in seconds.
  public var retryAfterSeconds = 5

  /// The settings as they are meant.
  public init() {}
}
