import Convergence
import SyncProtocol
import Testing

@Suite("Heads")
struct HeadTests {
  private func head(_ position: Int64 = 5) throws -> Head {
    Head(
      visit: Samples.visit,
      epoch: Samples.epoch,
      digest: LogDigest(position: position, hash: Samples.hash(1)),
      replica: try Samples.key(9).publicKey.replicaID
    )
  }

  @Test("A line is read as it was written", arguments: [0, 5, Limits.greatestInteger])
  func roundTrip(position: Int64) throws {
    let head = try head(position)
    #expect(try Head(line: head.line) == head)
  }

  @Test(
    "What does not read is malformed",
    arguments: [
      ("\"v\":1", "\"v\":2"), ("\"position\":5", "\"position\":-1"), ("\"visit\"", "\"visits\""),
      ("\"position\":5", "\"position\":\"5\""), ("\"digest\"", "\"digests\""),
      ("\"epoch\"", "\"epochs\""), ("\"replica\"", "\"replicas\""), ("{", "[{"),
    ]
  )
  func refused(old: String, new: String) throws {
    let line = String(decoding: try head().line, as: UTF8.self)
    let changed = line.replacing(old, with: new, maxReplacements: 1)
    #expect(changed != line)
    let error = #expect(throws: ProtocolError.self) { try Head(line: Array(changed.utf8)) }
    #expect(error?.code == .malformed)
  }
}
