import Convergence
import TestSupport
import Testing

@Suite("Authority")
struct AuthorityTests {
  private func operation(
    _ write: Write,
    person: PersonID = .authority,
    field: String = "member"
  ) -> Operation {
    Operation(
      dot: write.sibling.dot,
      person: person,
      clock: write.sibling.clock,
      action: .set(
        Assignment(
          record: .named("visit"),
          field: field,
          slot: "x",
          value: write.sibling.value,
          over: write.over
        )
      )
    )
  }

  private func absorbing(_ operations: [Operation]) -> Authority {
    var authority = Authority()
    for operation in operations { authority.absorb(operation) }
    return authority
  }

  private func field(_ write: Write) -> String { write.sibling.clock == 0 ? "member" : "role" }

  private func checkAnyOrder(_ writes: [Write]) throws {
    let operations = writes.map { operation($0, field: field($0)) }
    let expected = absorbing(operations)
    for seed in 0..<6 {
      var random = SeededGenerator(seed: UInt64(seed))
      let authority = absorbing(random.repeated(operations))
      try demandEqual(authority, expected, "the order decides (inner seed \(seed))")
    }
    for name in ["member", "role"] {
      let cell = expected[CellKey(.named("visit"), name, slot: "x")]
      let model = Write.survivors(of: writes.filter { field($0) == name }).map(\.dot)
      try demandEqual(cell.siblings.map(\.dot).sorted(), model.sorted(), "\(name)")
      try demand(cell.siblings.allSatisfy { $0.person == .authority }, "another person")
    }
  }

  @Test("Authority operations say the same in any order and repetition, causal or not")
  func anyOrder() throws {
    try checkProperty(generate: { $0.wildWrites($0.int(in: 1...8)) }, property: checkAnyOrder)
  }

  @Test("Every order of every small history of authority operations says the same")
  func everyOrder() throws {
    try withEvery("history", in: SmallHistory.all(steps: 3, streams: 3)) { history in
      let operations = history.steps.indices.map { index in
        operation(
          Write(
            history.dot(index),
            .int(Int64(index)),
            over: history.steps[index].seen.map { history.dot($0) }
          )
        )
      }
      let expected = absorbing(operations)
      try withEvery("order", in: Orders.permutations(3)) { order in
        try demandEqual(absorbing(order.map { operations[$0] }), expected, "the order decides")
      }
    }
  }

  @Test("Taking an operation in says whether anything changed")
  func changes() {
    var authority = Authority()
    let first = operation(Write(.of(0, 1)))
    let second = operation(Write(.of(1, 1), over: [.of(0, 1)]))
    let unrelated = operation(Write(.of(1, 2), over: [.of(2, 9)]))
    let changes = [first, first, second, first, second, unrelated].map { authority.absorb($0) }
    #expect(changes == [true, false, true, false, false, true])
    let key = CellKey(.named("visit"), "member", slot: "x")
    #expect(authority[key].siblings.map(\.dot) == [.of(1, 1), .of(1, 2)])
  }

  @Test("A write that was removed before it came changes nothing when it comes")
  func removedBefore() {
    var authority = absorbing([operation(Write(.of(1, 1), over: [.of(0, 1)]))])
    let changed = authority.absorb(operation(Write(.of(0, 1))))
    #expect(!changed)
  }

  @Test("Nobody but the authority is heard, and from it assignments alone")
  func onlyAuthority() {
    var authority = Authority()
    for person in Cast.people {
      let changed = authority.absorb(operation(Write(.of(0, 1)), person: person))
      #expect(!changed)
    }
    let actions: [Operation.Action] = [
      .add(Addition(type: "member")), .uninterpreted(kind: "set"), .inert(.shape),
    ]
    for action in actions {
      let operation = Operation(dot: .of(0, 1), person: .authority, clock: 0, action: action)
      let changed = authority.absorb(operation)
      #expect(!changed)
    }
    #expect(authority == Authority())
    #expect(authority[CellKey(.named("visit"), "member", slot: "x")].isEmpty)
  }

  @Test("A removal brings back what it replaced in its own cell, and nothing of other cells")
  func replaced() {
    let replica = ReplicaID(bits: Bits128(high: 1, low: 1))
    func set(_ counter: Int64, _ slot: String, _ role: String, over: [Int64] = []) -> Operation {
      Operation(
        dot: Dot(replica: replica, counter: counter),
        person: .authority,
        clock: 0,
        action: .set(
          Assignment(
            record: .named("visit"),
            field: "member",
            slot: slot,
            value: .string(role),
            over: over.map { Dot(replica: replica, counter: $0) }
          )
        )
      )
    }
    let authority = absorbing([
      set(1, "a", "peer"), set(2, "b", "observer"), set(3, "a", "none", over: [1, 2]),
    ])
    let values = authority.values(replacedBy: Dot(replica: replica, counter: 3)).map(\.value)
    #expect(values == [.string("peer")])
    #expect(authority.values(replacedBy: Dot(replica: replica, counter: 4)).isEmpty)
  }
}
