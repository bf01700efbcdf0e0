package import Convergence

extension SeededGenerator {
  /// A replica of the ``Cast``.
  package mutating func replica() -> ReplicaID { Cast.replica(below(Cast.count)) }

  /// A person of the ``Cast``.
  package mutating func person() -> PersonID { Cast.person(below(Cast.count)) }

  /// Any sixteen bytes, the extremes more often than chance would have it.
  package mutating func bits() -> Bits128 {
    Bits128(high: half(), low: half())
  }

  private mutating func half() -> UInt64 {
    pick([0, 1, UInt64(Int64.max), UInt64(Int64.max) + 1, .max, next(), next(), next()])
  }

  /// Any branch, the trunk about every other time.
  package mutating func branch() -> Branch {
    chance(1, in: 2) ? .trunk : Branch(name: half())
  }

  /// A stream of the ``Cast``; one in four stands on a branch.
  package mutating func stream() -> StreamID {
    .of(below(Cast.count), branch: chance(1, in: 4) ? int(in: 1...Cast.count - 1) : 0)
  }

  /// An operation of the ``Cast`` with a small counter.
  package mutating func dot() -> Dot {
    let stream = stream()
    return Dot(replica: stream.replica, counter: Int64(int(in: 1...4)), branch: stream.branch)
  }

  /// A vector over the ``Cast`` with small counters, in which most streams are absent as often as
  /// not.
  package mutating func versionVector() -> VersionVector {
    var vector = VersionVector()
    for _ in 0..<below(5) {
      vector.extend(stream(), to: Int64(int(in: 1...4)))
    }
    return vector
  }

  /// Any value, at most that many containers deep.
  package mutating func value(depth: Int = 3) -> Value {
    switch below(depth > 0 ? 6 : 4) {
    case 0: return .bool(chance(1, in: 2))
    case 1: return .int(Int64(int(in: -3...3)))
    case 2: return .int(pick([0, -1, 9_007_199_254_740_991, -9_007_199_254_740_991]))
    case 3: return .string(string())
    case 4: return .list((0..<below(4)).map { _ in value(depth: depth - 1) })
    default:
      let keys = subset(["a", "aa", "b", "B", "because", "~", "1", "10", "2"])
      let members = shuffle(keys).map { Value.Map.Member(key: $0, value: value(depth: depth - 1)) }
      return Value.Map(members).map { .map($0) } ?? .bool(false)
    }
  }

  /// A short text of letters, quotes, controls, and signs beyond ASCII.
  package mutating func string() -> String {
    let signs: [Unicode.Scalar] = [
      "a", "b", "\"", "\\", "/", "\n", "\t", "\u{1}", "\u{1F}", " ", "\u{7F}", "\u{E9}", "\u{2028}",
      "\u{1F600}",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<below(6) { text.append(pick(signs)) }
    return String(text)
  }

  /// Writes to one cell as people make them: each author has seen some of the earlier writes, with
  /// all that their authors had seen, and writes over some or all of the values standing there.
  ///
  /// Every dot is new; a stream that forked numbers its branches alike. Clocks often read the same.
  package mutating func writes(_ count: Int) -> [Write] {
    var writes: [Write] = []
    var seen: [Set<Int>] = []
    for index in 0..<count {
      let stream = stream()
      let own = (0..<index).filter { writes[$0].sibling.dot.stream == stream }
      var past = Set(own)
      for earlier in 0..<index where chance(1, in: 3) { past.insert(earlier) }
      for earlier in past { past.formUnion(seen[earlier]) }
      seen.append(past)
      let standing = Write.survivors(of: past.sorted().map { writes[$0] }).map(\.dot)
      writes.append(
        Write(
          Dot(replica: stream.replica, counter: Int64(own.count + 1), branch: stream.branch),
          by: below(Cast.count),
          clock: Int64(below(3)),
          value(depth: 1),
          over: chance(3, in: 4) ? standing : subset(standing)
        )
      )
    }
    return writes
  }

  /// Writes that no honest program makes: `over` names anything, even its own dot, later dots, each
  /// other in a circle, or dots that nobody wrote.
  package mutating func wildWrites(_ count: Int) -> [Write] {
    let honest = writes(count)
    return honest.map { write in
      let dots = subset(honest.map(\.sibling.dot)) + (chance(1, in: 4) ? [dot()] : [])
      return Write(
        write.sibling.dot,
        by: Cast.people.firstIndex(of: write.sibling.person) ?? 0,
        clock: write.sibling.clock,
        write.sibling.value,
        over: chance(1, in: 2) ? dots : write.over
      )
    }
  }
}
