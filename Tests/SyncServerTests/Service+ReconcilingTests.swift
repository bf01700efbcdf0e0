import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Reconcile, on the server")
struct ServiceReconcilingTests {
  private let bench: ServerBench
  private let anna: Device
  private let stranger: Device
  private let visit: VisitID

  init() throws {
    bench = try ServerBench()
    let person = try bench.person("Anna", 1)
    anna = try bench.device(of: person, 11)
    stranger = try bench.device(of: try bench.person("Ben", 2), 12)
    visit = try bench.visit(members: [(person, .lead)])
    try bench.pull(visit, to: anna)
  }

  private func reconcile(
    _ frames: [Frame],
    from device: Device
  ) throws -> [Frame] {
    try bench.service.reconcile(
      frames + [.end],
      from: device.caller,
      newEpoch: ServerBench.next,
      now: ServerBench.now,
      store: bench.store
    )
  }

  /// Whether a new history began because of a proof that Anna brings.
  private func beginsHistory(_ proof: Frame) throws -> Bool {
    let before = try bench.service.epoch(bench.store)
    _ = try reconcile([proof], from: anna)
    return try bench.service.epoch(bench.store) != before
  }

  private func ends(_ device: Device) throws -> [StreamEnd] {
    try device.store.streamEnds(of: visit)
  }

  /// A head that a key signs of any position and digest.
  private func head(
    _ position: Int64,
    _ digest: Hash256,
    of visit: VisitID? = nil,
    epoch: Epoch? = nil,
    by key: SigningKey? = nil
  ) throws -> Frame {
    let key = try key ?? bench.authority()
    let head = Head(
      visit: visit ?? self.visit,
      epoch: epoch ?? bench.epoch,
      digest: LogDigest(position: position, hash: digest),
      replica: key.publicKey.replicaID
    )
    return .head(line: head.line, signature: try key.sign(Hash256(.head, head.line)))
  }

  @Test("It says in its history what is held, and what the server holds itself")
  func answer() throws {
    _ = try anna.write("a", in: visit)
    let mine = try ends(anna)
    let answer = try reconcile([.streams(StreamList(visit: visit, ends: mine))], from: anna)
    #expect(try bench.service.epoch(bench.store) == bench.epoch)
    let founding = try #require(try bench.store.streamEnds(of: visit).first)
    let place = try #require(mine.firstIndex(of: founding))
    #expect(
      answer == [
        .history(bench.epoch), .held(HeldStreams(visit: visit, places: [place])),
        .streams(StreamList(visit: visit, ends: [founding])), .end,
      ]
    )
  }

  @Test("Of a visit that is not here, and of one of others, nothing is held, alike")
  func unknown() throws {
    let nowhere = VisitID(bits: Bits128(high: 98, low: 98))
    let ends = try ends(anna)
    for (device, visit) in [(stranger, visit), (anna, nowhere)] {
      let answer = try reconcile([.streams(StreamList(visit: visit, ends: ends))], from: device)
      #expect(
        answer == [
          .history(bench.epoch), .held(HeldStreams(visit: visit, places: [])), .end,
        ]
      )
    }
  }

  @Test("Who was removed learns what is held of what they name, and nothing more")
  func removed() throws {
    let ben = try bench.device(of: try bench.person("Cleo", 3), 13)
    let roster = Roster(cells: try bench.store.cells(of: visit))
    let draft = try roster.put(ben.person, as: .peer, name: "Cleo")
    try bench.service.decree([draft], in: visit, now: ServerBench.now, store: bench.store)
    try bench.pull(visit, to: ben)
    try bench.remove(ben.person, from: visit)
    let answer = try reconcile([.streams(StreamList(visit: visit, ends: try ends(ben)))], from: ben)
    #expect(answer.map(\.kind) == ["history", "held", "end"])
    #expect(answer[1] == .held(HeldStreams(visit: visit, places: [0])))
  }

  @Test("Every list of a request is answered in order")
  func lists() throws {
    let end = try #require(try ends(anna).first)
    let strange = StreamEnd(stream: end.stream, number: 1, lastCounter: 9, hash: .plain([1]))
    let answer = try reconcile(
      [
        .streams(StreamList(visit: visit, ends: [strange])),
        .streams(StreamList(visit: visit, ends: [strange, end])),
      ],
      from: anna
    )
    #expect(answer.map(\.kind) == ["history", "held", "held", "streams", "end"])
    #expect(answer[1] == .held(HeldStreams(visit: visit, places: [])))
    #expect(answer[2] == .held(HeldStreams(visit: visit, places: [1])))
  }

  @Test("A head that was signed here and stands no more begins a new history before the answer")
  func proof() throws {
    let end = try bench.store.logDigest(of: visit)
    let nowhere = VisitID(bits: Bits128(high: 98, low: 98))
    for proof in [
      try head(end.position + 1, end.hash), try head(end.position, .plain([1])),
      try head(0, .plain([1])), try head(1, .plain([1]), of: nowhere),
    ] {
      // The same server once more, since each proof is of its first history.
      let twin = try ServerBench()
      _ = try twin.device(of: try twin.person("Anna", 1), 11)
      _ = try twin.visit(members: [(anna.person, .lead)])
      let answer = try twin.service.reconcile(
        [proof, .end],
        from: anna.caller,
        newEpoch: ServerBench.next,
        now: ServerBench.now,
        store: twin.store
      )
      #expect(answer == [.history(ServerBench.next), .end])
      #expect(try twin.service.epoch(twin.store) == ServerBench.next)
    }
  }

  @Test("A head that stands, is another's, or is of another history proves nothing")
  func noProof() throws {
    let end = try bench.store.logDigest(of: visit)
    let thief = try #require(SigningKey(seed: Array(repeating: 99, count: 32)))
    let wrong = Hash256.plain([1])
    guard case .head(let line, _) = try head(end.position + 1, wrong),
      case .head(_, let other) = try head(end.position, wrong)
    else { return }
    let frames = [
      try head(end.position, end.hash), try head(0, LogDigest(emptyLogOf: visit).hash),
      try head(end.position + 1, wrong, by: thief), try head(end.position + 1, wrong, by: anna.key),
      try head(end.position + 1, wrong, epoch: ServerBench.next),
      try head(end.position + 1, wrong, by: bench.keys.identity),
      .head(line: line, signature: other), .head(line: [1, 2, 3], signature: other),
    ]
    for frame in frames + [Frame.end] {
      #expect(try !beginsHistory(frame))
    }
    #expect(try bench.service.epoch(bench.store) == bench.epoch)
    #expect(try bench.store.documents("history").isEmpty)
  }

  @Test("A head of a history that the store forgot makes no device look copied, and begins nothing")
  func forgottenHistory() throws {
    func state(held: UInt64?, propose: UInt64) throws -> HelloAnswer.State {
      let hello = Hello(
        client: "test",
        model: 1,
        clock: 0,
        held: held.map { Bits128(high: $0, low: 0) },
        proposed: Bits128(high: propose, low: 0),
        visits: []
      )
      return try bench.service
        .answer(hello, from: anna.caller, now: ServerBench.now, store: bench.store).state
    }
    #expect(try state(held: nil, propose: 1) == .ok)
    #expect(try state(held: 5, propose: 6) == .cloned)
    let later = try bench.keys.authority(of: ServerBench.next)
    let digest = LogDigest(emptyLogOf: visit).hash
    let forged = try head(0, digest, epoch: ServerBench.next, by: anna.key)
    #expect(try !beginsHistory(forged))
    #expect(try state(held: 5, propose: 6) == .cloned)
    let proof = try head(0, digest, epoch: ServerBench.next, by: later)
    #expect(try !beginsHistory(proof))
    #expect(try state(held: 5, propose: 6) == .ok)
    // Once is enough: brought again, it forgets nobody's token.
    _ = try reconcile([proof], from: anna)
    #expect(try state(held: 1, propose: 9) == .cloned)
    #expect(try bench.service.epoch(bench.store) == bench.epoch)
  }

  @Test("Five hundred streams fit a frame, and frames of any number fit a body")
  func manyStreams() throws {
    let stream = try #require(try ends(anna).first).stream
    let branch = StreamID(replica: stream.replica, branch: Branch(name: .max))
    let ends = (0..<600).map { number in
      StreamEnd(
        stream: branch,
        number: Limits.greatestInteger,
        lastCounter: Limits.greatestInteger,
        hash: Hash256.plain(Array("\(number)".utf8))
      )
    }
    let lists = StreamList.lists(of: visit, ends)
    #expect(lists.map(\.ends.count) == [512, 88])
    let body = Frame.body(lists.map { .streams($0) } + [.end])
    let read = try FrameReader.frames(of: body)
    #expect(read.frames == lists.map { .streams($0) } + [.end])
    #expect(lists.allSatisfy { Frame.body([.streams($0)]).count <= Limits.frameBytes })
  }
}
