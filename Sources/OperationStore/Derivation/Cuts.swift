import Convergence
import SyncProtocol

/// What the authority's cuts mean on each stream of a replica that forked (section 5).
///
/// A cut names batches as deps do: inside are those batches and their chains. On a replica that
/// never forked, and where every named batch is held, the counter in the cut says the same, and that
/// is all that a meaning looks at. Elsewhere it is given the authority's words with the counter that
/// the cut reaches to on the stream in question, and without the entries that do not reach there: a
/// second branch, begun behind a revocation, must not slip inside by its low counters.
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
    let named = words.flatMap { Self.entries(in: $0).compactMap { Dependency($0) } }
    isPlain = named.allSatisfy { batches[$0] != nil }
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

  /// The entries of the cut that an operation of the authority writes.
  static func entries(in operation: Operation) -> [Value] {
    guard case .set(let assignment) = operation.action else { return [] }
    return assignment.value["cut"]?.list ?? []
  }

  private func scoped(_ operation: Operation, to stream: StreamID) -> Operation {
    guard case .set(let assignment) = operation.action,
      case .map(let map) = assignment.value, map["cut"] != nil
    else { return operation }
    let entries = Self.entries(in: operation).compactMap { entry -> Value? in
      guard let named = Dependency(entry), named.replica == stream.replica else { return entry }
      guard let holder = batches[named],
        let reach = lineage.chain(holder, to: named.lastCounter).first(where: {
          $0.stream == stream
        })
      else { return nil }
      return Dependency(
        replica: named.replica,
        lastCounter: reach.lastCounter,
        hashPrefix: named.hashPrefix
      ).value
    }
    let members = map.members.map {
      $0.key == "cut" ? Value.Map.Member(key: "cut", value: .list(entries)) : $0
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
}
