/// The operations of one replica in one visit, on one side of a fork.
public struct StreamID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Who writes it.
  public let replica: ReplicaID

  /// The side of a fork.
  public let branch: Branch

  /// Names a stream.
  public init(replica: ReplicaID, branch: Branch = .trunk) {
    self.replica = replica
    self.branch = branch
  }

  /// `replica`, or `replica/branch`.
  public var description: String {
    branch == .trunk ? "\(replica)" : "\(replica)/\(branch)"
  }

  /// Orders by replica, then branch.
  public static func < (left: StreamID, right: StreamID) -> Bool {
    left.replica == right.replica ? left.branch < right.branch : left.replica < right.replica
  }
}
