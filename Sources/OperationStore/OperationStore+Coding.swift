import Convergence
import SyncProtocol

/// How cells and version vectors are kept in a column: replicas by their row, the rest compactly.
/// Persons are not kept: the certificate of the replica says who it is.
extension OperationStore {
  func bytes(of vector: VersionVector) throws(StoreError) -> [UInt8] {
    var writer = ByteWriter()
    for entry in vector.entries {
      try write(entry.stream, to: &writer)
      writer.write(UInt64(entry.lastCounter))
    }
    return writer.bytes
  }

  func vector(_ bytes: [UInt8]) throws(StoreError) -> VersionVector {
    var reader = ByteReader(bytes)
    var entries: [VersionVector.Entry] = []
    while !reader.isAtEnd {
      let stream = try stream(&reader)
      guard let counter = reader.number().flatMap({ Int64(exactly: $0) }) else {
        throw Self.damagedVisit
      }
      entries.append(VersionVector.Entry(stream: stream, lastCounter: counter))
    }
    return VersionVector(entries)
  }

  func bytes(of cell: Cell) throws(StoreError) -> [UInt8] {
    var writer = ByteWriter()
    for sibling in cell.siblings {
      try write(sibling.dot, to: &writer)
      writer.write(signed: sibling.clock)
      writer.write(sibling.value.canonical)
      writer.write(UInt64(sibling.cites.count))
      for dot in sibling.cites {
        try write(dot, to: &writer)
      }
    }
    return writer.bytes
  }

  func cell(_ bytes: [UInt8]) throws(StoreError) -> Cell {
    var reader = ByteReader(bytes)
    var siblings: [Sibling] = []
    while !reader.isAtEnd {
      let dot = try dot(&reader)
      guard let clock = reader.signed(), let value = reader.content(), let count = reader.number(),
        count <= UInt64(Limits.referencesPerOperation)
      else { throw Self.damagedVisit }
      var cites: [Dot] = []
      for _ in 0..<count {
        cites.append(try self.dot(&reader))
      }
      siblings.append(
        Sibling(
          dot: dot,
          person: try person(of: dot.replica),
          clock: clock,
          value: try Self.value(value),
          cites: cites
        )
      )
    }
    return Cell(siblings: siblings)
  }

  private func person(of replica: ReplicaID) throws(StoreError) -> PersonID {
    guard let entry = try entry(of: replica) else { throw Self.damagedVisit }
    return entry.certificate.person
  }

  private func write(_ dot: Dot, to writer: inout ByteWriter) throws(StoreError) {
    try write(dot.stream, to: &writer)
    writer.write(UInt64(dot.counter))
  }

  private func dot(_ reader: inout ByteReader) throws(StoreError) -> Dot {
    let stream = try stream(&reader)
    guard let counter = reader.number().flatMap({ Int64(exactly: $0) }) else {
      throw Self.damagedVisit
    }
    return Dot(replica: stream.replica, counter: counter, branch: stream.branch)
  }

  /// The lowest bit says whether a branch follows, the rest is the row of the replica's certificate.
  ///
  /// Row 0 stands for a replica that is spelt out: of one whose work is lost from its start nobody may
  /// have a certificate here.
  private func write(_ stream: StreamID, to writer: inout ByteWriter) throws(StoreError) {
    let row = try entry(of: stream.replica)?.row ?? 0
    let hasBranch = stream.branch != .trunk
    writer.write(UInt64(row) << 1 | (hasBranch ? 1 : 0))
    if row == 0 {
      writer.write(stream.replica.bits.high)
      writer.write(stream.replica.bits.low)
    }
    if hasBranch { writer.write(stream.branch.name) }
  }

  private func stream(_ reader: inout ByteReader) throws(StoreError) -> StreamID {
    guard let tagged = reader.number(), let row = Int64(exactly: tagged >> 1) else {
      throw Self.damagedVisit
    }
    let replica: ReplicaID
    if row == 0 {
      guard let high = reader.number(), let low = reader.number() else { throw Self.damagedVisit }
      replica = ReplicaID(bits: Bits128(high: high, low: low))
    } else {
      replica = try entry(row: row).certificate.replica
    }
    var branch = Branch.trunk
    if tagged & 1 == 1 {
      guard let name = reader.number() else { throw Self.damagedVisit }
      branch = Branch(name: name)
    }
    return StreamID(replica: replica, branch: branch)
  }
}
