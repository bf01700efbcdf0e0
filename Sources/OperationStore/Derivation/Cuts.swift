import Convergence
import SyncProtocol

/// What the authority's cuts and releases mean on each stream of a replica that forked (section 5).
///
/// A cut names batches as deps do: inside are those batches and their chains. A release names a
/// range of counters along the chain of a batch. On a replica that never forked, and where every
/// named batch is held, the counters say the same, and they are all that a meaning looks at.
/// Elsewhere it is given the authority's words with the counter that they reach to on the stream in
/// question, and without the entries that do not reach there: a second branch, begun behind a
/// revocation or beside what was released, must not slip inside by its low counters.
struct Cuts {
  private let words: [Operation]
  private let batches: [Dependency: StreamID]
  private let lineage: Lineage
  private let isPlain: Bool

  /// Looks at the cuts in the authority's operations.
  ///
  /// - Parameters:
  ///   - words: The authority's operations that have effect, in the order of the log.
  ///   - batches: Every batch held, and the stream it stands on.
  ///   - lineage: How the streams hang together.
  init(_ words: [Operation], batches: [Dependency: StreamID], lineage: Lineage) {
    self.words = words
    self.batches = batches
    self.lineage = lineage
    isPlain = words.allSatisfy { Self.named(in: $0).allSatisfy { batches[$0] != nil } }
  }

  /// What the authority says to a stream; `nil` where the cuts can be taken as they stand.
  func authority(for stream: StreamID) -> Authority? {
    guard !isPlain || stream.branch != .trunk || lineage.hasForked(stream.replica) else {
      return nil
    }
    var authority = Authority()
    for operation in words {
      authority.absorb(scoped(operation, to: stream))
    }
    return authority
  }

  /// The batches that the cut or the release which an operation of the authority writes names.
  static func named(in operation: Operation) -> [Dependency] {
    guard case .set(let assignment) = operation.action else { return [] }
    let cut = (assignment.value["cut"]?.list ?? []).compactMap { Dependency($0) }
    guard let replica = Self.released(by: assignment) else { return cut }
    return cut
      + (assignment.value["batches"]?.list ?? []).compactMap { Released($0, of: replica)?.batch }
  }

  private func scoped(_ operation: Operation, to stream: StreamID) -> Operation {
    guard case .set(let assignment) = operation.action,
      case .map(let map) = assignment.value
    else { return operation }
    let isRelease = Self.released(by: assignment) == stream.replica
    guard map["cut"] != nil || isRelease else { return operation }
    let members = map.members.map { member -> Value.Map.Member in
      guard let list = member.value.list else { return member }
      switch member.key {
      case "cut":
        return Value.Map.Member(
          key: member.key,
          value: .list(list.compactMap { scoped(cut: $0, to: stream) })
        )
      case "batches" where isRelease:
        return Value.Map.Member(
          key: member.key,
          value: .list(list.compactMap { scoped(release: $0, to: stream) })
        )
      default: return member
      }
    }
    return Operation(
      dot: operation.dot,
      person: operation.person,
      clock: operation.clock,
      action: .set(
        Assignment(
          record: assignment.record,
          field: assignment.field,
          slot: assignment.slot,
          location: assignment.location,
          value: Value.Map(members).map { .map($0) } ?? assignment.value,
          over: assignment.over
        )
      ),
      cites: operation.cites
    )
  }

  private func scoped(cut entry: Value, to stream: StreamID) -> Value? {
    guard let named = Dependency(entry), named.replica == stream.replica else { return entry }
    guard let last = reach(of: named, on: stream) else { return nil }
    return Dependency(
      replica: named.replica,
      lastCounter: last,
      hashPrefix: named.hashPrefix
    ).value
  }

  private func scoped(release entry: Value, to stream: StreamID) -> Value? {
    guard let released = Released(entry, of: stream.replica),
      let last = reach(of: released.batch, on: stream), released.first <= last
    else { return nil }
    return .list([
      .int(released.first), .int(last), .string(Text64.encode(released.batch.hashPrefix.bytes)),
    ])
  }

  /// The last counter of a stream that is in the chain of a batch; `nil` if none is, or nobody has
  /// the batch.
  private func reach(of named: Dependency, on stream: StreamID) -> Int64? {
    guard let holder = batches[named] else { return nil }
    return lineage.chain(holder, to: named.lastCounter).first { $0.stream == stream }?.lastCounter
  }

  /// Whose operations an assignment releases; `nil` if it releases none.
  private static func released(by assignment: Assignment) -> ReplicaID? {
    guard assignment.field == "release", assignment.record == .named("visit") else { return nil }
    return ReplicaID(text: assignment.slot)
  }

  /// An entry of a release: `[first, last, hash]`.
  private struct Released {
    let first: Int64
    let batch: Dependency

    init?(_ value: Value, of replica: ReplicaID) {
      guard let parts = value.list, parts.count == 3, let first = parts[0].int,
        let batch = Dependency(.list([.string(replica.text), parts[1], parts[2]]))
      else { return nil }
      self.first = first
      self.batch = batch
    }
  }
}
