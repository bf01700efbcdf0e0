import Convergence
import Foundation
import OperationStore
import SyncProtocol
import SyncServer
import TestSupport
import Testing

@Suite("A replica that the server does not know")
struct IntroductionTests {
  private let bench: ServerBench
  private let device: Device
  private let successor: SigningKey
  private let nonces = Nonces(secret: Array(repeating: 7, count: 32))

  init() throws {
    bench = try ServerBench()
    device = try bench.device(of: try bench.person("Anna", 1), 11)
    successor = try #require(SigningKey(seed: Array(repeating: 12, count: 32)))
  }

  private func certificate(
    _ key: SigningKey,
    by issuer: SigningKey,
    of person: PersonID? = nil
  ) throws -> SealedCertificate {
    try Certificate(
      key: key.publicKey,
      holder: .device(person: person ?? device.person, deviceName: "Tablet"),
      name: "Anna",
      issuer: issuer.publicKey,
      clock: ServerBench.now
    ).sealed(by: issuer)
  }

  private func hello(held: Bits128? = nil) -> Frame {
    .hello(
      Hello(
        client: "test",
        model: 1,
        clock: ServerBench.now,
        held: held,
        proposed: Bits128(high: 5, low: 5),
        visits: []
      ).value
    )
  }

  private func caller(
    _ frames: [Frame],
    _ target: String = "/v1/sync",
    key: SigningKey? = nil,
    store: OperationStore? = nil,
    compressed isCompressed: Bool = false
  ) throws -> Caller {
    let plain = Frame.body(frames)
    let body = isCompressed ? try Gzip.compress(plain) : plain
    let proof = try RequestProof(
      method: "POST",
      target: target,
      body: body,
      nonce: nonces.make(at: ServerBench.now),
      key: key ?? successor
    )
    return try bench.service.caller(
      proof,
      method: "POST",
      target: target,
      body: body,
      isCompressed: isCompressed,
      nonces: nonces,
      now: ServerBench.now,
      store: store ?? bench.store
    )
  }

  @Test("Its certificates behind the hello make it known, for every call that may carry them")
  func introduced() throws {
    let chain = [device.certificate, try certificate(successor, by: device.key)]
    for target in ["/v1/sync", "/v1/hello", "/v1/push", "/v1/reconcile"] {
      let caller = try caller([hello()] + chain.map { .certificate($0) } + [.end], target)
      #expect(caller.person == device.person && caller.brought == chain)
    }
    // Where the issuer is held, the replica's own is enough.
    let short = try caller([hello(), .certificate(chain[1]), .end])
    #expect(short.brought == [chain[1]])
    #expect(try bench.store.certificate(of: short.replica) == nil, "nothing was stored yet")
    _ = try bench.sync([hello(), .certificate(chain[1]), .end], from: short)
    #expect(try bench.store.certificate(of: short.replica) == short.certificate)
    #expect(try caller([hello(), .end]).brought == [])
  }

  @Test("They are found in a compressed body as well, however long it is, and damaged or not")
  func compressed() throws {
    let chain = [device.certificate, try certificate(successor, by: device.key)]
    let start = [hello()] + chain.map { Frame.certificate($0) }
    let signature = device.certificate.signature
    // Text that hardly shrinks, far beyond what is inflated before the proof.
    var chance = SeededGenerator(seed: 7)
    let batches = (0..<40).map { _ in
      let text = Text64.encode((0..<24_000).map { _ in UInt8(truncatingIfNeeded: chance.next()) })
      return Frame.batch(SealedBatch(line: Array(text.utf8), signature: signature), nil)
    }
    for frames in [start + [.end], start + batches + [.end]] {
      #expect(try caller(frames, compressed: true).brought == chain)
    }
    let refused = #expect(throws: Problem.self) {
      try caller([hello(), .end], compressed: true)
    }
    #expect(refused?.code == .credential)
  }

  @Test("What does not begin at the server's identity makes nobody known")
  func invalid() throws {
    let thief = try #require(SigningKey(seed: Array(repeating: 66, count: 32)))
    let other = try bench.person("Ben", 2)
    let good = try certificate(successor, by: device.key)
    let broken = SealedCertificate(line: good.line, signature: device.certificate.signature)
    let endless = try certificate(successor, by: successor)
    let forged = try certificate(successor, by: thief)
    let cases: [[Frame]] = [
      [hello(), .end], [hello(), .certificate(broken), .end],
      [hello(), .certificate(endless), .end],
      [hello(), .certificate(forged), .end],
      [hello(), .certificate(try certificate(thief, by: thief)), .certificate(forged), .end],
      [hello(), .certificate(try certificate(successor, by: device.key, of: other)), .end],
      [hello(), .certificate(device.certificate), .end],
      // What comes behind the first batch is not read: nobody has proved anything yet.
      [
        hello(), .batch(SealedBatch(line: Array("{}".utf8), signature: good.signature), nil),
        .certificate(good), .end,
      ],
    ]
    for (number, frames) in cases.enumerated() {
      let problem = #expect(throws: Problem.self) { try caller(frames) }
      #expect(problem?.code == .credential, "case \(number)")
    }
    for target in ["/v1/visits", "/v1/enrol", "/v1/log"] {
      let problem = #expect(throws: Problem.self) {
        try caller([hello(), .certificate(good), .end], target)
      }
      #expect(problem?.code == .credential)
    }
    // The certificate of another does not stand in for the key that signed the request.
    let problem = #expect(throws: Problem.self) {
      try caller([hello(), .certificate(good), .end], key: thief)
    }
    #expect(problem?.code == .credential)
  }

  @Test("A restored server knows the person again by the name of the certificate")
  func person() throws {
    let backup = try ServerBench()
    let store = backup.store
    let frames = [hello(), .certificate(device.certificate), .end]
    let caller = try caller(frames, key: device.key, store: store)
    _ = try backup.sync(frames, from: caller)
    let name = try store.document("person", device.person.text)?["name"]?.string
    #expect(name == "Anna")
    #expect(try store.certificate(of: device.caller.replica) == device.caller.certificate)
  }

  @Test("A running server remembers it for the calls that carry no certificate")
  func remembered() async throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("fieldbook-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let bench = try ServerBench(.file(folder.appendingPathComponent("store.sqlite").path))
    let server = try bench.server()
    let frames = [hello(), .certificate(device.certificate), .end]
    func proved(_ method: String, _ target: String, _ body: [UInt8]) throws -> Caller {
      let proof = try RequestProof(
        method: method,
        target: target,
        body: body,
        nonce: server.nonces.make(at: ServerBench.now),
        key: device.key
      )
      return try server.caller(proof, method: method, target: target, body: body)
    }
    // Both benches draw the same keys, so this server is the one that certified the device, without
    // knowing anything of it.
    #expect(throws: Problem.self) { try proved("GET", "/v1/visits", []) }
    let caller = try proved("POST", "/v1/sync", Frame.body(frames))
    _ = try await server.sync(frames, from: caller)
    #expect(try proved("GET", "/v1/visits", []).brought == [])
    let again = try bench.server()
    let nonce = again.nonces.make(at: ServerBench.now)
    let proof = try RequestProof(
      method: "GET",
      target: "/v1/visits",
      body: [],
      nonce: nonce,
      key: device.key
    )
    #expect(try again.caller(proof, method: "GET", target: "/v1/visits", body: []).brought == [])
  }
}
