import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

/// A server that was put back without telling anybody, and wrote again under names that it had used.
@Suite("A server whose own authority forked")
struct ServiceOwnForkTests {
  private let bench: ServerBench
  private let anna: Device
  private let ben: Device
  private let visit: VisitID
  /// What the server wrote before it was put back: only Anna's device has it.
  private let lost: Frame

  init() throws {
    bench = try ServerBench()
    (anna, ben, visit) = try bench.team()
    // The same server, and the same visit, as they went on before.
    let twin = try ServerBench()
    _ = try twin.team()
    try Self.rename("Before", visit, on: twin)
    let entry = try #require(try twin.store.entries(of: visit, after: 1).entries.first)
    lost = .batch(entry.sealed, nil)
    try bench.pull(visit, to: anna)
    try anna.take([lost], of: visit, identity: bench.keys.identity.publicKey)
  }

  private static func rename(_ title: String, _ visit: VisitID, on bench: ServerBench) throws {
    let roster = Roster(cells: try bench.store.cells(of: visit))
    let draft = try roster.setTitle(title)
    try bench.service.decree([draft], in: visit, now: ServerBench.now, store: bench.store)
  }

  private func epoch() throws -> Epoch { try bench.service.epoch(bench.store) }

  /// The number of the last batch of the authority that writes now.
  private func last() throws -> Int64? {
    let own = try bench.store.ownReplica()
    return try bench.store.streamEnds(of: visit).last { $0.stream.replica == own }?.number
  }

  @Test("What comes back beside what it wrote since begins a new history, and it writes on")
  func pushed() throws {
    try Self.rename("After", visit, on: bench)
    #expect(try bench.codes([lost], from: anna) == ["fork"])
    #expect(try epoch() == ServerBench.next)
    try Self.rename("In the end", visit, on: bench)
    #expect(try last() == 1)
  }

  @Test("What comes back to where nothing took its name begins no history")
  func returned() throws {
    #expect(try bench.codes([lost], from: anna) == ["ok"])
    #expect(try epoch() == bench.epoch)
    try Self.rename("After", visit, on: bench)
    #expect(try last() == 3)
  }

  @Test("It comes by file as well")
  func imported() throws {
    try Self.rename("After", visit, on: bench)
    let file = try BundleExport(
      identity: bench.keys.identity.publicKey,
      key: anna.key,
      now: ServerBench.now
    ).bundle(of: [visit], .everything, from: anna.store).file
    _ = try bench.service.importBundle(
      file,
      newEpoch: ServerBench.next,
      now: ServerBench.now,
      store: bench.store
    )
    #expect(try epoch() == ServerBench.next)
    try Self.rename("In the end", visit, on: bench)
  }

  @Test("In a body that also brings a revoked device's successor, the revocation is said")
  func revoked() throws {
    let key = try #require(SigningKey(seed: Array(repeating: 13, count: 32)))
    let successor = try Device(
      successorOf: ben,
      key: key,
      identity: bench.keys.identity.publicKey
    )
    try bench.pull(visit, to: successor)
    _ = try bench.service.revoke(
      ben.caller.replica,
      because: "Stolen",
      now: ServerBench.now,
      store: bench.store
    )
    let frames = [lost, .certificate(successor.certificate), try successor.write("a", in: visit)]
    #expect(try bench.codes(frames, from: anna) == ["fork", "held"])
    #expect(try epoch() == ServerBench.next)
  }

  @Test("What it wrote itself is declared lost in a new history, so that nothing takes its name")
  func declared() throws {
    let annas = try anna.write("a", in: visit)
    #expect(try bench.codes([annas], from: anna) == ["missing"])
    let absent = try #require(
      try bench.service.absentBatches(of: visit, store: bench.store).first
    )
    _ = try bench.service.declare(
      GapDeclaration(visit: visit, end: absent.end, firstCounter: nil, because: "Put back."),
      newEpoch: ServerBench.next,
      now: ServerBench.now,
      store: bench.store
    )
    #expect(try epoch() == ServerBench.next)
    #expect(try bench.codes([annas], from: anna) == ["ok"])
    try Self.rename("In the end", visit, on: bench)
    #expect(try last() == 2)
  }
}
