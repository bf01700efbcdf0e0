package import Convergence

/// A fixed few replicas, people and branches, so that what is generated collides often.
///
/// Their bytes are chosen against shortcuts: some agree in the first half, some have the sign bit
/// set, and people sort the other way round than replicas.
package enum Cast {
  /// How many of each there are.
  package static let count = 4

  /// The replica of a number.
  ///
  /// - Precondition: It is from 0 and below ``count``.
  package static func replica(_ number: Int) -> ReplicaID { ReplicaID(bits: bits[number]) }

  /// The person of a number; none of them is the authority.
  ///
  /// - Precondition: It is from 0 and below ``count``.
  package static func person(_ number: Int) -> PersonID {
    PersonID(bits: bits[count - 1 - number])
  }

  /// The branch of a number; 0 is the trunk.
  ///
  /// - Precondition: It is from 0 and below ``count``.
  package static func branch(_ number: Int) -> Branch { Branch(name: branches[number]) }

  /// All replicas, by number.
  package static let replicas = (0..<count).map(replica)

  /// All people, by number.
  package static let people = (0..<count).map(person)

  private static let bits = [
    Bits128(high: 1, low: .max),
    Bits128(high: 0x8000_0000_0000_0000, low: 0),
    Bits128(high: 0x8000_0000_0000_0000, low: 0x8000_0000_0000_0001),
    Bits128(high: .max, low: 1),
  ]

  private static let branches: [UInt64] = [0, 0x8000_0000_0000_0000, 5, .max]
}

extension Dot {
  /// The operation of a replica and branch of the ``Cast``, by numbers.
  package static func of(_ replica: Int, _ counter: Int64, branch: Int = 0) -> Dot {
    Dot(replica: Cast.replica(replica), counter: counter, branch: Cast.branch(branch))
  }
}

extension StreamID {
  /// The stream of a replica and branch of the ``Cast``, by numbers.
  package static func of(_ replica: Int, branch: Int = 0) -> StreamID {
    StreamID(replica: Cast.replica(replica), branch: Cast.branch(branch))
  }
}

extension Dot: Pasteable {
  /// `.of(0, 3)` where the ``Cast`` has its replica and branch.
  package var source: String {
    guard let replica = Cast.replicas.firstIndex(of: replica),
      let branch = (0..<Cast.count).first(where: { Cast.branch($0) == branch })
    else {
      let bits = replica.bits
      return "Dot(replica: ReplicaID(bits: Bits128(high: \(bits.high), low: \(bits.low))), "
        + "counter: \(counter), branch: Branch(name: \(self.branch.name)))"
    }
    return branch == 0
      ? ".of(\(replica), \(counter))" : ".of(\(replica), \(counter), branch: \(branch))"
  }
}

extension Value: Pasteable {
  /// The case with its payload.
  package var source: String {
    switch self {
    case .bool(let bool): ".bool(\(bool))"
    case .int(let int): ".int(\(int))"
    case .string(let string): ".string(\(string.debugDescription))"
    case .list(let list): ".list([\(list.map(\.source).joined(separator: ", "))])"
    case .map(let map):
      map.members.isEmpty
        ? ".object([:])"
        : ".object([\(map.members.map(Self.source).joined(separator: ", "))])"
    }
  }

  private static func source(of member: Map.Member) -> String {
    "\(member.key.debugDescription): \(member.value.source)"
  }
}
