public import Convergence

/// Makes sealed batches of a device's open operations (section 3.1).
///
/// Done once for each operation: what comes out is kept and sent for ever. It is called before any
/// foreign batch is applied, so `deps` are exactly what the author held at the first operation.
public struct Sealer: Sendable {
  /// Where the stream stands before the batch.
  public struct Head: Hashable, Sendable {
    /// The number of the last batch; 0 before the first.
    public let number: Int64

    /// The hash of the last batch; `nil` before the first.
    public let hash: Hash256?

    /// Before the first batch.
    public static let start = Head(number: 0, hash: nil)

    /// Names the last batch.
    public init(number: Int64, hash: Hash256?) {
      self.number = number
      self.hash = hash
    }
  }

  private let visit: VisitID
  private let key: SigningKey
  private let replica: ReplicaID
  private let ownSlot: String?
  private let branches: [ReplicaID: Branch]

  /// Seals for one replica in one visit.
  ///
  /// - Parameters:
  ///   - visit: The visit.
  ///   - key: The replica's key.
  ///   - person: The author, whose own slot is written as `@`; `nil` writes every slot out.
  ///   - branches: For each replica that forked, as far as the author knows, the branch to name
  ///     where its trunk is meant: without one the reference would not resolve.
  public init(
    visit: VisitID,
    key: SigningKey,
    person: PersonID? = nil,
    branches: [ReplicaID: Branch] = [:]
  ) {
    self.visit = visit
    self.key = key
    ownSlot = person?.text
    self.branches = branches
    replica = key.publicKey.replicaID
  }

  /// Seals operations into as few batches as the limits allow.
  ///
  /// - Parameters:
  ///   - operations: Open operations with consecutive counters.
  ///   - head: The last batch that the replica sealed in this visit.
  ///   - deps: What changed in what it holds of others since that batch, in any order.
  /// - Returns: The batches in order, each with what it says.
  /// - Throws: ``ProtocolError`` if the counters have a gap or the cryptography library fails.
  public func seal(
    _ operations: [OpenOperation],
    after head: Head,
    deps: [Dependency]
  ) throws(ProtocolError) -> [SealedBatch] {
    for (left, right) in zip(operations, operations.dropFirst())
    where left.counter + 1 != right.counter {
      throw ProtocolError(.chain, "open operation \(left.counter) is followed by \(right.counter)")
    }
    guard deps.count <= Limits.depsPerBatch else {
      throw ProtocolError(
        .tooLarge,
        "what was seen of \(deps.count) replicas does not fit a batch, only \(Limits.depsPerBatch)"
      )
    }
    var batches: [SealedBatch] = []
    var head = head
    var deps = deps.sorted()
    var rest = operations[...]
    while let first = rest.first {
      var body = Body(
        replica: replica,
        ownSlot: ownSlot,
        branches: branches,
        base: first.clock,
        deps: deps
      )
      while let operation = rest.first, body.take(operation) {
        rest = rest.dropFirst()
      }
      guard !body.operations.isEmpty else {
        throw ProtocolError(.tooLarge, "operation \(first.counter) and its deps do not fit a batch")
      }
      let line = line(body, number: head.number + 1, first: first.counter, previous: head.hash)
      let hash = Hash256(.batch, line)
      batches.append(SealedBatch(line: line, signature: try key.sign(hash)))
      head = Head(number: head.number + 1, hash: hash)
      deps = []
    }
    return batches
  }

  private func line(_ body: Body, number: Int64, first: Int64, previous: Hash256?) -> [UInt8] {
    var members: [(key: String, value: Value)] = [
      ("v", .int(1)), ("visit", .string(visit.text)), ("replica", .string(replica.text)),
      ("b", .int(number)), ("n", .int(first)),
    ]
    if let previous { members.append(("prev", .string(previous.text))) }
    if !body.deps.isEmpty { members.append(("deps", .list(body.deps.map(\.value)))) }
    if !body.who.isEmpty {
      members.append(("who", .list(body.who.map { .string($0.description) })))
    }
    members.append(("t", .int(body.base)))
    var bytes = JSONLine.object(members)
    bytes.removeLast()
    bytes.append(contentsOf: ",\"ops\":[".utf8)
    for (index, operation) in body.operations.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: operation)
    }
    bytes.append(contentsOf: "]}".utf8)
    return bytes
  }
}

/// The batch that is being filled: operations with references turned into indices.
private struct Body {
  let replica: ReplicaID
  let ownSlot: String?
  let branches: [ReplicaID: Branch]
  let base: Int64
  let deps: [Dependency]
  var who: [StreamID] = []
  var operations: [[UInt8]] = []
  private var size: Int

  init(
    replica: ReplicaID,
    ownSlot: String?,
    branches: [ReplicaID: Branch],
    base: Int64,
    deps: [Dependency]
  ) {
    self.replica = replica
    self.ownSlot = ownSlot
    self.branches = branches
    self.base = base
    self.deps = deps
    // The fixed members at their longest are under 300 bytes, a dependency under 75.
    size = 300 + deps.count * 75
  }

  /// Adds an operation, or answers false where the batch is full.
  mutating func take(_ operation: OpenOperation) -> Bool {
    guard operations.count < Limits.operationsPerBatch else { return false }
    var who = self.who
    let (replica, branches) = (replica, branches)
    func written(_ counter: Int64, of stream: StreamID) -> Value {
      let index = who.firstIndex(of: stream) ?? who.endIndex
      if index == who.endIndex { who.append(stream) }
      return .list([.int(Int64(index)), .int(counter)])
    }
    var writer = OperationWriter(ownSlot: ownSlot) { dot in
      guard dot.replica != replica else { return .int(dot.counter) }
      let named = dot.branch == .trunk ? branches[dot.replica] ?? .trunk : dot.branch
      return written(dot.counter, of: StreamID(replica: dot.replica, branch: named))
    }
    // A name and no reference: it follows nobody's branch.
    writer.formerName = { written($0.counter, of: StreamID(replica: $0.replica)) }
    let members = writer.members(
      operation.draft,
      offset: operation.clock - base,
      was: operation.was
    )
    guard let members else { return false }
    let bytes = JSONLine.object(members)
    let grown = size + bytes.count + 1 + (who.count - self.who.count) * 37
    guard grown <= Limits.batchLineBytes, who.count <= Limits.whoPerBatch else { return false }
    size = grown
    self.who = who
    operations.append(bytes)
    return true
  }
}
