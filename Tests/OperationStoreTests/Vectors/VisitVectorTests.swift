import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Vectors of whole visits")
struct VisitVectorTests {
  @Test("A visit comes out as the vector says, however it arrives", arguments: Vector.all("visits"))
  func visits(vector: Vector) throws {
    for arrival in try #require(vector["arrivals"]?.list) {
      let bench = try VisitBench(vector)
      var results: [Value] = []
      var gaps: [Value] = []
      var absent: [Value] = []
      for index in try #require(arrival["order"]?.list) {
        let answer = try bench.admit(Int(try #require(index.int)))
        results.append(.string(answer.code))
        if case .gap(let next)? = answer.outcome { gaps.append(.int(next)) }
        if case .missing(let deps)? = answer.outcome { absent.append(.list(deps.map(\.value))) }
      }
      #expect(arrival["results"] == .list(results))
      #expect(arrival["gaps"] == .list(gaps))
      #expect(arrival["absent"] == .list(absent))
      #expect(try bench.store.logDigest(of: bench.visit).hash.text == arrival["log"]?.string)
      guard arrival["complete"] == .bool(true) else { continue }
      let final = try #require(vector["final"])
      try Self.expect(bench, final)
      // What was merged step by step is what the whole log gives.
      try bench.store.transaction { () throws(StoreError) in
        try bench.store.rederive(bench.visit)
      }
      try Self.expect(bench, final)
    }
  }

  private static func expect(_ bench: VisitBench, _ final: Value) throws {
    let notices = try bench.store.notices(of: bench.visit)
    #expect(text(cells(try bench.store.cells(of: bench.visit))) == text(final["cells"]))
    #expect(text(listed(notices, .held)) == text(final["held"]))
    #expect(text(listed(notices, .uninterpreted)) == text(final["uninterpreted"]))
    let inert = notices.compactMap { notice -> Value? in
      guard case .inert(let reason) = notice.effect else { return nil }
      return .list([
        .string(notice.batch.text), .int(Int64(notice.index)), .string(reason.rawValue),
      ])
    }
    #expect(text(.list(inert)) == text(final["inert"]))
    #expect(try bench.store.stateDigest(of: bench.visit).text == final["state"]?.string)
  }

  private static func listed(_ notices: [OperationStore.Notice], _ effect: Effect) -> Value {
    .list(
      notices.filter { $0.effect == effect }.map {
        .list([.string($0.batch.text), .int(Int64($0.index))])
      }
    )
  }

  private static func cells(_ cells: MemoryCells) -> Value {
    .list(
      cells.sortedKeys.filter { !$0.isMark && !cells[$0].isEmpty }.map { key in
        .list([.string(key.text), .list(cells[key].siblings.map(sibling))])
      }
    )
  }

  private static func sibling(_ sibling: Sibling) -> Value {
    var parts: [Value] = [
      .string(sibling.dot.replica.text), .int(sibling.dot.counter),
      .string(sibling.dot.branch.description), .string(sibling.person.text),
      .int(sibling.clock), sibling.value,
    ]
    if !sibling.cites.isEmpty {
      parts.append(.list(sibling.cites.map { .string("#\($0)") }))
    }
    return .list(parts)
  }

  /// One line an element, so that a failure shows which differ.
  private static func text(_ value: Value?) -> [String] {
    (value?.list ?? [.string("absent")]).map { String(decoding: $0.canonical, as: UTF8.self) }
  }
}
