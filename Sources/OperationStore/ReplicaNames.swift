public import Convergence
import SyncProtocol

/// What replicas are called where people read it.
public struct ReplicaNames {
  private let store: OperationStore

  /// Takes the names that the certificates of a store give.
  public init(_ store: OperationStore) { self.store = store }

  /// The device and its owner, or the start of the identifier where no certificate is held.
  public func name(_ replica: ReplicaID) -> String {
    guard let certificate = try? store.certificate(of: replica) else {
      return "replica \(replica.text.prefix(8))"
    }
    switch certificate.holder {
    case .authority: return "the server"
    case .device(_, let deviceName): return "\(certificate.name)'s \(deviceName)"
    }
  }
}
