import Convergence

/// What devices said they had stored, kept outside of them.
struct Ledger {
  /// An operation that a device said it had stored.
  struct Promise {
    let device: Int
    /// The name it was given; another device may have given the same to something else.
    let dot: Dot
    let clock: Int64
    let draft: Draft
    /// Whether it was on nothing but a disk whose content is gone: nobody can keep it then.
    var isLost = false
    /// Whether the device itself was put back to before it; it comes back with a sync, if at all.
    var isAway = false
  }

  /// Items that a reviewer has come across.
  struct Items {
    var comments: [Dot] = []
    var ownComments: [Dot] = []
    var evidence: [Dot] = []
    var locations: [Dot] = []
  }

  /// Every acknowledged operation of a visit, in the order of writing.
  private(set) var promises: [Int: [Promise]] = [:]

  /// How many operations each device wrote in each visit and were not lost with its disk.
  private var counts: [World.Pair: Int64] = [:]

  /// How many operations of each replica each device has read so far, by visit.
  var read: [World.Pair: [ReplicaID: Int64]] = [:]

  /// What was written on devices that are destroyed, and is on no disk since their server was put back.
  private var nowhere: [Int: Set<Dot>] = [:]

  private var met: [World.Pair: Items] = [:]
  private var seen: [World.Pair: Set<Dot>] = [:]

  /// The items of each visit, in the order of writing.
  private var items: [Int: [(dot: Dot, draft: Draft)]] = [:]

  /// How many of a visit's newest items somebody looks through after a sync.
  private static let newest = 24

  /// A device said that it had stored an operation.
  mutating func wrote(_ entry: SimulatedDevice.Written, on device: Int, visit: Int) {
    promises[visit, default: []].append(
      Promise(device: device, dot: entry.dot, clock: entry.clock, draft: entry.draft)
    )
    counts[World.Pair(visit: visit, other: device), default: 0] += 1
    guard case .add = entry.draft.action else { return }
    items[visit, default: []].append((entry.dot, entry.draft))
    meet(entry.dot, entry.draft, on: device, visit: visit)
    guard case .add(let addition) = entry.draft.action, addition.type == "comment" else { return }
    met[World.Pair(visit: visit, other: device), default: Items()].ownComments.append(entry.dot)
  }

  /// How many operations a device wrote in a visit.
  func promisedCount(on device: Int, visit: Int) -> Int64 {
    counts[World.Pair(visit: visit, other: device)] ?? 0
  }

  /// A device lost its disk's content: what nothing else holds is gone, and what only others hold is
  /// not on the device for now.
  mutating func lose(
    on device: Int,
    visit: Int,
    unless isHeld: (Promise) -> Bool,
    orHere isHere: (Promise) -> Bool
  ) {
    for index in (promises[visit] ?? []).indices {
      guard let promise = promises[visit]?[index], promise.device == device else { continue }
      promises[visit]?[index].isAway = !isHere(promise)
      if !promise.isLost, !isHeld(promise) { promises[visit]?[index].isLost = true }
    }
    read[World.Pair(visit: visit, other: device)] = nil
  }

  /// A disk was put back, or destroyed: of what is not on its own device any more, that which nothing
  /// else holds is on no disk now.
  mutating func lose(visit: Int, destroyed: Set<Int>, unless isHeld: (Promise) -> Bool) {
    for index in (promises[visit] ?? []).indices {
      guard let promise = promises[visit]?[index] else { continue }
      let isDestroyed = destroyed.contains(promise.device)
      guard isDestroyed || promise.isAway, !isHeld(promise) else { continue }
      promises[visit]?[index].isLost = true
      if isDestroyed { nowhere[visit, default: []].insert(promise.dot) }
    }
  }

  /// How often each thing was said: two devices may say the same in the same moment.
  func sayings(visit: Int) -> [Saying: Int] {
    (promises[visit] ?? []).reduce(into: [:]) { $0[Saying($1), default: 0] += 1 }
  }

  /// Whether a device was put back to before something that it had stored.
  func hasAway(visit: Int) -> Bool { (promises[visit] ?? []).contains(where: \.isAway) }

  /// Whether an operation of a destroyed device is on no disk.
  func isLost(_ dot: Dot, visit: Int) -> Bool { nowhere[visit]?.contains(dot) ?? false }

  /// Whether any operation of a destroyed device is on no disk.
  func hasLost(of replica: ReplicaID, visit: Int) -> Bool {
    nowhere[visit]?.contains { $0.replica == replica } ?? false
  }

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
