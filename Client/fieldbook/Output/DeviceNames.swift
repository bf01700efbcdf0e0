import Convergence
import OperationStore
import SyncProtocol

/// From which of their devices somebody wrote something.
///
/// A device that goes on under a new name is the same device. The two halves of a copied one have one
/// name, so they are told apart by number.
struct DeviceNames {
  private var labels: [StreamID: String] = [:]
  private var people: [PersonID: Set<String>] = [:]

  /// Reads the names from the certificates of everybody in a history.
  init(_ entries: [OperationStore.HistoryEntry], in store: OperationStore) throws(StoreError) {
    var branches: [ReplicaID: Set<Branch>] = [:]
    for entry in entries {
      branches[entry.operation.dot.replica, default: []].insert(entry.operation.dot.branch)
    }
    for (replica, found) in branches {
      guard let certificate = try store.certificate(of: replica), !certificate.deviceName.isEmpty
      else { continue }
      let copies = found.filter { $0 != .trunk }.sorted()
      for branch in found {
        let number = copies.firstIndex(of: branch)
        let label = number.map { "\(certificate.deviceName), copy \($0 + 1)" }
        let name = label ?? certificate.deviceName
        labels[StreamID(replica: replica, branch: branch)] = name
        people[certificate.person, default: []].insert(name)
      }
    }
  }

  /// The device from which something was written; `nil` for the server.
  subscript(dot: Dot) -> String? { labels[dot.stream] }

  /// The same, where the person writes from several devices and it is worth saying.
  func distinct(_ dot: Dot, of person: PersonID) -> String? {
    (people[person]?.count ?? 0) > 1 ? self[dot] : nil
  }
}
