import Convergence
import TestSupport
import Testing

@Suite("Operations")
struct OperationTests {
  @Test("Citations are kept sorted, in whatever order they were given")
  func cites() throws {
    let dots: [Dot] = [.of(0, 2), .of(0, 10), .of(0, 10, branch: 1), .of(1, 1)]
    try withEvery("order", in: Orders.permutations(4)) { order in
      let operation = Operation(
        dot: .of(2, 1),
        person: Cast.person(0),
        clock: 0,
        action: .inert(.shape),
        cites: order.map { dots[$0] }
      )
      try demandEqual(operation.cites, dots, "they stand otherwise")
    }
  }

  @Test("An operation equals another only if everything does")
  func equality() throws {
    func operation(
      _ dot: Dot = .of(0, 1),
      by person: Int = 0,
      clock: Int64 = 0,
      _ action: Operation.Action = .inert(.shape),
      cites: [Dot] = []
    ) -> Operation {
      Operation(dot: dot, person: Cast.person(person), clock: clock, action: action, cites: cites)
    }
    try checkEveryPropertyCounts(
      operation(),
      variants: [
        operation(.of(0, 2)), operation(by: 1), operation(clock: 1),
        operation(.of(0, 1), .inert(.value)), operation(cites: [.of(1, 1)]),
      ]
    )
  }

  @Test("An assignment names its cell and equals another only if everything does")
  func assignments() throws {
    func assignment(
      _ record: RecordID = .named("visit"),
      field: String = "a",
      slot: String = "s",
      location: Dot? = .of(0, 1),
      value: Value = .int(1),
      over: [Dot] = []
    ) -> Assignment {
      Assignment(
        record: record,
        field: field,
        slot: slot,
        location: location,
        value: value,
        over: over
      )
    }
    #expect(assignment().key == CellKey(.named("visit"), "a", slot: "s", location: .of(0, 1)))
    let elsewhere = [
      assignment(.named("service")), assignment(field: "b"), assignment(slot: ""),
      assignment(location: nil),
    ]
    let sameCell = [assignment(value: .int(2)), assignment(over: [.of(1, 1)])]
    try checkEveryPropertyCounts(assignment(), variants: elsewhere + sameCell)
    #expect(elsewhere.allSatisfy { $0.key != assignment().key })
    #expect(sameCell.allSatisfy { $0.key == assignment().key })
  }

  @Test("An addition and its fields equal others only if everything does")
  func additions() throws {
    let field = Addition.Field(name: "a", slot: "s", value: .int(1))
    try checkEveryPropertyCounts(
      field,
      variants: [
        .init(name: "b", slot: "s", value: .int(1)), .init(name: "a", slot: "t", value: .int(1)),
        .init(name: "a", slot: "s", value: .int(2)),
      ]
    )
    try checkEveryPropertyCounts(
      Addition(type: "a"),
      variants: [
        Addition(type: "b"), Addition(type: "a", within: .named("visit")),
        Addition(type: "a", replyTo: .of(0, 1)), Addition(type: "a", fields: [field]),
      ]
    )
  }
}
