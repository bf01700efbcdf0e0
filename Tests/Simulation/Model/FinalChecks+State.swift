package import Convergence
package import OperationStore
import SyncProtocol
import TestSupport

extension FinalChecks {
  /// The state that a store shows is the model's: cell by cell, sibling by sibling; so are the
  /// operations without effect, with their reasons, and the digest.
  ///
  /// - Parameters:
  ///   - store: The store; nothing may be open in it.
  ///   - name: Whose it is, for the sentence.
  ///   - visit: The visit.
  ///   - model: The model of everything that exists.
  /// - Throws: ``BrokenLaw``, or `StoreError` if the store cannot be read.
  package static func stateEqualsModel(
    store: OperationStore,
    named name: String = "",
    visit: VisitID,
    model: ModelVisit
  ) throws {
    let what = "visit \(visit), \(name)"
    let open = try store.unsentCounts(of: visit).openOperations
    try demand(open == 0, "\(what): \(open) operations are not sealed; seal before comparing")
    try cellsEqual(model.cells, cells(of: store.cells(of: visit)), what)
    try effectsEqual(
      model,
      try store.notices(of: visit).map {
        (ModelPlace(batch: $0.batch, index: $0.index), $0.effect)
      },
      what
    )
    try demandEqual(
      try store.stateDigest(of: visit).text,
      model.digest.text,
      "\(what): the state digest is not that of the cells"
    )
  }

  /// The operations without effect of one reading are those of the model.
  static func effectsEqual(
    _ model: ModelVisit,
    _ notices: [(place: ModelPlace, effect: Effect)],
    _ what: String
  ) throws(BrokenLaw) {
    let found = Dictionary(notices.map { ($0.place, $0.effect) }) { first, _ in first }
    for (place, effect) in model.withoutEffect where found[place] != effect {
      let shown = found[place].map { "\($0)" } ?? "effective"
      throw BrokenLaw("\(what): operation \(place) should be \(effect), and is \(shown)")
    }
    for (place, effect) in notices.sorted(by: { $0.place < $1.place })
    where model.effects[place] != effect {
      let wanted = model.effects[place].map { "\($0)" } ?? "nowhere"
      throw BrokenLaw("\(what): operation \(place) should be \(wanted), and is \(effect)")
    }
  }

  /// Every store shows the same, byte for byte: cells and state digest.
  ///
  /// - Parameters:
  ///   - stores: The stores with their names; each is held against the first.
  ///   - visit: The visit.
  /// - Throws: ``BrokenLaw``, or `StoreError` if a store cannot be read.
  package static func replicasEqual(
    _ stores: [(name: String, store: OperationStore)],
    visit: VisitID
  ) throws {
    guard let first = stores.first else { return }
    let digest = try first.store.stateDigest(of: visit)
    for (name, store) in stores.dropFirst() {
      let other = try store.stateDigest(of: visit)
      guard other != digest else { continue }
      // The digest says that they differ; the cells say where.
      let what = "visit \(visit), \(name) against \(first.name)"
      let cells = cells(of: try first.store.cells(of: visit))
      try cellsEqual(cells, self.cells(of: store.cells(of: visit)), what)
      try demandEqual(digest.text, other.text, "\(what): state digests")
    }
  }

  /// A store holds exactly the given batches, byte for byte.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - name: Whose it is, for the sentence.
  ///   - visit: The visit.
  ///   - lines: The lines of all batches that exist anywhere; more than once is as good as once.
  /// - Throws: ``BrokenLaw``, or `StoreError` if the store cannot be read.
  package static func complete(
    store: OperationStore,
    named name: String = "",
    visit: VisitID,
    lines: [[UInt8]]
  ) throws {
    let what = "visit \(visit), \(name)"
    let held = try entries(of: store, visit).map(\.sealed.line)
    // Lines are compared by their hashes, made here from the bytes.
    let (hashes, wanted) = (held.map { Hash256(.batch, $0) }, lines.map { Hash256(.batch, $0) })
    let (isHeld, isWanted) = (Set(hashes), Set(wanted))
    try demand(isHeld.count == hashes.count, "\(what): a batch is in the log twice")
    for (line, hash) in zip(lines, wanted) where !isHeld.contains(hash) {
      throw BrokenLaw("\(what): it lacks \(words(line))")
    }
    for (line, hash) in zip(held, hashes) where !isWanted.contains(hash) {
      throw BrokenLaw("\(what): it holds what nobody sealed: \(words(line))")
    }
  }

  /// What waits at a store waits for something that is nowhere: it was on disks alone that were put
  /// back or destroyed.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - name: Whose it is, for the sentence.
  ///   - visit: The visit.
  ///   - server: The store that holds everything that exists.
  /// - Throws: ``BrokenLaw``, or `StoreError` if a store cannot be read.
  package static func waitsInVain(
    store: OperationStore,
    named name: String = "",
    visit: VisitID,
    server: OperationStore
  ) throws {
    let waiting = try store.waiting(of: visit)
    // What waits behind another that waits has no need of its own.
    guard !waiting.isEmpty else { return }
    let what = "visit \(visit), \(name)"
    try demand(waiting.contains { !$0.needs.isEmpty }, "\(what): batches wait for nothing")
    for batch in waiting where !batch.needs.isEmpty {
      let isThere = try batch.needs.allSatisfy { try server.holds($0.end, of: visit) }
      try demand(
        !isThere,
        "\(what): batch \(batch.number) of replica \(batch.replica) waits for what is here"
      )
    }
  }

  private static func words(_ line: [UInt8]) -> String {
    guard let batch = try? Batch(line: line) else { return "a line that does not read" }
    return "batch \(batch.number) of replica \(batch.replica), operations "
      + "\(batch.firstCounter) to \(batch.lastCounter)"
  }
}
