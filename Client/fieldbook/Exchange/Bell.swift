import Convergence
import SyncProtocol
import Synchronization

/// What a live sync waits for: rings that become one while nobody looks, and what was heard by them.
final class Bell: Sendable {
  /// Fires when it is worth looking.
  let rings: AsyncStream<Void>

  private let source: AsyncStream<Void>.Continuation
  private let heard = Mutex<[VisitID: Int64]>([:])

  init() {
    (rings, source) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// Rings, with what the server said is new.
  func ring(_ pokes: [Poke] = []) {
    heard.withLock { heard in
      for poke in pokes { heard[poke.visit] = max(heard[poke.visit] ?? 0, poke.position) }
    }
    source.yield()
  }

  /// How far the log of a visit goes, as far as was heard.
  func position(of visit: VisitID) -> Int64 { heard.withLock { $0[visit] ?? 0 } }

  /// The visits that were heard of, sorted.
  var visits: [VisitID] { heard.withLock { $0.keys.sorted() } }

  /// Forgets what was heard: the server has another history now, and counts anew.
  func forget() { heard.withLock { $0 = [:] } }
}
