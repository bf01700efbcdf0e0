import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Enrolling")
struct ServiceEnrolmentTests {
  private func request(
    _ code: EnrolmentCode,
    key: UInt8 = 9,
    device: String = "Tablet"
  ) throws -> EnrolRequest {
    let key = try #require(SigningKey(seed: Array(repeating: key, count: 32)))
    return try EnrolRequest(code: code, key: key, deviceName: device)
  }

  private func enrol(_ request: EnrolRequest, at bench: ServerBench) throws -> [Frame] {
    try bench.service.enrol(request, now: ServerBench.now, store: bench.store)
  }

  @Test("A code gives a certified replica of its person and the authority's certificate")
  func enrols() throws {
    let bench = try ServerBench()
    let anna = try bench.person("Anna Rowe", 1)
    let request = try request(try bench.code(for: anna, 3))
    let frames = try enrol(request, at: bench)
    #expect(frames.map(\.kind) == ["enrolled", "certificate", "certificate", "end"])
    guard case .enrolled(let enrolled) = frames[0], case .certificate(let sealed) = frames[1],
      case .certificate(let authority) = frames[2]
    else {
      Issue.record("the answer is not an enrolment")
      return
    }
    #expect(enrolled.person == anna)
    #expect(enrolled.name == "Anna Rowe")
    #expect(enrolled.epoch == bench.epoch)
    let identity = bench.keys.identity.publicKey
    #expect(enrolled.identity == identity)
    let certificate = try sealed.certificate(identity: identity) { _ in nil }
    #expect(certificate.person == anna)
    #expect(certificate.key == request.key)
    #expect(certificate.deviceName == "Tablet")
    #expect(try authority.certificate(identity: identity) { _ in nil }.holder == .authority)
  }

  @Test("A code that was never issued is refused")
  func wrongCode() throws {
    let bench = try ServerBench()
    _ = try bench.code(for: try bench.person("Anna Rowe", 1), 3)
    let fingerprint = bench.keys.identity.publicKey.fingerprint
    let guess = try #require(
      EnrolmentCode(secret: Array(repeating: 4, count: 10), fingerprint: fingerprint)
    )
    let problem = #expect(throws: Problem.self) { try enrol(try request(guess), at: bench) }
    #expect(problem?.code == .code)
  }

  @Test("A used code is refused to another key, and gives no certificate")
  func usedCode() throws {
    let bench = try ServerBench()
    let code = try bench.code(for: try bench.person("Anna Rowe", 1), 3)
    _ = try enrol(try request(code, key: 9), at: bench)
    let second = try request(code, key: 10)
    let problem = #expect(throws: Problem.self) { try enrol(second, at: bench) }
    #expect(problem?.code == .code)
    #expect(try bench.store.certificate(of: second.key.replicaID) == nil)
  }

  @Test("A used code is refused to a key that another code enrolled")
  func usedCodeOfAnother() throws {
    let bench = try ServerBench()
    let annas = try bench.code(for: try bench.person("Anna Rowe", 1), 3)
    let bens = try bench.code(for: try bench.person("Ben Ito", 2), 4)
    _ = try enrol(try request(annas, key: 9), at: bench)
    _ = try enrol(try request(bens, key: 10), at: bench)
    let crossed = try request(annas, key: 10)
    let problem = #expect(throws: Problem.self) { try enrol(crossed, at: bench) }
    #expect(problem?.code == .code)
  }

  @Test("Repeating an enrolment with the same key gives the same bytes")
  func lostAnswer() throws {
    let bench = try ServerBench()
    let request = try request(try bench.code(for: try bench.person("Anna Rowe", 1), 3))
    let first = try enrol(request, at: bench)
    let count = try bench.store.certificates().count
    #expect(try enrol(request, at: bench) == first)
    #expect(try bench.store.certificates().count == count)
  }

  @Test("The store keeps no secret of a code")
  func onlyHashes() throws {
    let bench = try ServerBench()
    let secret = Array(repeating: UInt8(3), count: 10)
    _ = try bench.code(for: try bench.person("Anna Rowe", 1), 3)
    let documents = try bench.store.documents("code")
    #expect(documents.map(\.key) == [Hash256.plain(secret).text])
    for document in documents {
      #expect(!"\(document)".contains(Text64.encode(secret)))
    }
  }
}
