import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Proof from bytes")
struct VerificationTests {
  private let verification = Verification(
    identity: Names.identity.publicKey,
    meaning: .assessment
  )

  @Test(
    "Whatever chance makes of a visit is intact",
    arguments: 1...8 as ClosedRange<UInt64>
  )
  func intact(seed: UInt64) throws {
    let history = History(seed: seed)
    let bench = try VisitBench(history.scene)
    for index in history.scene.entries.indices { try bench.admit(index) }
    let verdict = try verification.verify(Names.visit, in: bench.store)
    #expect(verdict.problems.isEmpty)
    #expect(verdict.batches == Int64(history.scene.entries.count))
  }

  @Test("What is open takes part in the state and breaks nothing")
  func open() throws {
    let device = try Carrier(1)
    try device.take(try Carrier.server().file())
    try device.judge("A", "met")
    let verdict = try verification.verify(Names.visit, in: device.store)
    #expect(verdict.isIntact && verdict.isComplete)
  }

  @Test("Under another identity nothing is proved")
  func otherIdentity() throws {
    let server = try Carrier.server()
    let verdict = try Verification(identity: Names.key(7).publicKey, meaning: .assessment)
      .verify(Names.visit, in: server.store)
    #expect(!verdict.isIntact)
  }

  @Test("A visit is intact and not complete while work that is here builds on what is not")
  func incomplete() throws {
    let server = try Carrier.server()
    let devices = try (1...3).map { try Carrier($0) }
    for device in devices { try device.take(try server.file()) }
    try devices[0].judge("A", "met")
    try devices[1].take(try devices[0].file())
    try devices[1].judge("A", "not-met")
    try devices[2].take(try devices[1].ownFile())
    let verdict = try verification.verify(Names.visit, in: devices[2].store)
    #expect(verdict.isIntact)
    #expect(verdict.missing.count == 1)
    #expect(!verdict.isComplete)
    try devices[2].take(try devices[0].file())
    #expect(try verification.verify(Names.visit, in: devices[2].store).isComplete)
  }

  @Test("What a cut of the server names and is not here is known to be missing")
  func cut() throws {
    var scene = Scene()
    scene.certify(Names.authority, of: nil)
    scene.certify(1, of: 1)
    let founding = scene.seal(Scene.founding(["lead"]), by: Names.authority)
    let work = scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [founding])
    scene.seal([scene.removal(1, cut: [work])], by: Names.authority, after: founding)
    let bench = try VisitBench(scene)
    try bench.admit(0)
    try bench.admit(2)
    let verdict = try verification.verify(Names.visit, in: bench.store)
    #expect(verdict.isIntact)
    #expect(verdict.missing.count == 1)
    try bench.admit(1)
    #expect(try verification.verify(Names.visit, in: bench.store).isComplete)
  }

  @Test("A bundle is proved from its bytes alone")
  func bundle() throws {
    let device = try Carrier(1)
    try device.take(try Carrier.server().file())
    try device.judge("A", "met")
    let file = try device.file()
    let verdict = try verification.verify(BundleReader.read(file))
    #expect(verdict.isIntact && verdict.isComplete)
    #expect(verdict.visits.map(\.batches) == [2])
    var changed = file
    changed[file.count / 2] ^= 1
    let bad = try verification.verify(BundleReader.read(changed))
    #expect(!bad.isIntact)
    var second = try device.ownFile()
    let part = try verification.verify(BundleReader.read(second))
    #expect(part.isIntact && !part.isComplete)
    second.removeLast(1)
    let cut = try verification.verify(BundleReader.read(second))
    #expect(!cut.isComplete)
  }
}
