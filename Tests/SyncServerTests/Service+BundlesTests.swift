import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Bundles at the server")
struct ServiceBundlesTests {
  private let bench: ServerBench
  private let visit: VisitID
  private let anna: Device

  init() throws {
    bench = try ServerBench()
    let person = try bench.person("Anna", 1)
    visit = try bench.visit(members: [(person, .lead)])
    anna = try bench.device(of: person, 1)
    try bench.pull(visit, to: anna)
  }

  private func file() throws -> [UInt8] {
    try BundleExport(
      identity: bench.keys.identity.publicKey,
      key: anna.key,
      now: ServerBench.now
    ).bundle(of: [visit], .everything, from: anna.store).file
  }

  private func take(_ file: [UInt8], _ store: OperationStore? = nil) throws -> BundleReport {
    try bench.service.importBundle(
      file,
      newEpoch: ServerBench.next,
      now: ServerBench.now,
      store: store ?? bench.store
    )
  }

  @Test("What a device exported comes in, and a second time changes nothing")
  func twice() throws {
    try anna.write("a", in: visit)
    let file = try file()
    let report = try take(file)
    #expect(report.isComplete)
    #expect(report.parts.map(\.new) == [1])
    let digest = try bench.store.logDigest(of: visit)
    #expect(try take(file).parts.map(\.new) == [0])
    #expect(try bench.store.logDigest(of: visit) == digest)
    #expect(try bench.store.stateDigest(of: visit) == anna.store.stateDigest(of: visit))
  }

  @Test("A server that lost the visit makes it again from a device's file")
  func lostVisit() throws {
    try anna.write("a", in: visit)
    let empty = try OperationStore(.memory, meaning: .assessment)
    try Service.initialise(
      empty,
      keys: bench.keys,
      name: "Bench",
      epoch: bench.epoch,
      now: ServerBench.now
    )
    let report = try take(file(), empty)
    #expect(report.parts.map(\.isNewVisit) == [true])
    #expect(try empty.stateDigest(of: visit) == anna.store.stateDigest(of: visit))
  }

  @Test("What waits at the server comes in with a push")
  func waits() throws {
    let first = try anna.write("a", in: visit)
    try anna.store.markSent(#require(first.sealed).hash, of: visit)
    try anna.write("b", in: visit)
    let later = try BundleExport(
      identity: bench.keys.identity.publicKey,
      key: anna.key,
      now: ServerBench.now
    ).bundle(of: [visit], .unsent, from: anna.store).file
    #expect(try take(later).parts.map(\.waiting) == [1])
    _ = try bench.push([first], from: anna)
    #expect(try bench.store.waitingCount() == 0)
    #expect(try bench.store.stateDigest(of: visit) == anna.store.stateDigest(of: visit))
  }

  @Test("The server's own file is signed by its authority and complete")
  func export() throws {
    _ = try bench.push([try anna.write("a", in: visit)], from: anna)
    let made = try bench.service.exportBundle(
      of: [visit],
      now: ServerBench.now,
      store: bench.store
    )
    let contents = try BundleReader.read(made.file)
    #expect(contents.header?.maker == (try bench.authority()).publicKey.replicaID)
    let verdict = try Verification(
      identity: bench.keys.identity.publicKey,
      meaning: .assessment
    ).verify(contents)
    #expect(verdict.isIntact && verdict.isComplete)
    #expect(verdict.report.closing == .good)
  }

  @Test("What is no bundle is malformed, and a visit that is not here unknown")
  func refused() throws {
    let problem = #expect(throws: Problem.self) { try take([1, 2, 3]) }
    #expect(problem?.code == .malformed)
    let unknown = #expect(throws: Problem.self) {
      try bench.service.exportBundle(
        of: [VisitID(bits: .zero)],
        now: ServerBench.now,
        store: bench.store
      )
    }
    #expect(unknown?.code == .unknown)
  }
}
