public import Convergence

/// What a server says to a hello.
public struct HelloAnswer: Hashable, Sendable {
  /// How the server sees the replica.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Nothing is wrong.
    case ok

    /// The client has read further than this history goes, or something else than it holds, or was
    /// greeted more often than the server remembers.
    case rewound

    /// The replica has two different batches of one number.
    case forked

    /// Somebody else has presented the replica's token.
    case cloned

    /// The device was revoked.
    case revoked

    /// The server no longer speaks what the client speaks.
    case upgrade
  }

  /// The server's clock, in milliseconds since 1970.
  public let time: Int64

  /// The history that positions count in.
  public let epoch: Epoch

  /// How the server sees the replica.
  public let state: State

  /// The server's name, for display.
  public let server: String

  /// What the client brings with its next hello, word for word; `nil` if no token was accepted.
  ///
  /// By it, a server that was put back knows that it has heard more of the client than it remembers.
  public let receipt: String?

  /// Describes an answer.
  public init(time: Int64, epoch: Epoch, state: State, server: String, receipt: String? = nil) {
    self.time = time
    self.epoch = epoch
    self.state = state
    self.server = server
    self.receipt = receipt
  }

  /// The value of a `hello` frame.
  public var value: Value {
    let members: [Value.Map.Member] = [
      .init(key: "epoch", value: .string(epoch.text)),
      .init(key: "limits", value: Self.limits),
      .init(key: "server", value: .string(server)),
      .init(key: "state", value: .string(state.rawValue)),
      .init(key: "time", value: .int(time)),
      .init(key: "v", value: .int(1)),
    ]
    let given = receipt.map { [Value.Map.Member(key: "receipt", value: .string($0))] } ?? []
    return Value.Map(members + given).map { .map($0) } ?? .list([])
  }

  private static let limits = Value.object([
    "batchLineBytes": .int(Int64(Limits.batchLineBytes)),
    "bodyBytes": .int(Int64(Limits.bodyBytes)),
    "compressedBodyBytes": .int(Int64(Limits.compressedBodyBytes)),
    "operationBytes": .int(Int64(Limits.operationBytes)),
    "pageBatches": .int(Int64(Limits.pageBatches)),
  ])

  /// Reads the value of a `hello` frame.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "hello")
    _ = try members.int("v", in: 1...1)
    time = try members.int("time")
    epoch = try members.identifier("epoch")
    server = try members.string("server", atMost: Limits.nameBytes)
    guard let state = State(rawValue: try members.string("state")) else {
      throw members.mistyped("state", "a known state")
    }
    self.state = state
    receipt = try members.receipt()
  }
}
