import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Testing

@Suite("What a server holds")
struct ServiceOverviewTests {
  @Test("A cut names the last batch of every stream of a person, and nobody else's")
  func cut() throws {
    let bench = try ServerBench()
    let anna = try bench.person("Anna", 1)
    let ben = try bench.person("Ben", 2)
    let visit = try bench.visit(members: [(anna, .lead), (ben, .peer)])
    let devices = try [bench.device(of: anna, 11), bench.device(of: anna, 12)]
    let other = try bench.device(of: ben, 13)
    for device in devices + [other] { try bench.pull(visit, to: device) }
    _ = try bench.push([try devices[0].write("a", in: visit)], from: devices[0])
    let last = try [devices[0].write("b", in: visit), devices[1].write("c", in: visit)]
    _ = try bench.push(last + [try other.write("d", in: visit)], from: devices[0])
    let cut = try bench.service.cut(of: anna, in: visit, store: bench.store)
    let expected = zip(devices, last).map { device, frame in
      Dependency(
        replica: device.caller.replica,
        lastCounter: device === devices[0] ? 2 : 1,
        hashPrefix: frame.sealed?.hash.prefix ?? .zero
      )
    }
    #expect(cut == expected.sorted())
  }

  @Test("The overview lists visits with members and roles, removed ones too")
  func overview() throws {
    let bench = try ServerBench()
    let anna = try bench.person("Anna", 1)
    let ben = try bench.person("Ben", 2)
    let visit = try bench.visit(members: [(anna, .lead), (ben, .peer)])
    try bench.remove(ben, from: visit)
    let overviews = try bench.service.overviews(bench.store)
    #expect(overviews.map(\.visit) == [visit])
    #expect(overviews.first?.members.map(\.person) == [anna, ben])
    #expect(overviews.first?.members.map(\.role) == ["lead", "none"])
    #expect(overviews.first?.digest.position == 2)
  }

  @Test("The numbers count people, devices, open codes, visits and batches")
  func numbers() throws {
    let bench = try ServerBench()
    let anna = try bench.person("Anna", 1)
    let device = try bench.device(of: anna, 11)
    _ = try bench.code(for: anna, 50)
    let visit = try bench.visit(members: [(anna, .lead)])
    try bench.pull(visit, to: device)
    _ = try bench.push([try device.write("a", in: visit)], from: device)
    let numbers = try bench.service.statistics(bench.store)
    #expect(numbers.name == "Bench")
    #expect(numbers.people == 1)
    #expect(numbers.devices == 1)
    #expect(numbers.openCodes == 1)
    #expect(numbers.visits == 1)
    #expect(numbers.batches == 2)
  }

  @Test("The state of a visit that is not here is refused")
  func unknown() throws {
    let bench = try ServerBench()
    let nowhere = VisitID(bits: Bits128(high: 9, low: 9))
    let problem = #expect(throws: Problem.self) {
      try bench.service.cells(of: nowhere, store: bench.store)
    }
    #expect(problem?.code == .unknown)
  }
}
