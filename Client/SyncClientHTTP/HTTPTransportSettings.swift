/// How long a transport waits and how much it takes.
public struct HTTPTransportSettings: Hashable, Sendable {
  /// How long to try to connect, in seconds.
  public var connectSeconds: Int64 = 10

  /// How long a connection may stay silent, in seconds.
  public var silenceSeconds: Int64 = 60

  /// How long to wait for the beginning of an answer, in seconds: a full body over a bad line.
  public var totalSeconds: Int64 = 300

  /// How long a stream may go on, in seconds; the server ends it before.
  public var streamSeconds: Int64 = 7_200

  /// How many pieces of a stream may wait to be read.
  public var waitingPieces = 1_024

  /// The longest answer taken, in bytes; a longer one counts as cut there.
  public var answerBytes = 16_777_216

  /// The settings as they are meant.
  public init() {}
}
