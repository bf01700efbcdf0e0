import Convergence
import SyncProtocol

/// Under which name each operation goes (sections 3.6 and 3.7).
///
/// A place has a dot of its own. Several places are one operation where they have the same content
/// and the same counter of the same replica, on two branches or by `was`.
struct ModelNames: Sendable {
  private let names: [Dot]

  /// What makes several places one operation.
  private struct Identity: Hashable {
    let replica: ReplicaID
    let counter: Int64
    let content: [UInt8]
  }

  /// A counter of a replica, with what stands there.
  private struct Claim: Hashable {
    let replica: ReplicaID
    let counter: Int64
  }

  /// The name of the operation at a place.
  subscript(node: Int) -> Dot { names[node] }

  /// Works out the names of a whole log.
  init(_ log: ModelLog, _ readings: [ModelReader.Reading]) {
    let places = log.nodes.indices.map { log.dot($0) }
    guard !log.forks.isEmpty || readings.contains(where: { $0.formerName != nil }) else {
      names = places
      return
    }
    // References lead to earlier operations, and those come first in a log.
    var numbers: [Identity: Int] = [:]
    var identities: [Identity] = []
    var identityOf: [Int] = []
    for (node, reading) in readings.enumerated() {
      let stands = reading.formerName ?? places[node]
      let identity = Identity(
        replica: stands.replica,
        counter: stands.counter,
        content: Self.content(of: node, reading, log) { identityOf[$0] }
      )
      let number = numbers[identity] ?? identities.count
      if number == identities.count { identities.append(identity) }
      numbers[identity] = number
      identityOf.append(number)
    }

    /// Under which contents a counter is claimed: by what stands there, and by what says that it
    /// was to stand there.
    var claims: [Claim: Set<[UInt8]>] = [:]
    for (node, number) in identityOf.enumerated() {
      let identity = identities[number]
      for dot in [places[node], readings[node].formerName ?? places[node]] {
        claims[Claim(replica: dot.replica, counter: dot.counter), default: []]
          .insert(identity.content)
      }
    }
    let nodesOf = Dictionary(grouping: identityOf.indices, by: { identityOf[$0] })
    names = identityOf.map { number in
      let identity = identities[number]
      let nodes = nodesOf[number] ?? []
      let sealed = nodes.filter { readings[$0].formerName == nil }.map { places[$0] }
      // Sealed by the replica itself: the least of the branches.
      if let least = sealed.min() { return least }
      // Moved, and sealed under the old name nowhere: the old name, unless something else is there.
      let claim = Claim(replica: identity.replica, counter: identity.counter)
      let former = nodes.compactMap { readings[$0].formerName }.min()
      let own = nodes.map { places[$0] }.min()
      return (claims[claim]?.count == 1 ? former : own) ?? places[nodes[0]]
    }
  }

  /// The operation without `d` and `was`, its references replaced by the identities of what they
  /// name, and its clock label.
  ///
  /// What does not read is like nothing else.
  private static func content(
    of node: Int,
    _ reading: ModelReader.Reading,
    _ log: ModelLog,
    _ identity: (Int) -> Int
  ) -> [UInt8] {
    let place = log.nodes[node]
    guard reading.statement.isReadable,
      case .map(let map) = log.batches[place.batch].content.operations[place.index],
      let kind = map["k"]?.string
    else { return Array("place \(node)".utf8) }
    func written(_ reference: Value) -> Value {
      guard reference.string == nil, let target = log.target(of: reference, from: node) else {
        return reference
      }
      return .list([.string("operation"), .int(Int64(identity(target)))])
    }
    let members = map.members.compactMap { member -> Value? in
      if ["d", "was"].contains(member.key) { return nil }
      var value = member.value
      if references[kind]?.contains(member.key) ?? false {
        let isList = ["over", "cites"].contains(member.key)
        value = isList ? .list((value.list ?? []).map(written)) : written(value)
      }
      return .list([.string(member.key), value])
    }
    return Value.list([.int(reading.clock), .list(members)]).canonical
  }

  /// The members of each kind that refer to operations.
  private static let references: [String: [String]] = [
    "set": ["at", "l", "over", "cites"], "add": ["in", "re", "cites"], "inc": ["at", "l"],
    "fix": ["at", "l", "over"], "ins": ["at", "after"],
  ]
}
