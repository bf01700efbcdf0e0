import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Greeting a device")
struct ServiceTests {
  private let bench: ServerBench
  private let anna: Device
  private let ben: Device
  private let visit: VisitID

  init() throws {
    bench = try ServerBench()
    let people = try [bench.person("Anna", 1), bench.person("Ben", 2)]
    anna = try bench.device(of: people[0], 11)
    ben = try bench.device(of: people[1], 12)
    visit = try bench.visit(members: [(people[0], .lead), (people[1], .observer)])
  }

  private func token(_ number: UInt64) -> Bits128 { Bits128(high: number, low: number) }

  private func answer(
    held: UInt64? = nil,
    receipt: String? = nil,
    propose: UInt64,
    visits: [Hello.Progress] = []
  ) throws -> HelloAnswer {
    let hello = Hello(
      client: "test",
      model: 1,
      clock: ServerBench.now,
      held: held.map { token($0) },
      proposed: token(propose),
      receipt: receipt,
      visits: visits
    )
    return try bench.service
      .answer(hello, from: anna.caller, now: ServerBench.now, store: bench.store)
  }

  private func state(
    held: UInt64? = nil,
    receipt: String? = nil,
    propose: UInt64,
    visits: [Hello.Progress] = []
  ) throws -> HelloAnswer.State {
    try answer(held: held, receipt: receipt, propose: propose, visits: visits).state
  }

  private func progress(_ position: Int64, _ digest: Hash256) -> Hello.Progress {
    Hello.Progress(
      visit: visit,
      cursor: Cursor(epoch: bench.epoch, position: position),
      digest: digest
    )
  }

  @Test("A device that moves from token to token is honest")
  func rotation() throws {
    #expect(try state(propose: 1) == .ok)
    #expect(try state(held: 1, propose: 2) == .ok)
    #expect(try state(held: 2, propose: 3) == .ok)
  }

  @Test("A lost answer does not make an honest device a clone")
  func lostAnswer() throws {
    #expect(try state(propose: 1) == .ok)
    #expect(try state(held: 1, propose: 2) == .ok)
    // The answer was lost: the device still holds 1, and repeats the proposal that it stored.
    #expect(try state(held: 1, propose: 2) == .ok)
    #expect(try state(held: 2, propose: 3) == .ok)
  }

  @Test("The first answer may be lost too")
  func firstAnswerLost() throws {
    #expect(try state(propose: 1) == .ok)
    #expect(try state(propose: 1) == .ok)
    #expect(try state(held: 1, propose: 2) == .ok)
  }

  @Test("A copy that shows an old token is told so, and changes nothing for the original")
  func clone() throws {
    #expect(try state(propose: 1) == .ok)
    #expect(try state(held: 1, propose: 2) == .ok)
    #expect(try state(held: 1, propose: 9) == .cloned)
    #expect(try state(held: 2, propose: 3) == .ok)
  }

  @Test("A store that was put back believes its own receipt, and finds out a copied device still")
  func putBack() throws {
    let first = try answer(propose: 1).receipt
    let key = anna.caller.replica.text
    let backup = try bench.store.document("device", key)
    let second = try answer(held: 1, receipt: first, propose: 2).receipt
    let third = try answer(held: 2, receipt: second, propose: 3).receipt
    try bench.store.transaction { () throws(StoreError) in
      try bench.store.setDocument("device", key, backup)
    }
    // Nobody else can make one, and one of another token says nothing of this one.
    #expect(try state(held: 3, propose: 4) == .cloned)
    #expect(try state(held: 3, receipt: second, propose: 4) == .cloned)
    let believed = try answer(held: 3, receipt: third, propose: 4)
    #expect(believed.state == .rewound)
    #expect(try state(held: 4, receipt: believed.receipt, propose: 5) == .ok)
    // The copy was made when the device held the second.
    let copy = try answer(held: 2, receipt: second, propose: 9)
    #expect(copy.state == .cloned && copy.receipt == nil)
  }

  // Found by the simulator: the old request was believed, and the honest device called a copy.
  @Test(
    "An old request that arrives again, when the store is known to have gone back, moves nothing"
  )
  func oldRequest() throws {
    let first = try answer(propose: 1).receipt
    let second = try answer(held: 1, receipt: first, propose: 2).receipt
    let third = try answer(held: 2, receipt: second, propose: 3).receipt
    let beyond = [progress(90, Hash256.plain([1]))]
    #expect(try state(held: 2, receipt: second, propose: 8, visits: beyond) == .rewound)
    #expect(try state(held: 3, receipt: third, propose: 4) == .ok)
    // A client that brings no receipt is believed.
    #expect(try state(held: 7, propose: 9, visits: beyond) == .rewound)
    #expect(try state(held: 9, propose: 10) == .ok)
  }

  @Test("A repeated proposal has the same receipt")
  func repeatedReceipt() throws {
    let first = try answer(propose: 1).receipt
    let second = try answer(held: 1, receipt: first, propose: 2).receipt
    #expect(try answer(held: 1, receipt: first, propose: 2).receipt == second)
    #expect(first != second && second != nil)
  }

  @Test("A device that read what the server holds is in order")
  func sameHistory() throws {
    let digest = try bench.store.logDigest(of: visit)
    #expect(try state(propose: 1, visits: [progress(digest.position, digest.hash)]) == .ok)
    #expect(try state(propose: 1, visits: [progress(0, LogDigest(emptyLogOf: visit).hash)]) == .ok)
  }

  @Test("A device that read further, or something else, finds the server rewound")
  func rewound() throws {
    let digest = try bench.store.logDigest(of: visit)
    let other = Hash256.plain([1])
    #expect(try state(propose: 1, visits: [progress(digest.position + 1, other)]) == .rewound)
    #expect(try state(propose: 1, visits: [progress(digest.position, other)]) == .rewound)
  }

  @Test("A person is shown their visits with their role, sorted, and no others")
  func visits() throws {
    let second = try bench.visit(2, members: [(anna.person, .peer)])
    let service = bench.service
    let annas = try service.visits(of: anna.caller, store: bench.store)
    #expect(annas.map(\.visit) == [visit, second])
    #expect(annas.map(\.role) == ["lead", "peer"])
    #expect(annas.map(\.title) == ["Visit 1", "Visit 2"])
    #expect(annas.map(\.digest.position) == [1, 1])
    let bens = try service.visits(of: ben.caller, store: bench.store)
    #expect(bens.map(\.role) == ["observer"])
    try bench.remove(ben.person, from: visit)
    #expect(try service.visits(of: ben.caller, store: bench.store).isEmpty)
  }

  @Test("A proof holds for its request alone")
  func proofs() throws {
    let nonces = Nonces(secret: Array(repeating: 7, count: 32))
    func check(
      _ method: String,
      _ target: String,
      _ body: [UInt8],
      signedBy key: SigningKey
    ) throws -> Caller {
      let proof = try RequestProof(
        method: "POST",
        target: "/v1/push",
        body: [1],
        nonce: nonces.make(at: ServerBench.now),
        key: key
      )
      return try bench.service.caller(
        proof,
        method: method,
        target: target,
        body: body,
        nonces: nonces,
        now: ServerBench.now,
        store: bench.store
      )
    }
    #expect(try check("POST", "/v1/push", [1], signedBy: anna.key) == anna.caller)
    for (method, target, body) in [
      ("GET", "/v1/push", [UInt8(1)]), ("POST", "/v1/sync", [1]), ("POST", "/v1/push", [2]),
    ] {
      let problem = #expect(throws: Problem.self) {
        try check(method, target, body, signedBy: anna.key)
      }
      #expect(problem?.code == .credential)
    }
    let nobody = try #require(SigningKey(seed: Array(repeating: 77, count: 32)))
    #expect(throws: Problem.self) { try check("POST", "/v1/push", [1], signedBy: nobody) }
    #expect(throws: Problem.self) {
      try check("POST", "/v1/push", [1], signedBy: bench.authority())
    }
  }
  @Test("Without a proof, or with a nonce that is stale or made up, a new nonce is offered")
  func nonces() throws {
    let nonces = Nonces(secret: Array(repeating: 7, count: 32))
    let stale = nonces.make(at: ServerBench.now - (Nonces.lifetime + 1) * 1_000)
    for nonce in [nil, "made-up", stale] {
      let proof = try nonce.map { nonce in
        try RequestProof(
          method: "GET",
          target: "/v1/visits",
          body: [],
          nonce: nonce,
          key: anna.key
        )
      }
      let problem = #expect(throws: Problem.self) {
        try bench.service.caller(
          proof,
          method: "GET",
          target: "/v1/visits",
          body: [],
          nonces: nonces,
          now: ServerBench.now,
          store: bench.store
        )
      }
      #expect(problem?.code == .nonce)
    }
  }
}
