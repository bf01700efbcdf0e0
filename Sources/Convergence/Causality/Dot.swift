/// The name of one operation: the replica that wrote it, its counter there, and the branch if that
/// replica ever forked.
public struct Dot: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Who wrote it.
  public let replica: ReplicaID

  /// Its number in the stream, from 1.
  public let counter: Int64

  /// The side of a fork it stands on.
  public let branch: Branch

  /// Names an operation.
  public init(replica: ReplicaID, counter: Int64, branch: Branch = .trunk) {
    self.replica = replica
    self.counter = counter
    self.branch = branch
  }

  /// Reads `replica.counter` or `replica.counter.branch`; `nil` for anything else.
  public init?(text: String) {
    self.init(text: text[...])
  }

  /// Reads `replica.counter` or `replica.counter.branch`; `nil` for anything else.
  public init?(text: Substring) {
    guard let point = text.utf8.firstIndex(of: UInt8(ascii: ".")),
      let replica = ReplicaID(text: text[..<point])
    else { return nil }
    let rest = text[text.utf8.index(after: point)...]
    let end = rest.utf8.firstIndex(of: UInt8(ascii: "."))
    let digits = rest[..<(end ?? rest.endIndex)]
    guard let counter = Int64(digits), counter >= 1, String(counter) == digits else { return nil }
    guard let end else {
      self.init(replica: replica, counter: counter)
      return
    }
    guard let branch = Branch(text: rest[rest.utf8.index(after: end)...]) else { return nil }
    self.init(replica: replica, counter: counter, branch: branch)
  }

  /// The stream that numbers it.
  public var stream: StreamID { StreamID(replica: replica, branch: branch) }

  /// `replica.counter`, with `.branch` behind it unless it is on the trunk.
  public var description: String {
    branch == .trunk ? "\(replica).\(counter)" : "\(replica).\(counter).\(branch)"
  }

  /// Orders by replica, counter, branch.
  ///
  /// It means nothing about time: ask a ``VersionVector``.
  public static func < (left: Dot, right: Dot) -> Bool {
    if left.replica != right.replica { return left.replica < right.replica }
    if left.counter != right.counter { return left.counter < right.counter }
    return left.branch < right.branch
  }
}
