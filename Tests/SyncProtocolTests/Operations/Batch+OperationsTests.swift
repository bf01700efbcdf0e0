import Convergence
import SyncProtocol
import Testing

@Suite("Operations of a batch")
struct BatchOperationsTests {
  private func actions(_ operations: [String], t: Int64 = 0) throws -> [Operation] {
    let line = try Samples.batchLine([
      "t": "\(t)", "ops": "[\(operations.joined(separator: ","))]",
      "who": "[\"AAAAAAAAAAAAAAAAAAAAAQ\",\"\(try Samples.key(1).publicKey.replicaID)\"]",
    ])
    return try Batch(line: line).resolved(
      person: Samples.person(1),
      branch: .trunk,
      past: VersionVector([
        VersionVector.Entry(
          stream: StreamID(replica: ReplicaID(bits: Bits128(high: 0, low: 1))),
          lastCounter: 3
        )
      ])
    )
  }

  @Test(
    "A wrong type, form or missing member is inert",
    arguments: [
      "{}", #"{"k":1}"#, #"{"k":"set","at":"visit","f":"x"}"#, #"{"k":"set","f":"x","v":1}"#,
      #"{"k":"set","at":"visit","v":1}"#, #"{"k":"set","at":"VISIT","f":"x","v":1}"#,
      #"{"k":"set","at":"visit","f":"X","v":1}"#, #"{"k":"set","at":"visit","f":"x","s":"","v":1}"#,
      #"{"k":"set","at":"visit","f":"x","s":"a|b","v":1}"#,
      #"{"k":"set","at":"visit","f":"x","l":"y","v":1}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"over":1}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"over":["y"]}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"cites":{}}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"d":"y"}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"was":"y"}"#, #"{"k":"add","of":"x"}"#,
      #"{"k":"add","v":{}}"#, #"{"k":"add","of":"X","v":{}}"#, #"{"k":"add","of":"x","v":[]}"#,
      #"{"k":"add","of":"x","v":{"Y":1}}"#, #"{"k":"add","of":"x","v":{"y/":1}}"#,
      #"{"k":"add","of":"x","in":"|","v":{}}"#, #"{"k":"add","of":"x","re":"|","v":{}}"#,
      #"{"k":"inc","at":"visit","f":"x","by":0}"#,
      #"{"k":"inc","at":"visit","f":"x","by":1000001}"#,
      #"{"k":"fix","at":"visit","f":"x","to":-1,"v":{"because":"y"}}"#,
      #"{"k":"fix","at":"visit","f":"x","to":1,"v":{}}"#,
      #"{"k":"ins","at":"visit","f":"x","side":"M","v":{}}"#,
      #"{"k":"ins","at":"visit","f":"x","side":"L","v":1}"#,
    ]
  )
  func shape(operation: String) throws {
    #expect(try actions([operation]).map(\.action) == [.inert(.shape)])
  }

  @Test(
    "A reference that leads nowhere is inert",
    arguments: [
      #"{"k":"set","at":1,"f":"x","v":1}"#, #"{"k":"set","at":[0,4],"f":"x","v":1}"#,
      #"{"k":"set","at":"visit","f":"x","l":[2,1],"v":1}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"over":[[0,1],[0,9]]}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"cites":[7]}"#,
      #"{"k":"add","of":"x","in":7,"v":{}}"#, #"{"k":"add","of":"x","re":7,"v":{}}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"was":1}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"was":[1,1]}"#,
      #"{"k":"set","at":"visit","f":"x","v":1,"was":[9,1]}"#,
      #"{"k":"inc","at":7,"f":"x","by":1}"#,
      #"{"k":"ins","at":"visit","f":"x","after":7,"side":"L","v":{}}"#,
      #"{"k":"fix","at":"visit","f":"x","to":1,"over":[7],"v":{"because":"y"}}"#,
    ]
  )
  func reference(operation: String) throws {
    #expect(try actions([operation]).map(\.action) == [.inert(.reference)])
  }

  @Test("Known kinds are read, unknown ones are left alone whatever else they hold")
  func kinds() throws {
    let read = try actions(
      [
        #"{"k":"set","at":"visit","f":"x","v":{"y":1},"over":[[0,2]],"d":5}"#,
        #"{"k":"add","of":"x","in":1,"v":{"a/b":2}}"#, #"{"k":"inc","at":"visit","f":"x","by":-1}"#,
        #"{"k":"later","at":7,"d":"x","was":[]}"#,
      ],
      t: 100
    )
    #expect(read.map(\.clock) == [105, 100, 100, 100])
    #expect(
      read[0].action
        == .set(
          Assignment(
            record: .named("visit"),
            field: "x",
            value: .object(["y": .int(1)]),
            over: [Dot(replica: ReplicaID(bits: Bits128(high: 0, low: 1)), counter: 2)]
          )
        )
    )
    #expect(
      read[1].action
        == .add(
          Addition(
            type: "x",
            within: .item(read[0].dot),
            fields: [Addition.Field(name: "a", slot: "b", value: .int(2))]
          )
        )
    )
    #expect(read[2].action == .uninterpreted(kind: "inc"))
    #expect(read[3].action == .uninterpreted(kind: "later"))
  }

  @Test("A clock label beyond the integers of JSON is inert and does not trap")
  func clocks() throws {
    let greatest = Limits.greatestInteger
    let set = #"{"k":"set","at":"visit","f":"x","v":1,"d":D}"#
    for (d, isGood) in [("0", true), ("1", false), ("-\(greatest)", true), ("\(greatest)", false)] {
      let read = try actions([set.replacing("D", with: d)], t: greatest)
      #expect((read[0].action != .inert(.shape)) == isGood, "\(d)")
    }
  }
}
