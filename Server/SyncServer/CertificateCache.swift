import Convergence
import SyncProtocol
import Synchronization

/// The certificates that a server holds, for whoever checks signatures beside the one writer.
///
/// A certificate never changes once it is held, so a copy that lags behind is never wrong, only
/// incomplete; what it lacks is asked of the store.
final class CertificateCache: Sendable {
  private let certificates: Mutex<[ReplicaID: Certificate]>

  init(_ certificates: [Certificate]) {
    self.certificates = Mutex(
      Dictionary(certificates.map { ($0.replica, $0) }) { first, _ in first }
    )
  }

  subscript(replica: ReplicaID) -> Certificate? {
    certificates.withLock { $0[replica] }
  }

  func insert(_ certificate: Certificate) {
    certificates.withLock { $0[certificate.replica] = certificate }
  }
}
