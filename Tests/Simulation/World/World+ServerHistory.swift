import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import TestSupport

extension World {
  /// A batch that a server wrote about a visit.
  struct Decree: Hashable {
    let visit: Int
    let hash: Hash256
    /// The person who was taken off, by number, if that is what it says.
    let removes: Int?
  }

  /// Remembers what a server wrote last, about a visit or several.
  func note(_ server: SimulatedServer, about visit: Int, removing person: Int? = nil) throws {
    guard let store = server.store, let own = try store.ownReplica() else { return }
    // One act, such as revoking a device, may be written down in several visits.
    for number in cast.visits.indices where cast.visits[number].server == server.number {
      let id = cast.visits[number].id
      guard try store.visits().contains(id),
        let end = try store.streamEnds(of: id).last(where: { $0.stream.replica == own }),
        !decrees.contains(where: { $0.visit == number && $0.hash == end.hash })
      else { continue }
      let removes = number == visit ? person : nil
      decrees.append(Decree(visit: number, hash: end.hash, removes: removes))
    }
  }

  /// Whether somebody was taken off a visit, as far as the server still knows, or knows again.
  func isRemoved(_ pair: Pair) -> Bool {
    decrees.contains { decree in
      guard decree.visit == pair.visit, decree.removes == pair.other else { return false }
      let id = cast.visits[pair.visit].id
      guard let store = servers[cast.visits[pair.visit].server].store else { return true }
      return (try? store.visits().contains(id) && store.holds(decree.hash, of: id)) ?? true
    }
  }

  /// Puts a server back to its last backup.
  ///
  /// - Parameters:
  ///   - server: The server.
  ///   - isTold: Whether it begins a new history, as `fieldbookd restore` does, or whether somebody
  ///     only put the file back.
  /// - Throws: What the product throws where it should not.
  func restore(_ server: SimulatedServer, isTold: Bool) throws {
    guard let backup = server.backup, let disk = server.machine.disk, server.store != nil,
      disk.capacity == nil, !disk.isDown
    else { return }
    server.store = nil
    // A cut of power that was planned for the old store is called off.
    disk.powerOn()
    disk.restore(from: backup)
    let store = try server.machine.open()
    if isTold {
      try server.service.beginHistory(server.makeEpoch(), now: serverTime, store: store)
    }
    server.store = store
    server.wasPutBack = true
    try loseWhatNobodyHolds(server)
    summary.count(isTold ? .serverRestore : .serverRollback)
    trace("server \(server.number + 1) is put back\(isTold ? ", with a new history" : " silently")")
  }

  /// Whether a visit is gone with all that was known of it: its server was put back to before it
  /// was made, and no device had read anything of it.
  func isGone(_ visit: Int) throws -> Bool {
    guard let store = servers[cast.visits[visit].server].store else { return false }
    return try !store.visits().contains(cast.visits[visit].id)
  }

  /// Whether a visit is gone and can never come back.
  ///
  /// Its founding was on disks alone that were put back or destroyed; what somebody writes in it waits
  /// on the device for good.
  func isGoneForGood(_ visit: Int) throws -> Bool {
    guard try isGone(visit), let founding = decrees.first(where: { $0.visit == visit }) else {
      return false
    }
    let id = cast.visits[visit].id
    for device in devices where device.visits.contains(visit) {
      guard let store = device.store, try store.visits().contains(id) else { continue }
      if try store.holds(founding.hash, of: id) { return false }
    }
    return true
  }

  /// What a server wrote is lost only where it was put back and no device ever received it; and what
  /// any device holds of a visit, whoever wrote it, is on the server again.
  func checkReturns(_ visit: Int) throws {
    let number = cast.visits[visit].server
    guard let server = servers[number].store else { return }
    let id = cast.visits[visit].id
    var there: Set<Hash256> = []
    if try !isGone(visit) {
      there = Set(try FinalChecks.entries(of: server, id).map(\.hash))
    }
    for decree in decrees where decree.visit == visit && !there.contains(decree.hash) {
      guard !servers[number].wasPutBack else { continue }
      throw Violation(
        .acknowledged,
        at: now,
        "server \(number + 1) lost what it wrote about visit \(visit + 1), and was never put back"
      )
    }
    guard try !isGoneForGood(visit) else { return }
    for device in devices where device.visits.contains(visit) {
      guard let store = device.store, try store.visits().contains(id) else { continue }
      for entry in try FinalChecks.entries(of: store, id) where !there.contains(entry.hash) {
        throw Violation(
          .acknowledged,
          at: now,
          """
          batch \(entry.number) of replica \(entry.replica) in visit \(visit + 1) is on \
          \(device.name) and did not come back to the server
          """
        )
      }
    }
  }
}
