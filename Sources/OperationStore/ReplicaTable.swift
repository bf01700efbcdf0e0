import Convergence
import SyncProtocol

/// The replicas of a store by the small numbers under which its tables name them.
struct ReplicaTable {
  struct Entry {
    let row: Int64
    let certificate: Certificate
  }

  private var byID: [ReplicaID: Entry] = [:]
  private var byRow: [Int64: Entry] = [:]
  private var firstRows: [PersonID: Int64] = [:]

  subscript(replica: ReplicaID) -> Entry? { byID[replica] }

  subscript(row: Int64) -> Entry? { byRow[row] }

  /// The first row of a person's replicas, if it was asked for before.
  func row(of person: PersonID) -> Int64? { firstRows[person] }

  mutating func remember(_ row: Int64, of person: PersonID) { firstRows[person] = row }

  mutating func insert(_ entry: Entry) {
    byID[entry.certificate.replica] = entry
    byRow[entry.row] = entry
  }
}
