import Convergence
import SyncProtocol
import Testing

@Suite("Names of moved operations")
struct BatchFormerNamesTests {
  @Test("`was` names an operation of another replica, on a branch where `who` has one")
  func names() throws {
    let other = ReplicaID(bits: Bits128(high: 0, low: 1))
    let branch = Branch(name: 5)
    let own = try Samples.key(1).publicKey.replicaID
    let set = #"{"k":"set","at":"visit","f":"x","v":1,"was":W}"#
    let was = ["[0,7]", "[1,7]", "[2,7]", "[3,7]", "[-1,7]", "[0,0]", "7", "\"x\"", "[0]"]
    let operations = was.map { set.replacing("W", with: $0) }
    let batch = try Batch(
      line: Samples.batchLine([
        "who": "[\"\(other)\",\"\(other)/\(branch)\",\"\(own)\"]",
        "ops": "[\(operations.joined(separator: ",")),{}]",
      ])
    )
    let names = (0...was.count).map { batch.formerName(at: $0) }
    #expect(names[0] == Dot(replica: other, counter: 7))
    #expect(names[1] == Dot(replica: other, counter: 7, branch: branch))
    #expect(names[2...].allSatisfy { $0 == nil })
    #expect(batch.formerName(at: 99) == nil)
    #expect(batch.hasMovedOperations)
    #expect(try !Batch(line: Samples.batchLine()).hasMovedOperations)
  }
}
