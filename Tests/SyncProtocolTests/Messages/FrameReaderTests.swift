import Convergence
import SyncProtocol
import TestSupport
import Testing

@Suite("Reading frames")
struct FrameReaderTests {
  private func read(_ text: String) throws -> (frames: [Frame], isComplete: Bool) {
    try FrameReader.frames(of: Array(text.utf8))
  }

  @Test("A body cut at any byte gives the whole frames before the cut, and is not complete")
  func everyCut() throws {
    let frames = try FrameTests.everyFrame()
    let ends = frames.indices.map { Frame.body(frames[...$0]).count }
    let body = Frame.body(frames)
    for cut in 0..<body.count {
      let read = try FrameReader.frames(of: Array(body[..<cut]))
      #expect(read.frames == Array(frames[..<ends.count { $0 <= cut }]), "cut at \(cut)")
      #expect(!read.isComplete, "cut at \(cut)")
    }
    #expect(try FrameReader.frames(of: body).isComplete)
    print("cut a body of \(frames.count) frames at each of its \(body.count) bytes")
  }

  @Test("An unknown frame is passed over")
  func unknown() throws {
    let read = try read("{\"later\":7}\n{\"end\":{}}\n")
    #expect(read.frames == [.end])
    #expect(read.isComplete)
  }

  @Test(
    "What is no frame is malformed",
    arguments: [
      "\n", "{}\n", "[]\n", "7\n", "{\"a\":1,\"b\":2}\n", "{\"end\":{}}\n\n", "{\"end\":{}}\n{",
      "{\"end\":{}}\n{\"end\":{}}\n", "{\"end\":7}\n", "{\"hello\":[]}\n", "{\"page\":{}}\n",
      "{\"own\":{}}\n", "{\"result\":{\"code\":\"great\"}}\n", "{\"enrolled\":{}}\n",
      "{\"batch\":7}\n{}\n", "{\"batch\":{}}\n{}\n", "{\"head\":{\"sig\":\"AA\"}}\n{}\n",
      "{\"batch\":{\"sig\":\"S\",\"at\":0,\"rx\":1}}\n{}\n",
      "{\"batch\":{\"sig\":\"S\",\"at\":1}}\n{}\n",
    ]
  )
  func malformed(text: String) {
    let signature = Text64.encode([UInt8](repeating: 0, count: 64))
    let error = #expect(throws: ProtocolError.self) {
      try read(text.replacing("\"S\"", with: "\"\(signature)\""))
    }
    #expect(error?.code == .malformed)
  }

  @Test("A frame of 65,536 bytes is read, one more byte is too large")
  func size() throws {
    let text = String(repeating: "x", count: Limits.frameBytes - "{\"later\":\"\"}".utf8.count)
    #expect(try read("{\"later\":\"\(text)\"}\n").frames.isEmpty)
    let error = #expect(throws: ProtocolError.self) { try read("{\"later\":\"\(text)x\"}\n") }
    #expect(error?.code == .tooLarge)
  }

  @Test("Damaged bodies never trap")
  func fuzz() throws {
    let body = Frame.body(try FrameTests.everyFrame())
    try forEachSeed { random in
      var bytes = body
      for _ in 0...random.below(5) {
        let index = random.below(bytes.count)
        bytes[index] = random.pick([0, 10, 34, 44, 58, 91, 93, 123, 125, 255])
      }
      guard let read = try? FrameReader.frames(of: bytes) else { return }
      let again = try FrameReader.frames(of: Frame.body(read.frames))
      try demandEqual(again.frames, read.frames, "what was read is written alike")
    }
  }
}
