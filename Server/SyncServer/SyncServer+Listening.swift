import Convergence
import OperationStore
public import SyncProtocol

/// Who is told at once that something is new (section 9.13).
///
/// What is said after a commit is that a log has grown, never what is in it: the data always come
/// through the log, with all its checks.
extension SyncServer {
  /// A listener that is let go of when its reader is.
  struct WeakListener {
    weak var listener: Listener?
  }

  /// Begins to listen for a caller; it ends when the listener is let go of.
  ///
  /// Ask for ``visits(of:)`` afterwards: what was committed before is there, what is committed later
  /// is told.
  ///
  /// - Parameters:
  ///   - caller: Who listens.
  ///   - most: How many may listen at once.
  /// - Returns: The listener.
  /// - Throws: ``Problem`` `busy` beyond that many.
  public func listen(for caller: Caller, atMost most: Int) throws(Problem) -> Listener {
    listeners.removeAll { $0.listener == nil }
    guard listeners.count < most else {
      throw Problem(.busy, "\(most) devices listen to the server already. Sync now and then.")
    }
    let listener = Listener(person: caller.person)
    listeners.append(WeakListener(listener: listener))
    return listener
  }

  /// Tells the listeners of some visits whose logs may have grown, those who may read them.
  ///
  /// - Parameter visits: The visits; `nil` for all.
  func tell(_ visits: [VisitID]? = nil) {
    listeners.removeAll { $0.listener == nil }
    guard !listeners.isEmpty else { return }
    for visit in (try? visits ?? store.visits()) ?? [] {
      guard let position = try? store.logDigest(of: visit).position, told[visit] != position,
        let authority = try? store.authority(of: visit)
      else { continue }
      told[visit] = position
      let membership = Membership(authority: authority)
      let poke = Poke(visit: visit, position: position)
      for listener in listeners.compactMap(\.listener)
      where Action.read.isAllowed(role: membership.role(of: listener.person)) {
        listener.poke(poke)
      }
    }
  }
}
