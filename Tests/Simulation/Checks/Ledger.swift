import Convergence

/// What devices said they had stored, kept outside of them.
struct Ledger {
  /// Whose stream in which visit.
  struct Place: Hashable, Comparable {
    let visit: Int
    let replica: ReplicaID

    static func < (left: Place, right: Place) -> Bool {
      left.visit == right.visit ? left.replica < right.replica : left.visit < right.visit
    }
  }

  /// Items that a reviewer has come across.
  struct Items {
    var comments: [Dot] = []
    var ownComments: [Dot] = []
    var evidence: [Dot] = []
    var locations: [Dot] = []
  }

  /// Every acknowledged operation of a stream, counter 1 first.
  private(set) var promised: [Place: [Draft]] = [:]

  /// How many operations of each replica each device has read so far, by visit.
  var read: [World.Pair: [ReplicaID: Int64]] = [:]

  private var met: [World.Pair: Items] = [:]
  private var seen: [World.Pair: Set<Dot>] = [:]

  /// The items of each visit, in the order of writing.
  private var items: [Int: [(dot: Dot, draft: Draft)]] = [:]

  /// How many of a visit's newest items somebody looks through after a sync.
  private static let newest = 24

  /// A device said that it had stored an operation.
  mutating func wrote(_ entry: SimulatedDevice.Written, on device: Int, visit: Int) {
    let place = Place(visit: visit, replica: entry.dot.replica)
    // After a restore, counters come again; what stands there then is a fork's business.
    if entry.dot.counter == promisedCount(place) + 1 {
      promised[place, default: []].append(entry.draft)
    }
    guard case .add = entry.draft.action else { return }
    items[visit, default: []].append((entry.dot, entry.draft))
    meet(entry.dot, entry.draft, on: device, visit: visit)
    guard case .add(let addition) = entry.draft.action, addition.type == "comment" else { return }
    met[World.Pair(visit: visit, other: device), default: Items()].ownComments.append(entry.dot)
  }

  /// How many operations of a stream were promised.
  func promisedCount(_ place: Place) -> Int64 { Int64(promised[place]?.count ?? 0) }

  /// The streams with promises, in order.
  var places: [Place] { promised.keys.sorted() }

  /// The items that a device's reviewer has come across in a visit.
  func items(of device: Int, visit: Int) -> Items {
    met[World.Pair(visit: visit, other: device)] ?? Items()
  }

  /// A reviewer looks at what a sync brought.
  mutating func look(at visit: Int, on device: Int, holding vector: VersionVector) {
    for item in (items[visit] ?? []).suffix(Self.newest) where vector.includes(item.dot) {
      meet(item.dot, item.draft, on: device, visit: visit)
    }
  }

  private mutating func meet(_ dot: Dot, _ draft: Draft, on device: Int, visit: Int) {
    let pair = World.Pair(visit: visit, other: device)
    guard case .add(let addition) = draft.action,
      seen[pair, default: []].insert(dot).inserted
    else { return }
    switch addition.type {
    case "comment": met[pair, default: Items()].comments.append(dot)
    case "evidence": met[pair, default: Items()].evidence.append(dot)
    case "location": met[pair, default: Items()].locations.append(dot)
    default: break
    }
  }
}
