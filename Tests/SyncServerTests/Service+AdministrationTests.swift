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
}
