import Convergence
import OperationStore
import SyncProtocol

extension Service {
  /// Keeps what vouches for a caller whom the server did not know: in the transaction of whatever
  /// else the request stores, or in one of its own.
  ///
  /// A restored backup may lack the person, too: they are known again by the name of the certificate.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  func introduce(_ caller: Caller, store: OperationStore) throws(Problem) {
    guard !caller.brought.isEmpty else { return }
    try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        for sealed in caller.brought {
          _ = try store.admit(sealed, identity: keys.identity.publicKey)
        }
        guard try store.document("person", caller.person.text) == nil else { return }
        let name = caller.certificate.name
        try store.setDocument("person", caller.person.text, .object(["name": .string(name)]))
      }
    }
  }
}
