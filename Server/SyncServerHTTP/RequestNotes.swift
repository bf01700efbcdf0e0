import SyncProtocol
import Synchronization

/// What the handler of a request found out that the log wants to know.
///
/// A context is passed down by value, so what goes back up needs a place of its own.
final class RequestNotes: Sendable {
  private let state = Mutex<String?>(nil)

  /// The replica that asks, once its proof was checked.
  var replica: String? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}
