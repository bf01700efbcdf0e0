import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("A sync as one plain call")
struct ServiceSyncTests {
  private let bench: ServerBench
  private let anna: Device
  private let ben: Device
  private let visit: VisitID
  private let other: VisitID

  init() throws {
    bench = try ServerBench()
    let people = try [bench.person("Anna", 1), bench.person("Ben", 2)]
    anna = try bench.device(of: people[0], 11)
    ben = try bench.device(of: people[1], 12)
    visit = try bench.visit(1, members: [(people[0], .lead), (people[1], .peer)])
    other = try bench.visit(2, members: [(people[1], .lead)])
    try bench.pull(visit, to: anna)
    try bench.pull(visit, to: ben)
  }

  private func hello(_ visits: [VisitID]) -> Frame {
    .hello(
      Hello(
        client: "test",
        model: 1,
        clock: ServerBench.now,
        held: nil,
        proposed: Bits128(high: 1, low: 1),
        visits: visits.map { Hello.Progress(visit: $0, cursor: nil, digest: nil) }
      ).value
    )
  }

  private func sync(_ frames: [Frame], from device: Device) throws -> [Frame] {
    try bench.sync(frames, from: device.caller)
  }

  private func pages(_ frames: [Frame]) -> [VisitID] {
    frames.compactMap { frame in
      guard case .page(let page) = frame else { return nil }
      return page.visit
    }
  }

  private func outcomes(_ frames: [Frame]) -> [String] {
    frames.compactMap { frame in
      guard case .result(let result) = frame else { return nil }
      return result.outcome.code
    }
  }

  @Test("It greets, brings and fetches")
  func whole() throws {
    let frames = [
      hello([visit]), .certificate(anna.certificate), try anna.write("a", in: visit), .end,
    ]
    #expect(
      try sync(frames, from: anna).map(\.kind)
        == [
          "hello", "result", "certificate", "batch", "certificate", "batch", "page", "head",
          "intake", "end",
        ]
    )
  }

  @Test("The work of a removed member is held, its visit has no page, and the others have theirs")
  func removed() throws {
    try bench.remove(ben.person, from: visit)
    let work = try ben.write("a", in: visit)
    let answer = try sync([hello([visit, other]), work, .end], from: ben)
    #expect(outcomes(answer) == ["held"])
    #expect(pages(answer) == [other])
    #expect(
      !answer.contains { frame in
        guard case .head(let line, _) = frame else { return false }
        return (try? Head(line: line))?.visit == visit
      }
    )
    #expect(answer.last == .end)
    let hash = try #require(work.sealed?.hash)
    #expect(try bench.store.holds(hash, of: visit))
  }

  @Test("A visit of others and one that is not are answered alike, and the other visits go on")
  func stranger() throws {
    let nowhere = VisitID(bits: Bits128(high: 98, low: 98))
    var answers: [[String]] = []
    // Once before, so that both answers name the same.
    let work = try anna.write("a", in: visit)
    _ = try bench.push([.certificate(anna.certificate), work], from: anna)
    for foreign in [other, nowhere] {
      let answer = try sync([hello([visit, foreign]), work, .end], from: anna)
      #expect(outcomes(answer) == ["dup"])
      #expect(pages(answer) == [visit])
      answers.append(answer.map(\.kind))
    }
    #expect(answers[0] == answers[1])
  }

  @Test("A cursor beyond the start of a visit of others, and of one that is not, looks rewound")
  func strangersCursor() throws {
    let nowhere = VisitID(bits: Bits128(high: 98, low: 98))
    func state(_ visit: VisitID, _ position: Int64) throws -> HelloAnswer.State {
      let progress = Hello.Progress(
        visit: visit,
        cursor: Cursor(epoch: bench.epoch, position: position),
        digest: LogDigest(emptyLogOf: visit).hash
      )
      let hello = Hello(
        client: "test",
        model: 1,
        clock: 0,
        held: nil,
        proposed: .zero,
        visits: [progress]
      )
      return try bench.service
        .answer(hello, from: anna.caller, now: ServerBench.now, store: bench.store).state
    }
    #expect(try [state(other, 0), state(nowhere, 0)] == [.ok, .ok])
    #expect(try [state(other, 1), state(nowhere, 1)] == [.rewound, .rewound])
  }

  @Test("Cursors of another history refuse the whole, before anything of it is stored")
  func otherHistory() throws {
    let hello = Hello(
      client: "test",
      model: 1,
      clock: 0,
      held: nil,
      proposed: Bits128(high: 1, low: 1),
      visits: [
        Hello.Progress(
          visit: visit,
          cursor: Cursor(epoch: Epoch(bits: .zero), position: 0),
          digest: LogDigest(emptyLogOf: visit).hash
        )
      ]
    )
    let work = try anna.write("a", in: visit)
    let problem = #expect(throws: Problem.self) {
      try sync([.hello(hello.value), work, .end], from: anna)
    }
    #expect(problem?.code == .epoch)
    #expect(try bench.store.logDigest(of: visit).position == 1)
    #expect(try bench.store.document("device", anna.caller.replica.text) == nil)
  }

  @Test("A page has no more batches than are wanted, and says that there are more")
  func shortPages() throws {
    for text in ["a", "b"] {
      #expect(try bench.codes([try anna.write(text, in: visit)], from: anna) == ["ok"])
    }
    let answer = try bench.sync([hello([visit]), .end], from: anna.caller, pageBatches: 2)
    let page = answer.compactMap { frame -> Page? in
      guard case .page(let page) = frame else { return nil }
      return page
    }
    #expect(page.map(\.digest.position) == [2])
    #expect(page.map(\.hasMore) == [true])
  }
}
