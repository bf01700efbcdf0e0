public import Convergence

/// One thing that a bundle carries (section 8.1).
public enum BundleItem: Hashable, Sendable {
  /// An operation that its author wrote and had not sealed: nothing proves it.
  public struct OpenOperation: Hashable, Sendable {
    /// The visit; `nil` where a damaged store no longer told.
    public let visit: VisitID?

    /// The replica that wrote it; `nil` likewise.
    public let replica: ReplicaID?

    /// Its number in the stream.
    public let counter: Int64

    /// What it does, with references written out.
    public let operation: Value

    /// Describes an operation.
    public init(visit: VisitID?, replica: ReplicaID?, counter: Int64, operation: Value) {
      self.visit = visit
      self.replica = replica
      self.counter = counter
      self.operation = operation
    }
  }

  /// A certificate.
  case certificate(SealedCertificate)

  /// A batch, and where it stood in the log of whoever made the bundle.
  case batch(SealedBatch, Frame.Place?)

  /// A batch that a server refused, kept as bytes, and the reason that was given.
  case rescued(SealedBatch, why: String)

  /// An operation that was never sealed.
  case open(OpenOperation)
}

extension BundleItem.OpenOperation {
  /// The value of an `open` frame.
  var value: Value {
    var members: [Value.Map.Member] = [.init(key: "counter", value: .int(counter))]
    members.append(.init(key: "operation", value: operation))
    if let replica { members.append(.init(key: "replica", value: .string(replica.text))) }
    if let visit { members.append(.init(key: "visit", value: .string(visit.text))) }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  /// Reads the value of an `open` frame.
  init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "open")
    visit = members.has("visit") ? try members.identifier("visit") : nil
    replica = members.has("replica") ? try members.identifier("replica") : nil
    counter = try members.int("counter", in: 1...Limits.greatestInteger)
    operation = try members.value("operation")
  }
}
