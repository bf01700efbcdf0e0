import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("A new history")
struct ServiceHistoryTests {
  private let bench: ServerBench
  private let anna: Device
  private let visit: VisitID
  private static let next = Epoch(bits: Bits128(high: 77, low: 77))

  init() throws {
    bench = try ServerBench()
    let person = try bench.person("Anna", 1)
    anna = try bench.device(of: person, 11)
    visit = try bench.visit(members: [(person, .lead)])
    try bench.pull(visit, to: anna)
  }

  @discardableResult
  private func begin() throws -> Int {
    try bench.service.beginHistory(Self.next, now: ServerBench.now, store: bench.store)
  }

  @Test("It has an authority replica of its own, certified by the identity key, that writes now")
  func authority() throws {
    let before = try bench.authority().publicKey
    try begin()
    let after = try bench.authority().publicKey
    #expect(after != before)
    #expect(try bench.store.ownReplica() == after.replicaID)
    let certificate = try #require(try bench.store.certificate(of: after.replicaID))
    #expect(certificate.holder == .authority)
    #expect(certificate.issuer == bench.keys.identity.publicKey)
    let roster = Roster(cells: try bench.store.cells(of: visit))
    let draft = try roster.setTitle("Another title")
    try bench.service.decree([draft], in: visit, now: ServerBench.now, store: bench.store)
    let ends = try bench.store.streamEnds(of: visit)
    #expect(Set(ends.map(\.stream.replica)) == [before.replicaID, after.replicaID])
    #expect(ends.map(\.number) == [1, 1])
  }

  @Test("Codes that were not used are void, once; a used one still answers its own device")
  func codes() throws {
    let open = try bench.code(for: anna.person, 21)
    #expect(try bench.service.statistics(bench.store).openCodes == 1)
    #expect(try begin() == 1)
    #expect(try bench.service.statistics(bench.store).openCodes == 0)
    let key = try #require(SigningKey(seed: Array(repeating: 21, count: 32)))
    let request = try EnrolRequest(code: open, key: key, deviceName: "Tablet")
    let problem = #expect(throws: Problem.self) {
      try bench.service.enrol(request, now: ServerBench.now, store: bench.store)
    }
    #expect(problem?.code == .code)
    let used = try #require(
      EnrolmentCode(
        secret: Array(repeating: 11, count: 10),
        fingerprint: bench.keys.identity.publicKey.fingerprint
      )
    )
    let again = try EnrolRequest(code: used, key: anna.key, deviceName: "Tablet 11")
    let answer = try bench.service.enrol(again, now: ServerBench.now, store: bench.store)
    #expect(answer.contains(.certificate(anna.certificate)))
  }

  @Test("The register keeps how far each visit went in the histories before")
  func register() throws {
    let digest = try bench.store.logDigest(of: visit)
    try begin()
    let document = try #require(try bench.store.document("history", bench.epoch.text))
    #expect(document["number"]?.int == 1)
    #expect(document["until"]?.int == ServerBench.now)
    let entry = try #require(document["visits"]?.list?.first?.list)
    #expect(entry.map(\.string) == [visit.text, nil, digest.hash.text])
    #expect(entry[1].int == digest.position)
  }

  @Test("Without the identity key that the store was made with it is not begun")
  func otherIdentity() throws {
    let other = try ServerBench(seed: 2)
    let problem = #expect(throws: Problem.self) {
      try other.service.beginHistory(Self.next, now: ServerBench.now, store: bench.store)
    }
    #expect(problem?.code == .unavailable)
    #expect(try bench.service.epoch(bench.store) == bench.epoch)
    #expect(throws: Problem.self) { try other.service.checkKeys(bench.store) }
  }

  @Test("The first page of a visit brings, in front of it, the certificate of who signs the head")
  func certificate() throws {
    try begin()
    let frames = try bench.service.page(of: visit, after: nil, for: anna.caller, store: bench.store)
    #expect(frames.map(\.kind) == ["certificate", "batch", "certificate", "page", "head"])
    let signer = try #require(
      try bench.store.sealedCertificate(of: bench.authority().publicKey.replicaID)
    )
    #expect(frames[2] == .certificate(signer))
    let cursor = Cursor(epoch: Self.next, position: 1)
    let later = try bench.service.page(
      of: visit,
      after: cursor,
      for: anna.caller,
      store: bench.store
    )
    #expect(later.map(\.kind) == ["page", "head"])
  }

  @Test("Where the authorities disagree whether somebody is on a visit, that person reads no more")
  func disagreement() throws {
    let ben = try bench.device(of: try bench.person("Ben", 2), 12)
    func put() throws {
      let roster = Roster(cells: try bench.store.cells(of: visit))
      let draft = try roster.put(ben.person, as: .peer, name: "Ben")
      try bench.service.decree([draft], in: visit, now: ServerBench.now, store: bench.store)
    }
    try put()
    #expect(try bench.service.visits(of: ben.caller, store: bench.store).count == 1)
    // The same server goes on elsewhere without the removal, and puts the person on anew.
    let twin = try ServerBench()
    _ = try twin.device(of: try twin.person("Anna", 1), 11)
    _ = try twin.visit(members: [(anna.person, .lead)])
    try twin.service.beginHistory(Self.next, now: ServerBench.now, store: twin.store)
    let draft = try Roster(cells: try twin.store.cells(of: visit))
      .put(ben.person, as: .peer, name: "Ben")
    try twin.service.decree([draft], in: visit, now: ServerBench.now, store: twin.store)
    try bench.remove(ben.person, from: visit)
    try twin.pull(visit, to: anna)
    let signer = try #require(
      try twin.store.sealedCertificate(of: twin.authority().publicKey.replicaID)
    )
    let entries = try twin.store.entries(of: visit, after: 1).entries
    let frames = [.certificate(signer)] + entries.map { Frame.batch($0.sealed, nil) }
    #expect(try bench.codes(frames, from: anna) == ["ok"])
    #expect(try bench.service.visits(of: ben.caller, store: bench.store).isEmpty)
    try put()
    #expect(try bench.service.visits(of: ben.caller, store: bench.store).count == 1)
  }
}
