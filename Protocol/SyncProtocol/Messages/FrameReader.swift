import Convergence

/// Reads the frames of a body, whole or cut short.
///
/// A body that a connection cut holds whole frames up to the cut: they are good, and the last piece
/// is not a frame. Whether the sender was done is what ``isComplete`` says.
public struct FrameReader: Sendable {
  private let bytes: [UInt8]
  private var index = 0

  /// Whether the `end` frame was read.
  public private(set) var isComplete = false

  /// Takes a body.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next frame, or `nil` where no whole frame is left or the body ended.
  ///
  /// Frames of a later version of the protocol are passed over.
  ///
  /// - Throws: ``ProtocolError`` `malformed` or `too-large` for a line that is no frame.
  public mutating func next() throws(ProtocolError) -> Frame? {
    while !isComplete, let line = nextLine() {
      guard line.count <= Limits.frameBytes else {
        throw ProtocolError(.tooLarge, "a frame is over \(Limits.frameBytes) bytes")
      }
      guard case .map(let map) = try StrictJSON.value(of: Array(line)), map.members.count == 1
      else {
        throw ProtocolError(.malformed, "a frame is not an object with one member")
      }
      let member = map.members[0]
      switch member.key {
      case "certificate", "batch", "head":
        let seal = try Members(member.value, of: member.key)
        guard let sealed = nextLine() else { return nil }
        return try Self.sealed(member.key, Array(sealed), seal)
      default:
        if let frame = try Self.frame(member.key, member.value) {
          if frame == .end {
            guard index == bytes.count else {
              throw ProtocolError(.malformed, "there is more behind the frame `end`")
            }
            isComplete = true
          }
          return frame
        }
      }
    }
    return nil
  }

  /// All frames up to the end or the cut.
  ///
  /// - Throws: As ``next()``.
  public static func frames(
    of bytes: [UInt8]
  ) throws(ProtocolError) -> (frames: [Frame], isComplete: Bool) {
    var reader = FrameReader(bytes)
    var frames: [Frame] = []
    while let frame = try reader.next() {
      frames.append(frame)
    }
    return (frames, reader.isComplete)
  }

  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer { index = end + 1 }
    return bytes[index..<end]
  }

  private static func sealed(
    _ name: String,
    _ line: [UInt8],
    _ seal: Members
  ) throws(ProtocolError) -> Frame {
    let signature = try seal.signature("sig")
    switch name {
    case "certificate":
      return .certificate(SealedCertificate(line: line, signature: signature))
    case "head":
      return .head(line: line, signature: signature)
    default:
      let place = seal.has("at") ? try place(seal) : nil
      return .batch(SealedBatch(line: line, signature: signature), place)
    }
  }

  private static func frame(_ name: String, _ value: Value) throws(ProtocolError) -> Frame? {
    switch name {
    case "hello":
      guard case .map = value else { throw notAnObject(name) }
      return .hello(value)
    case "own":
      let members = try Members(value, of: name)
      return .own(try members.hash("hash"), try place(members))
    case "result": return .result(try BatchResult(value))
    case "page": return .page(try Page(value))
    case "intake": return .intake(try Intake(value))
    case "enrolled": return .enrolled(try Frame.Enrolled(value))
    case "streams": return .streams(try StreamList(value))
    case "held": return .held(try HeldStreams(value))
    case "history": return .history(try Members(value, of: name).identifier("epoch"))
    case "end":
      guard case .map = value else { throw notAnObject(name) }
      return .end
    default: return nil
    }
  }

  private static func notAnObject(_ name: String) -> ProtocolError {
    ProtocolError(.malformed, "\(name): an object is expected")
  }

  private static func place(_ members: Members) throws(ProtocolError) -> Frame.Place {
    Frame.Place(
      position: try members.int("at", in: 1...Limits.greatestInteger),
      received: try members.int("rx")
    )
  }
}
