import Convergence
import SyncProtocol

/// What was decided of one replica's batches in a visit, batch by batch.
///
/// The authority writes ranges of counters with the hash of their last batch, because thousands of
/// batches have to fit one operation; a person decides on batches.
struct HoldLedger {
  /// A batch of the replica.
  struct Entry {
    let hash: Hash256
    let number: Int64
    let first: Int64
    let last: Int64
    let previous: Hash256?
  }

  let replica: ReplicaID

  /// The batches that are held of the replica, in the order of the log.
  let entries: [Entry]
  private let byHash: [Hash256: Entry]

  init(_ replica: ReplicaID, entries: [Entry]) {
    self.replica = replica
    self.entries = entries
    byHash = Dictionary(entries.map { ($0.hash, $0) }) { first, _ in first }
  }

  /// The batches that every value of a cell lists: what is released.
  func listedByAll(in cell: Cell) -> Set<Hash256> {
    let lists = cell.siblings.map { listed(in: $0.value) }
    return lists.dropFirst().reduce(lists.first ?? []) { $0.intersection($1) }
  }

  /// The batches that some value of a cell lists: what was refused.
  func listedByAny(in cell: Cell) -> Set<Hash256> {
    cell.siblings.reduce(into: []) { $0.formUnion(listed(in: $1.value)) }
  }

  private func listed(in value: Value) -> Set<Hash256> {
    var found: Set<Hash256> = []
    for range in value["batches"]?.list ?? [] {
      guard let parts = range.list, parts.count == 3, let first = parts[0].int,
        let named = Dependency(.list([.string(replica.text), parts[1], parts[2]]))
      else { continue }
      var next = entries.first {
        $0.last == named.lastCounter && $0.hash.prefix == named.hashPrefix
      }
      while let entry = next, entry.first >= first {
        found.insert(entry.hash)
        next = entry.previous.flatMap { byHash[$0] }
      }
    }
    return found
  }

  /// Batches as ranges: one for each line of batches that follow one another.
  func ranges(of hashes: Set<Hash256>) -> [Decrees.Range] {
    let inner = Set(entries.filter { hashes.contains($0.hash) }.compactMap(\.previous))
    return entries.filter { hashes.contains($0.hash) && !inner.contains($0.hash) }.map { end in
      var first = end.first
      var next = end.previous
      while let hash = next, hashes.contains(hash), let entry = byHash[hash] {
        first = entry.first
        next = entry.previous
      }
      return Decrees.Range(first: first, last: end.last, hashPrefix: end.hash.prefix)
    }
    .sorted { ($0.last, $0.hashPrefix) < ($1.last, $1.hashPrefix) }
  }
}
