import Convergence
import SyncProtocol

/// The replicas and people of a store by the small numbers under which its tables name them.
struct ReplicaTable {
  struct Entry {
    let row: Int64
    let certificate: Certificate
  }

  private var byID: [ReplicaID: Entry] = [:]
  private var byRow: [Int64: Entry] = [:]
  private var rows: [PersonID: Int64] = [:]
  private var people: [Int64: PersonID] = [:]

  subscript(replica: ReplicaID) -> Entry? { byID[replica] }

  subscript(row: Int64) -> Entry? { byRow[row] }

  /// The row of a person's name, if it was asked for before.
  func row(of person: PersonID) -> Int64? { rows[person] }

  /// The person of a row, if it was asked for before.
  func person(row: Int64) -> PersonID? { people[row] }

  mutating func remember(_ row: Int64, of person: PersonID) {
    rows[person] = row
    people[row] = person
  }

  mutating func insert(_ entry: Entry) {
    byID[entry.certificate.replica] = entry
    byRow[entry.row] = entry
  }
}
