import Convergence

extension Batch {
  /// Reads a batch line (admission, step 1).
  ///
  /// - Parameter line: The bytes without a line feed.
  /// - Throws: ``ProtocolError`` `too-large`, `version` or `malformed`, naming the place.
  /// - Complexity: O(*n*).
  public init(line: [UInt8]) throws(ProtocolError) {
    guard line.count <= Limits.batchLineBytes else {
      throw ProtocolError(.tooLarge, "a batch line is over \(Limits.batchLineBytes) bytes")
    }
    var fields = Fields()
    var reader = StrictJSON(line)
    try reader.members { (reader, key) throws(ProtocolError) in
      try fields.take(key, from: &reader)
    }
    try reader.end()
    try self.init(fields)
  }

  private init(_ fields: Fields) throws(ProtocolError) {
    guard let version = fields.values["v"]?.int, version >= 1 else {
      throw ProtocolError(.version, "batch: `v` should be a whole number from 1")
    }
    let members = try Members(fields.object(), of: "batch")
    let positive = 1...Limits.greatestInteger
    self.version = version
    visit = try members.identifier("visit")
    replica = try members.identifier("replica")
    number = try members.int("b", in: positive)
    firstCounter = try members.int("n", in: positive)
    previous = members.has("prev") ? try members.hash("prev") : nil
    guard (previous == nil) == (number == 1), number > 1 || firstCounter == 1 else {
      throw ProtocolError(.malformed, "batch: `prev` is absent and `n` is 1 exactly where `b` is 1")
    }
    deps = try Self.deps(in: members, replica: replica)
    guard let operations = fields.operations,
      (1...Limits.operationsPerBatch).contains(operations.count)
    else {
      throw ProtocolError(
        .malformed,
        "batch: `ops` should be 1 to \(Limits.operationsPerBatch) operations"
      )
    }
    guard firstCounter - 1 <= Limits.greatestInteger - Int64(operations.count) else {
      throw ProtocolError(.malformed, "batch: `n` is out of range")
    }
    guard version == 1 else {
      // Of a later version only the outline is read: how large its operations may be is its affair.
      who = []
      clock = 0
      self.operations = operations
      return
    }
    guard fields.longestOperation <= Limits.operationBytes else {
      throw ProtocolError(
        .malformed,
        "batch: an operation is over \(Limits.operationBytes) bytes"
      )
    }
    who = try Self.who(in: members)
    clock = try members.int("t")
    for operation in operations {
      guard case .map = operation else {
        throw ProtocolError(.malformed, "batch: an operation is not an object")
      }
    }
    self.operations = operations
  }

  private static func deps(
    in members: Members,
    replica: ReplicaID
  ) throws(ProtocolError) -> [Dependency] {
    guard members.has("deps") else { return [] }
    let list = try members.list("deps")
    guard list.count <= Limits.depsPerBatch else {
      throw ProtocolError(.malformed, "batch: more than \(Limits.depsPerBatch) deps")
    }
    var deps: [Dependency] = []
    for value in list {
      guard let dependency = Dependency(value) else {
        throw members.mistyped("deps", "a list of [replica, counter, hash]")
      }
      if let last = deps.last, !(last < dependency) {
        throw ProtocolError(.malformed, "batch: `deps` are not sorted by replica and counter")
      }
      deps.append(dependency)
    }
    return deps
  }

  private static func who(in members: Members) throws(ProtocolError) -> [StreamID] {
    guard members.has("who") else { return [] }
    let list = try members.list("who")
    guard list.count <= Limits.whoPerBatch else {
      throw ProtocolError(.malformed, "batch: more than \(Limits.whoPerBatch) entries of `who`")
    }
    var who: [StreamID] = []
    for value in list {
      guard let stream = value.string.flatMap({ StreamID(text: $0) }) else {
        throw members.mistyped("who", "a list of replicas, `replica` or `replica/branch`")
      }
      who.append(stream)
    }
    return who
  }
}

extension StreamID {
  /// Reads `replica` or `replica/branch`; `nil` for anything else.
  package init?(text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let replica = parts.first.flatMap({ ReplicaID(text: $0) }) else { return nil }
    guard parts.count == 2 else {
      self.init(replica: replica)
      return
    }
    guard let branch = Branch(text: parts[1]) else {
      guard parts[1] == "AAAAAAAAAAA" else { return nil }
      // Eight zero bytes are well-formed and begin the hash of no batch: the entry leads nowhere,
      // as one that names nobody does.
      self.init(replica: ReplicaID(bits: .zero))
      return
    }
    self.init(replica: replica, branch: branch)
  }
}

/// The members of a batch line while it is read: operations apart, because their size in the line
/// is limited one by one.
private struct Fields {
  var values: [String: Value] = [:]
  var keys: Set<String> = []
  var operations: [Value]?
  var longestOperation = 0

  mutating func take(_ key: String, from reader: inout StrictJSON) throws(ProtocolError) {
    guard keys.insert(key).inserted else {
      throw reader.malformed("an object has a key twice")
    }
    guard key == "ops" else {
      values[key] = try reader.value()
      return
    }
    var operations: [Value] = []
    try reader.elements { (reader) throws(ProtocolError) in
      reader.skipSpace()
      let start = reader.offset
      operations.append(try reader.value())
      longestOperation = max(longestOperation, reader.offset - start)
    }
    self.operations = operations
  }

  func object() throws(ProtocolError) -> Value {
    let members = values.map { Value.Map.Member(key: $0.key, value: $0.value) }
    guard let map = Value.Map(members.sorted { $0.key < $1.key }) else {
      throw ProtocolError(.malformed, "batch: an object has a key twice")
    }
    return .map(map)
  }
}
