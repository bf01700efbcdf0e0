import Convergence
import SyncProtocol
import TestSupport

/// All batches of a visit, each behind what it builds on, and all operations by number.
struct ModelLog: Sendable {
  /// The batches.
  private(set) var batches: [ModelBatch] = []

  /// Every operation: its batch, and its place there.
  ///
  /// A number below means an index into this.
  private(set) var nodes: [(batch: Int, index: Int)] = []

  /// Batches of one replica that follow the same batch, or are all number 1: each list is a fork.
  private(set) var forks: [ReplicaID: [[Int]]] = [:]

  private var named: [Dependency: Int] = [:]
  private var numbered: [Counter: [Int]] = [:]
  private var beginnings: [Branch: [Int]] = [:]

  /// A counter of a replica; two branches may both have it.
  private struct Counter: Hashable {
    let replica: ReplicaID
    let counter: Int64
  }

  private typealias Sheet = ModelSheets.Sheet

  /// Reads lines and puts them in order.
  ///
  /// - Parameters:
  ///   - visit: The visit that all of them belong to.
  ///   - lines: The sealed lines in any order; one that is there twice counts once.
  ///   - people: Whose each replica is.
  /// - Throws: ``BrokenLaw`` if a line is of another visit, of nobody, or builds on what is absent
  ///   and was not declared lost.
  init(visit: VisitID, lines: [[UInt8]], people: [ReplicaID: PersonID]) throws {
    let sheets = try ModelSheets(visit: visit, lines: lines, people: people)
    var followers: [Follower: Int] = [:]
    for sheet in sheets.sheets.values { followers[Follower(sheet), default: 0] += 1 }
    var indices: [Dependency: Int] = [:]
    for sheet in Self.ordered(sheets.sheets.values.sorted { $0.hash < $1.hash }) {
      let batch = sheet.content
      // What stands for lost batches has no operations: nobody need have certified it.
      guard let person = people[batch.replica] ?? (sheet.isLost ? .authority : nil) else {
        throw BrokenLaw("visit \(visit): replica \(batch.replica) has no certificate")
      }
      let previous = sheet.before.flatMap { indices[$0] }
      if !sheet.isLost, let previous, batches[previous].content.number > 0 {
        try Self.checkChain(batch, behind: batches[previous].content)
      }
      let (chain, past) = sets(of: sheet, behind: previous, indices)
      let isFork = followers[Follower(sheet)] ?? 1 > 1
      let branch = isFork ? sheet.hash.branch : previous.map { batches[$0].branch } ?? .trunk
      let index = batches.count
      batches.append(
        ModelBatch(
          hash: sheet.hash,
          content: batch,
          person: person,
          previous: previous,
          chain: chain,
          past: past,
          branch: branch,
          firstNode: nodes.count
        )
      )
      indices[sheet.name] = index
      note(index, isFork: isFork)
    }
  }

  /// What two batches have in common that make a fork.
  private struct Follower: Hashable {
    let replica: ReplicaID
    let before: Dependency?

    init(_ sheet: Sheet) {
      replica = sheet.content.replica
      before = sheet.before
    }
  }

  private static func name(_ hash: Hash256, _ batch: Batch) -> Dependency {
    Dependency(
      replica: batch.replica,
      lastCounter: batch.lastCounter,
      hashPrefix: hash.prefix
    )
  }

  /// Puts each batch behind what it names, taking again and again what waits for nothing.
  private static func ordered(_ sheets: [Sheet]) -> [Sheet] {
    var waiting: [Dependency: Int] = [:]
    var waiters: [Dependency: [Int]] = [:]
    for (index, sheet) in sheets.enumerated() {
      for name in Set(sheet.names) { waiters[name, default: []].append(index) }
      waiting[sheet.name] = Set(sheet.names).count
    }
    var order = sheets.filter { waiting[$0.name] == 0 }
    var next = 0
    while next < order.count {
      for index in (waiters[order[next].name] ?? []).sorted() {
        let left = (waiting[sheets[index].name] ?? 0) - 1
        waiting[sheets[index].name] = left
        if left == 0 { order.append(sheets[index]) }
      }
      next += 1
    }
    return order
  }

  private static func checkChain(_ batch: Batch, behind previous: Batch) throws {
    try demand(
      previous.replica == batch.replica && previous.number + 1 == batch.number
        && previous.lastCounter + 1 == batch.firstCounter,
      "batch \(batch.number) of replica \(batch.replica) does not follow the one it names"
    )
  }

  private func sets(
    of sheet: Sheet,
    behind previous: Int?,
    _ indices: [Dependency: Int]
  ) -> (chain: ModelSet, past: ModelSet) {
    var chain = ModelSet()
    var past = ModelSet()
    if let previous {
      chain = batches[previous].chain
      chain.insert(previous)
      past = batches[previous].past
    }
    for index in sheet.names.compactMap({ indices[$0] }) {
      past.formUnion(batches[index].chain)
      past.insert(index)
    }
    return (chain, past)
  }

  private mutating func note(_ index: Int, isFork: Bool) {
    let batch = batches[index]
    for place in batch.content.operations.indices {
      let counter = batch.content.firstCounter + Int64(place)
      let key = Counter(replica: batch.content.replica, counter: counter)
      numbered[key, default: []].append(nodes.count)
      nodes.append((index, place))
    }
    named[Self.name(batch.hash, batch.content)] = index
    beginnings[batch.hash.branch, default: []].append(index)
    guard isFork else { return }
    var groups = forks[batch.content.replica] ?? []
    if let group = groups.firstIndex(where: { batches[$0[0]].previous == batch.previous }) {
      groups[group].append(index)
    } else {
      groups.append([index])
    }
    forks[batch.content.replica] = groups
  }
}

extension ModelLog {
  /// The batch that a dep or an entry of a cut names.
  func batch(_ name: Dependency) -> Int? { named[name] }

  /// The operations that bear a counter of a replica, one a branch.
  func operations(_ counter: Int64, of replica: ReplicaID) -> [Int] {
    numbered[Counter(replica: replica, counter: counter)] ?? []
  }

  /// The batches of a replica whose hash begins like the name of a branch.
  func batches(of replica: ReplicaID, beginning branch: Branch) -> [Int] {
    (beginnings[branch] ?? []).filter { batches[$0].content.replica == replica }
  }

  /// The place of an operation, as a dot: its replica, its counter, and the branch of its batch.
  func dot(_ node: Int) -> Dot {
    let batch = batches[nodes[node].batch]
    return Dot(
      replica: batch.content.replica,
      counter: batch.content.firstCounter + Int64(nodes[node].index),
      branch: batch.branch
    )
  }

  /// The place of an operation, by hash.
  func place(_ node: Int) -> ModelPlace {
    ModelPlace(batch: batches[nodes[node].batch].hash, index: nodes[node].index)
  }

  /// Who wrote an operation.
  func person(_ node: Int) -> PersonID { batches[nodes[node].batch].person }

  /// Whether the author of one operation had the other at hand: it stands in a batch of the past,
  /// or earlier in the same batch.
  func hasSeen(_ later: Int, _ earlier: Int) -> Bool {
    let (batch, other) = (nodes[later].batch, nodes[earlier].batch)
    if batch == other { return nodes[earlier].index < nodes[later].index }
    return batches[batch].past.contains(other)
  }
}
