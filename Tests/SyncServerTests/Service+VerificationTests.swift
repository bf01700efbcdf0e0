import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Verifying a store")
struct ServiceVerificationTests {
  private let bench: ServerBench
  private let visit: VisitID

  /// A visit with two reviewers' work, a removal and a held batch.
  init() throws {
    bench = try ServerBench()
    let anna = try bench.person("Anna", 1)
    let ben = try bench.person("Ben", 2)
    visit = try bench.visit(members: [(anna, .lead), (ben, .peer)])
    for (person, number) in [(anna, UInt8(11)), (ben, 12)] {
      let device = try bench.device(of: person, number)
      try bench.pull(visit, to: device)
      _ = try bench.push([try device.write("a", in: visit)], from: device)
      if person == ben {
        try bench.remove(ben, from: visit)
        _ = try bench.push([try device.write("b", in: visit)], from: device)
      }
    }
  }

  private func verdict(_ service: Service, meaning: Meaning = .assessment) throws -> VisitVerdict {
    try service.verify(visit, store: bench.store, meaning: meaning)
  }

  @Test("What came in by the rules is intact")
  func intact() throws {
    let verdict = try verdict(bench.service)
    #expect(verdict.problems == [])
    #expect(verdict.isIntact)
    #expect(verdict.batches == 5)
  }

  @Test("Under another identity key no certificate holds and no batch stands")
  func otherIdentity() throws {
    let other = try ServerBench(seed: 2)
    let keys = ServerKeys(identity: other.keys.identity)
    let verdict = try verdict(Service(keys: keys))
    #expect(!verdict.isIntact)
    #expect(verdict.problems.count { $0.hasPrefix("the certificate of") } == 3)
    #expect(verdict.problems.count { $0.hasPrefix("position ") } == 5)
  }

  @Test("A state that does not follow from the log is noticed")
  func otherState() throws {
    let silent = Meaning(version: 1) { _, _ in .inert(.value) }
    let verdict = try verdict(bench.service, meaning: silent)
    #expect(verdict.problems.map { $0.prefix(9) } == ["the state"])
  }

  @Test("A visit that is not here has no verdict")
  func unknown() throws {
    let nowhere = VisitID(bits: Bits128(high: 9, low: 9))
    let problem = #expect(throws: Problem.self) {
      try bench.service.verify(nowhere, store: bench.store, meaning: .assessment)
    }
    #expect(problem?.code == .unknown)
  }
}
