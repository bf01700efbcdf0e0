import Convergence
import SyncProtocol
import TestSupport

/// Batches as read, with what each of them names, and what stands for lost ones; in no order.
struct ModelSheets {
  /// A batch as read, before its place is known.
  struct Sheet {
    /// What names it; for lost batches one that nothing has.
    let hash: Hash256

    /// What the line says; for lost batches no operation, before the counter behind them.
    let content: Batch

    /// The batch before it in its stream, as deps would name it.
    let before: Dependency?

    /// Whether it stands for lost batches.
    let isLost: Bool

    /// How deps name it.
    var name: Dependency {
      Dependency(
        replica: content.replica,
        lastCounter: content.lastCounter,
        hashPrefix: hash.prefix
      )
    }

    /// What it builds on, the batch before it first.
    var names: [Dependency] { (before.map { [$0] } ?? []) + content.deps }
  }

  /// The sheets, by how deps name them.
  private(set) var sheets: [Dependency: Sheet] = [:]

  /// Reads lines.
  ///
  /// - Throws: ``BrokenLaw`` if a line is of another visit, or names what is nowhere and was not
  ///   declared lost.
  init(visit: VisitID, lines: [[UInt8]], people: [ReplicaID: PersonID]) throws {
    var gaps: [ModelGap] = []
    for line in lines {
      let batch = try Batch(line: line)
      try demand(batch.visit == visit, "a batch of \(batch.visit) is among those of \(visit)")
      let before = batch.previous.map {
        Dependency(
          replica: batch.replica,
          lastCounter: batch.firstCounter - 1,
          hashPrefix: $0.prefix
        )
      }
      let sheet = Sheet(
        hash: Hash256(.batch, line),
        content: batch,
        before: before,
        isLost: false
      )
      sheets[sheet.name] = sheet
      if people[batch.replica] == .authority { gaps += ModelGap.declared(in: batch) }
    }
    let ends = Dictionary(grouping: gaps, by: \.end)
    for end in ends.keys.sorted() where sheets[end] == nil {
      place(end, ends[end] ?? [], in: visit)
    }
    for sheet in sheets.values {
      for name in sheet.names where sheets[name] == nil {
        throw BrokenLaw(
          """
          batch \(sheet.content.number) of replica \(sheet.content.replica) names as seen what is \
          nowhere: \(name.replica).\(name.lastCounter)
          """
        )
      }
    }
  }

  /// The hash of what a name stands for.
  func hash(_ name: Dependency) -> Hash256? { sheets[name]?.hash }

  /// Puts a sheet where a gap is, behind the last of its stream that is known to stand before it.
  private mutating func place(_ end: Dependency, _ gaps: [ModelGap], in visit: VisitID) {
    let standing = gaps.filter { gap in gap.before.map { sheets[$0] != nil } ?? true }
    guard !standing.isEmpty else { return }
    let later = buildingOn(end)
    let befores = standing.compactMap { lastKnown(from: $0, later) }
    let before = befores.min { first, second in
      first.lastCounter == second.lastCounter
        ? first.hashPrefix < second.hashPrefix : first.lastCounter > second.lastCounter
    }
    sheets[end] = Sheet(
      hash: Hash256(
        prefix: end.hashPrefix,
        suffix: Bits128(high: end.replica.bits.low, low: UInt64(end.lastCounter))
      ),
      content: Batch(
        visit: visit,
        replica: end.replica,
        number: 0,
        firstCounter: end.lastCounter + 1,
        previous: nil,
        deps: [],
        who: [],
        clock: 0,
        operations: []
      ),
      before: before,
      isLost: true
    )
  }

  /// Everything that builds on what a name stands for, itself included: asked again until no more
  /// is found.
  private func buildingOn(_ name: Dependency) -> Set<Dependency> {
    var found: Set<Dependency> = [name]
    var count = 0
    while count < found.count {
      count = found.count
      for sheet in sheets.values where sheet.names.contains(where: found.contains) {
        found.insert(sheet.name)
      }
    }
    return found
  }

  /// From what a gap names as before it, along what was found of it, while there is one way only.
  private func lastKnown(from gap: ModelGap, _ later: Set<Dependency>) -> Dependency? {
    if let before = gap.before, later.contains(before) { return nil }
    var known = gap.before
    while true {
      let next = sheets.values.filter {
        $0.content.replica == gap.end.replica && $0.before == known
      }
      guard next.count == 1, let only = next.first?.name, only.lastCounter < gap.end.lastCounter,
        !later.contains(only)
      else { return known }
      known = only
    }
  }
}
