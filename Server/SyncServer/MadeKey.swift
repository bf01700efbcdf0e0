import SyncProtocol
import Synchronization

/// The key that was made last: making one costs as much as a signature.
final class MadeKey: Sendable {
  private let last = Mutex<(epoch: Epoch, key: SigningKey)?>(nil)

  func key(of epoch: Epoch) -> SigningKey? {
    last.withLock { $0?.epoch == epoch ? $0?.key : nil }
  }

  func keep(_ key: SigningKey, of epoch: Epoch) {
    last.withLock { $0 = (epoch, key) }
  }
}
