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

  subscript(replica: ReplicaID) -> Entry? { byID[replica] }

  subscript(row: Int64) -> Entry? { byRow[row] }

  mutating func insert(_ entry: Entry) {
    byID[entry.certificate.replica] = entry
    byRow[entry.row] = entry
  }
}
