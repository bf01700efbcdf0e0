import Convergence
public import SyncProtocol
import Synchronization

/// Somebody who waits to be told what is new: one slot, in which pokes of one visit become one.
///
/// However slow the reader of it is, what waits for it is bounded by the visits of its person.
public final class Listener: Sendable {
  /// Fires when there is something to take, or to show that the line is alive; many become one.
  public let rings: AsyncStream<Void>

  let person: PersonID
  private let bell: AsyncStream<Void>.Continuation
  private let slot = Mutex<[VisitID: Int64]>([:])

  init(person: PersonID) {
    self.person = person
    (rings, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  deinit { bell.finish() }

  /// Rings without anything new.
  public func ring() { bell.yield() }

  /// Ends ``rings``.
  public func finish() { bell.finish() }

  /// Takes what is new since it was taken last, sorted by visit.
  public func take() -> [Poke] {
    let taken = slot.withLock { slot in
      defer { slot = [:] }
      return slot
    }
    return PokeList(taken.map { Poke(visit: $0.key, position: $0.value) }).pokes
  }

  func poke(_ poke: Poke) {
    slot.withLock { $0[poke.visit] = max($0[poke.visit] ?? 0, poke.position) }
    bell.yield()
  }
}
