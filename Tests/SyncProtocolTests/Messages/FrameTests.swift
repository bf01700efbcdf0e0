import Convergence
import SyncProtocol
import Testing

@Suite("Frames")
struct FrameTests {
  /// One frame of each kind, and of each form.
  static func everyFrame() throws -> [Frame] {
    let key = try Samples.key(1)
    let line = try Samples.batchLine()
    let sealed = SealedBatch(line: line, signature: try key.sign(Hash256(.batch, line)))
    let place = Frame.Place(position: 4, received: Samples.clock)
    let digest = LogDigest(position: 7, hash: Samples.hash(2))
    let head = Head(
      visit: Samples.visit,
      epoch: Samples.epoch,
      digest: digest,
      replica: key.publicKey.replicaID
    )
    return [
      .hello(.object(["v": .list([.int(1)])])),
      .certificate(try Samples.certificate(1).sealed(by: Samples.key(0))),
      .batch(sealed, nil), .batch(sealed, place), .own(sealed.hash, place),
      .head(line: head.line, signature: try key.sign(Hash256(.head, head.line))),
      .result(BatchResult(try Batch(line: line), .ok(position: 3))),
      .page(Page(visit: Samples.visit, digest: digest, hasMore: true)),
      .enrolled(
        Frame.Enrolled(
          identity: key.publicKey,
          server: "Server",
          epoch: Samples.epoch,
          person: Samples.person(1),
          name: "Reviewer"
        )
      ),
      .end,
    ]
  }

  @Test("Every frame is read as it was written")
  func roundTrip() throws {
    let frames = try Self.everyFrame()
    let read = try FrameReader.frames(of: Frame.body(frames))
    #expect(read.frames == frames)
    #expect(read.isComplete)
  }

  @Test("A sealed line stands in the body byte for byte, one line behind its frame")
  func raw() throws {
    let line = Array("{\"v\":1,  \"odd\" : [\t1 ]}".utf8)
    let signature = try Samples.key(1).sign(Samples.hash(1))
    let body = Frame.body([.batch(SealedBatch(line: line, signature: signature), nil)])
    let lines = body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    #expect(lines.count == 3)
    #expect(Array(lines[1]) == line)
    #expect(lines[2].isEmpty)
  }
}
