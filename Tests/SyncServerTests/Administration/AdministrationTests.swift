import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import SyncServer
import Synchronization
import TestSupport
import Testing

@Suite("Carrying out what an operator asks")
struct AdministrationTests {
  private let bench: ServerBench

  init() throws { bench = try ServerBench() }

  /// The authority writes the title of a visit and whom it was told about.
  private static let decrees = Decrees(
    found: { (visit, members, _) throws(Problem) in
      let title = Draft(
        Assignment(record: .named("visit"), field: "title", value: .string(visit.title))
      )
      return [title] + members.map { member($0.person, role: $0.role, in: MemoryCells()) }
    },
    put: { (wanted, _, cells) throws(Problem) in
      [member(wanted.person, role: wanted.role, in: cells)]
    },
    remove: { (person, cut, because, cells) throws(Problem) in
      guard because != "no reason" else { throw Problem(.malformed, "Give a reason.") }
      return [member(person, role: "none", cut: cut, in: cells)]
    }
  )

  private static func member(
    _ person: PersonID,
    role: String,
    cut: [Dependency] = [],
    in cells: MemoryCells
  ) -> Draft {
    let key = CellKey(.named("visit"), "member", slot: person.text)
    return Draft(
      Assignment(
        record: .named("visit"),
        field: "member",
        slot: person.text,
        value: .object([
          "cut": .list(cut.map(\.value)), "name": .string("Somebody"), "role": .string(role),
        ]),
        over: cells[key].siblings.map(\.dot)
      )
    )
  }

  private func answer(_ call: AdminCall) throws -> Value {
    let chance = Mutex(SeededGenerator(seed: 5))
    let administration = Administration(decrees: Self.decrees) { count in
      chance.withLock { chance in (0..<count).map { _ in UInt8(chance.below(256)) } }
    }
    return
      try administration
      .answer(call, service: bench.service, store: bench.store, now: ServerBench.now)
  }

  private func refusal(_ call: AdminCall) -> Problem.Code? {
    #expect(throws: Problem.self) { try answer(call) }?.code
  }

  @Test("A person is added, listed and given a code that enrols them")
  func people() throws {
    let added = try answer(.addPerson(name: "Anna"))
    #expect(try answer(.people)["people"]?.list == [added])
    let issued = try answer(.issueCode(person: "Anna"))
    let code = try #require(EnrolmentCode(text: issued["code"]?.string ?? ""))
    let key = try #require(SigningKey(seed: Array(repeating: 9, count: 32)))
    let request = try EnrolRequest(code: code, key: key, deviceName: "Tablet")
    let frames = try bench.service.enrol(request, now: ServerBench.now, store: bench.store)
    #expect(frames.last == .end)
  }

  @Test("A name that two people bear names nobody; their identifiers do")
  func ambiguous() throws {
    let first = try bench.person("Anna", 1)
    _ = try bench.person("Anna", 2)
    #expect(refusal(.issueCode(person: "Anna")) == .malformed)
    #expect(try answer(.issueCode(person: first.text))["person"]?.string == first.text)
    #expect(refusal(.issueCode(person: "Ben")) == .unknown)
  }

  @Test("A visit is founded with its members, and they change")
  func visits() throws {
    let anna = try bench.person("Anna", 1)
    let wanted = AdminCall.NewVisit(
      title: "Riverside",
      framework: "standards",
      edition: nil,
      service: nil,
      members: [AdminCall.NewVisit.Member(person: "Anna", role: "lead")]
    )
    let made = try answer(.createVisit(wanted))
    let visit = try #require(VisitID(text: made["visit"]?.string ?? ""))
    let ben = try bench.person("Ben", 2)
    _ = try answer(.addMember(visit: visit, person: "Ben", role: "peer"))
    var overview = try #require(try bench.service.overviews(bench.store).first)
    #expect(overview.title == "Riverside")
    #expect(overview.members.map(\.person) == [anna, ben])
    _ = try answer(.removeMember(visit: visit, person: "Anna", because: "Retired."))
    overview = try #require(try bench.service.overviews(bench.store).first)
    #expect(overview.members.map(\.role) == ["none", "peer"])
    #expect(try answer(.visits)["visits"]?.list?.count == 1)
  }

  @Test("What is refused leaves no trace: no visit, no member")
  func refused() throws {
    let wanted = AdminCall.NewVisit(
      title: "Riverside",
      framework: "standards",
      edition: nil,
      service: nil,
      members: [AdminCall.NewVisit.Member(person: "Nobody", role: "lead")]
    )
    #expect(refusal(.createVisit(wanted)) == .unknown)
    let nowhere = VisitID(bits: Bits128(high: 9, low: 9))
    _ = try bench.person("Anna", 1)
    #expect(refusal(.addMember(visit: nowhere, person: "Anna", role: "peer")) == .unknown)
    #expect(refusal(.removeMember(visit: nowhere, person: "Anna", because: "x")) == .unknown)
    #expect(try bench.store.visits().isEmpty)
  }

  @Test("What the decrees refuse is refused, and the visit stays as it was")
  func refusedByDecree() throws {
    let anna = try bench.person("Anna", 1)
    let visit = try bench.visit(members: [(anna, .lead)])
    let before = try bench.store.logDigest(of: visit)
    let call = AdminCall.removeMember(visit: visit, person: "Anna", because: "no reason")
    #expect(refusal(call) == .malformed)
    #expect(try bench.store.logDigest(of: visit) == before)
  }

  @Test("No identifier begins like an option of a command")
  func identifiers() throws {
    let count = Mutex(0)
    let administration = Administration(decrees: Self.decrees) { length in
      // The first draw begins with a hyphen in its written form.
      count.withLock { count in
        count += 1
        return Array(repeating: count == 1 ? 0xF8 : 0x10, count: length)
      }
    }
    let added = try administration.answer(
      .addPerson(name: "Anna"),
      service: bench.service,
      store: bench.store,
      now: ServerBench.now
    )
    #expect(added["person"]?.string?.hasPrefix("-") == false)
    #expect(count.withLock { $0 } == 2)
  }
}
