import Convergence
import SyncProtocol
import SyncServer
import Testing

@Suite("The answer of a sync as it grows")
struct SyncAnswerTests {
  private func answer(visits: Int, pageBatches: Int = Limits.pageBatches) throws -> SyncAnswer {
    let hello = Hello(
      client: "test",
      model: 1,
      clock: 0,
      held: nil,
      proposed: Bits128(high: 1, low: 1),
      visits: (0..<visits).map { number in
        Hello.Progress(visit: visit(number), cursor: nil, digest: nil)
      }
    )
    return try SyncAnswer([.hello(hello.value), .end], pageBatches: pageBatches)
  }

  private func visit(_ number: Int) -> VisitID {
    VisitID(bits: Bits128(high: 5, low: UInt64(number)))
  }

  private func batch(bytes: Int) throws -> Frame {
    let key = try #require(SigningKey(seed: Array(repeating: 1, count: 32)))
    let line = [UInt8](repeating: UInt8(ascii: " "), count: bytes)
    return .batch(SealedBatch(line: line, signature: try key.sign(Hash256.plain([]))), nil)
  }

  @Test("Every visit of the hello has its turn, in order, and then there is nothing to read")
  func turns() throws {
    var answer = try answer(visits: 3, pageBatches: 7)
    for number in 0..<3 {
      let next = answer.nextPage()
      let request = try #require(next)
      #expect(request.visit == visit(number))
      #expect(request.count == 7 && request.bytes == Limits.pageBytes)
    }
    #expect(answer.nextPage() == nil)
    #expect(answer.frames == [.end])
  }

  @Test("The pages of an answer share what one may hold; where it is used up, they have one batch")
  func sharedSize() throws {
    var answer = try answer(visits: 3)
    _ = answer.nextPage()
    answer.add(page: [try batch(bytes: 65_536)])
    let next = answer.nextPage()
    let second = try #require(next)
    #expect(second.count == Limits.pageBatches && second.bytes == Limits.pageBytes - 65_536)
    answer.add(page: [try batch(bytes: Limits.pageBytes)])
    let last = answer.nextPage()
    let third = try #require(last)
    #expect(third.count == 1 && third.bytes == 0)
  }

  @Test("Without a hello in front there is no answer, nor for later versions alone")
  func hello() throws {
    let later = Value.object(["v": .list([.int(2)])])
    let refused: [([Frame], Problem.Code)] = [
      ([], .malformed), ([.end], .malformed), ([.hello(later)], .upgrade),
    ]
    for (frames, code) in refused {
      let problem = #expect(throws: Problem.self) { _ = try SyncAnswer(frames) }
      #expect(problem?.code == code)
    }
  }
}
