import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("Administering a store")
struct ServiceAdministrationTests {
  @Test("A store is made a server once")
  func onlyOnce() throws {
    let bench = try ServerBench()
    let problem = #expect(throws: Problem.self) {
      try Service.initialise(
        bench.store,
        keys: bench.keys,
        name: "Again",
        epoch: Epoch(bits: .zero),
        now: ServerBench.now
      )
    }
    #expect(problem?.code == .malformed)
    #expect(try bench.service.epoch(bench.store) == bench.epoch)
    #expect(try bench.service.name(bench.store) == "Bench")
  }

  @Test("A store that is no server answers that it is not available")
  func notInitialised() throws {
    let bench = try ServerBench()
    let empty = try OperationStore(.memory, meaning: .assessment)
    let problem = #expect(throws: Problem.self) { try bench.service.epoch(empty) }
    #expect(problem?.code == .unavailable)
  }

  @Test("People are listed by name, then identifier")
  func people() throws {
    let bench = try ServerBench()
    _ = try bench.person("Cy", 1)
    _ = try bench.person("Anna", 3)
    _ = try bench.person("Anna", 2)
    let people = try bench.service.people(bench.store)
    #expect(people.map(\.name) == ["Anna", "Anna", "Cy"])
    #expect(people.map(\.person.bits.high) == [2, 3, 1])
  }

  @Test("A name is neither empty nor longer than a certificate takes", arguments: [0, 201])
  func names(_ length: Int) throws {
    let bench = try ServerBench()
    let problem = #expect(throws: Problem.self) {
      try bench.person(String(repeating: "a", count: length), 1)
    }
    #expect(problem?.code == .malformed)
  }

  @Test("There is no code for somebody who is not known")
  func codeForNobody() throws {
    let bench = try ServerBench()
    let problem = #expect(throws: Problem.self) {
      try bench.code(for: PersonID(bits: Bits128(high: 5, low: 5)), 1)
    }
    #expect(problem?.code == .unknown)
  }

  @Test("After a restore every device begins anew, and none looks like a copy")
  func newHistory() throws {
    let bench = try ServerBench()
    let anna = try bench.person("Anna", 1)
    let visit = try bench.visit(members: [(anna, .lead)])
    let device = try bench.device(of: anna, 11)
    func hello(held: UInt64?, propose: UInt64) throws -> HelloAnswer {
      let hello = Hello(
        client: "test",
        model: 1,
        clock: ServerBench.now,
        held: held.map { Bits128(high: $0, low: 0) },
        proposed: Bits128(high: propose, low: 0),
        visits: []
      )
      return try bench.service
        .answer(hello, from: device.caller, now: ServerBench.now, store: bench.store)
    }
    #expect(try hello(held: nil, propose: 1).state == .ok)
    let epoch = Epoch(bits: Bits128(high: 77, low: 77))
    try bench.service.beginHistory(epoch, now: ServerBench.now, store: bench.store)
    // The device went on since the backup: its token is one that the store never saw.
    let answer = try hello(held: 5, propose: 6)
    #expect(answer.state == .ok)
    #expect(answer.epoch == epoch)
    let problem = #expect(throws: Problem.self) {
      try bench.service.page(
        of: visit,
        after: Cursor(epoch: bench.epoch, position: 0),
        for: device.caller,
        store: bench.store
      )
    }
    #expect(problem?.code == .epoch)
  }

  @Test("A store of another server is not taken for one's own")
  func foreignStore() throws {
    let bench = try ServerBench()
    let other = try ServerBench(seed: 2)
    let problem = #expect(throws: Problem.self) {
      try bench.service.beginHistory(
        Epoch(bits: .zero),
        now: ServerBench.now,
        store: other.store
      )
    }
    #expect(problem?.code == .unavailable)
    #expect(try other.service.epoch(other.store) == other.epoch)
  }
}
