import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

/// The backup lacks a visit, or that somebody joined it: `full` holds everything, `bench` is the
/// same server as it was before.
@Suite("A push to a server that lost a visit")
struct ServiceAdmissionTests {
  private let bench: ServerBench
  private let full: ServerBench
  private let anna: Device
  private let ben: Device
  private let visit: VisitID

  init() throws {
    full = try ServerBench()
    bench = try ServerBench()
    let person = try full.person("Anna", 1)
    anna = try full.device(of: person, 11)
    ben = try full.device(of: try full.person("Ben", 2), 12)
    for (name, number) in [("Anna", UInt64(1)), ("Ben", 2)] {
      _ = try bench.device(of: try bench.person(name, number), UInt8(10 + number))
    }
    visit = try full.visit(members: [(person, .lead)])
    try full.pull(visit, to: anna)
  }

  private func founding(of server: ServerBench) throws -> [Frame] {
    let certificate = try #require(
      try server.store.sealedCertificate(of: server.authority().publicKey.replicaID)
    )
    let entries = try server.store.entries(of: visit, after: 0).entries
    return [.certificate(certificate)] + entries.map { .batch($0.sealed, nil) }
  }

  @Test("The first batch of the authority makes the visit, and what follows is admitted")
  func makesVisit() throws {
    let frames = try founding(of: full) + [try anna.write("a", in: visit)]
    #expect(try bench.codes(frames, from: anna) == ["ok", "ok"])
    #expect(try bench.store.visits() == [visit])
    #expect(try bench.codes(frames, from: anna) == ["dup", "dup"])
  }

  @Test("The authority of another server makes nothing")
  func foreignAuthority() throws {
    let thief = try ServerBench(seed: 2)
    _ = try thief.person("Anna", 1)
    let theirs = try thief.visit(members: [(anna.person, .lead)])
    #expect(theirs == visit)
    #expect(try bench.codes(try founding(of: thief), from: anna) == ["bad/certificate"])
    #expect(try bench.store.visits().isEmpty)
  }

  @Test("Somebody whom the founding does not name brings nothing, and the visit is not made")
  func stranger() throws {
    #expect(try bench.codes(try founding(of: full), from: ben) == ["not-on-visit"])
    #expect(try bench.store.visits().isEmpty)
    // A visit that is there is answered alike.
    #expect(try full.codes(try founding(of: full), from: ben) == ["not-on-visit"])
  }

  @Test("Without the founding nothing makes the visit")
  func withoutFounding() throws {
    let work = try anna.write("a", in: visit)
    #expect(try bench.codes([work], from: anna) == ["not-on-visit"])
    #expect(try bench.store.visits().isEmpty)
  }

  @Test("Who joined after the backup brings the word that says so, and with it the own work")
  func joinedLater() throws {
    // The backup holds the founding alone.
    #expect(try bench.codes(try founding(of: full), from: anna) == ["ok"])
    let roster = Roster(cells: try full.store.cells(of: visit))
    let draft = try roster.put(ben.person, as: .peer, name: "Ben")
    try full.service.decree([draft], in: visit, now: ServerBench.now, store: full.store)
    try full.pull(visit, to: ben)
    let work = try ben.write("b", in: visit)
    #expect(try bench.codes([work], from: ben) == ["not-on-visit"])
    let frames = try founding(of: full) + [work]
    #expect(try bench.codes(frames, from: ben) == ["dup", "ok", "ok"])
  }

  // Found by the simulator: the whole body was answered 503, and whatever else it brought with it.
  @Test("A later word of the authority, without the founding, makes no visit and refuses no other")
  func laterWordAlone() throws {
    let roster = Roster(cells: try full.store.cells(of: visit))
    let draft = try roster.put(ben.person, as: .peer, name: "Ben")
    try full.service.decree([draft], in: visit, now: ServerBench.now, store: full.store)
    let other = try bench.visit(2, members: [(anna.person, .lead)])
    try bench.pull(other, to: anna)
    var frames = try founding(of: full)
    frames.remove(at: 1)
    frames.append(try anna.write("b", in: other))
    #expect(try bench.codes(frames, from: anna) == ["not-on-visit", "ok"])
    #expect(try bench.store.visits() == [other])
  }

  @Test("What belongs to other visits of the body is not touched by a refusal")
  func others() throws {
    let other = try bench.visit(2, members: [(anna.person, .lead)])
    try bench.pull(other, to: anna)
    let frames = [try anna.write("a", in: visit), try anna.write("b", in: other)]
    #expect(try bench.codes(frames, from: anna) == ["not-on-visit", "ok"])
  }
}
