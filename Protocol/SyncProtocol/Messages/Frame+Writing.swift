public import Convergence

extension Frame {
  /// The lines of some frames, each ended by a line feed.
  public static func body(_ frames: some Sequence<Frame>) -> [UInt8] {
    var bytes: [UInt8] = []
    for frame in frames {
      frame.append(to: &bytes)
    }
    return bytes
  }

  /// Appends the line, or two lines, of a frame.
  ///
  /// - Complexity: O(size); sealed lines are copied, never re-encoded.
  public func append(to bytes: inout [UInt8]) {
    switch self {
    case .hello(let value): Self.append("hello", value, to: &bytes)
    case .certificate(let sealed):
      Self.append("certificate", Self.seal(sealed.signature), to: &bytes)
      Self.append(line: sealed.line, to: &bytes)
    case .batch(let sealed, let place):
      Self.append("batch", Self.seal(sealed.signature, place), to: &bytes)
      Self.append(line: sealed.line, to: &bytes)
    case .own(let hash, let place):
      let value = Value.object([
        "at": .int(place.position), "hash": .string(hash.text), "rx": .int(place.received),
      ])
      Self.append("own", value, to: &bytes)
    case .head(let line, let signature):
      Self.append("head", Self.seal(signature), to: &bytes)
      Self.append(line: line, to: &bytes)
    case .result(let result): Self.append("result", result.value, to: &bytes)
    case .page(let page): Self.append("page", page.value, to: &bytes)
    case .intake(let intake): Self.append("intake", intake.value, to: &bytes)
    case .enrolled(let enrolled): Self.append("enrolled", enrolled.value, to: &bytes)
    case .streams(let list): Self.append("streams", list.value, to: &bytes)
    case .held(let held): Self.append("held", held.value, to: &bytes)
    case .history(let epoch):
      Self.append("history", .object(["epoch": .string(epoch.text)]), to: &bytes)
    case .end: Self.append("end", .object([:]), to: &bytes)
    }
  }

  private static func append(_ name: String, _ value: Value, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: "{\"\(name)\":".utf8)
    value.appendCanonical(to: &bytes)
    bytes.append(contentsOf: "}\n".utf8)
  }

  private static func append(line: [UInt8], to bytes: inout [UInt8]) {
    bytes.append(contentsOf: line)
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func seal(_ signature: Signature, _ place: Place? = nil) -> Value {
    guard let place else { return .object(["sig": .string(signature.text)]) }
    return .object([
      "at": .int(place.position), "rx": .int(place.received), "sig": .string(signature.text),
    ])
  }
}

extension Frame.Enrolled {
  /// The value of an `enrolled` frame.
  public var value: Value {
    .object([
      "epoch": .string(epoch.text), "identity": .string(identity.text), "name": .string(name),
      "person": .string(person.text), "server": .string(server),
    ])
  }

  /// Reads the value of an `enrolled` frame.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "enrolled")
    self.init(
      identity: try members.publicKey("identity"),
      server: try members.string("server", atMost: Limits.nameBytes),
      epoch: try members.identifier("epoch"),
      person: try members.identifier("person"),
      name: try members.string("name", atMost: Limits.nameBytes)
    )
  }
}
