package import Convergence
package import OperationStore
import SyncProtocol
import TestSupport

extension FinalChecks {
  /// The whole log of a store, page by page.
  static func entries(
    of store: OperationStore,
    _ visit: VisitID
  ) throws -> [OperationStore.RawEntry] {
    var entries: [OperationStore.RawEntry] = []
    var hasMore = true
    while hasMore {
      let page = try store.entries(of: visit, after: entries.last?.position ?? 0)
      entries += page.entries
      hasMore = page.hasMore && !page.entries.isEmpty
    }
    return entries
  }

  /// What the store says of its log is what follows from the bytes: positions without a gap, the
  /// hash, number and author of each batch, its chain, its signature under the certified key, and
  /// the digest at the end and at every 64th position.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - name: Whose it is, for the sentence.
  ///   - visit: The visit.
  ///   - server: The server's store: the digest that goes with the cursor of a device has to be the
  ///     server's at that position. `nil` leaves that out.
  ///   - checksSignatures: Whether to check signatures, which costs most of the time.
  ///   - reader: What reads lines; one for several stores reads each line once.
  /// - Throws: ``BrokenLaw``, or `StoreError` if the store cannot be read.
  package static func chainsAndDigests(
    store: OperationStore,
    named name: String = "",
    visit: VisitID,
    server: OperationStore? = nil,
    checksSignatures: Bool = true,
    reader: LineReader = LineReader()
  ) throws {
    let what = "visit \(visit), \(name)"
    var seen: [Hash256: Batch] = [:]
    var lost: Set<Dependency> = []
    var digest = Hash256(.log, visit.bits.bytes)
    var position: Int64 = 0
    for entry in try entries(of: store, visit) {
      position += 1
      let (hash, batch) = try reader.read(entry.sealed.line)
      var one: String { "\(what): batch \(batch.number) of replica \(batch.replica)" }
      try demandEqual(entry.position, position, "\(one): positions have a gap")
      try demandEqual(entry.hash, hash, "\(one): the hash is not that of the bytes")
      try demand(batch.visit == visit, "\(one): it is of visit \(batch.visit)")
      try demand(
        entry.replica == batch.replica && entry.number == batch.number,
        "\(one): the store files it under \(entry.replica), \(entry.number)"
      )
      if !lost.contains(before: batch) { try checkChain(batch, in: seen) { one } }
      if checksSignatures { try checkSignature(entry.sealed, batch, in: store, one) }
      seen[hash] = batch
      if try isAuthority(batch.replica, in: store) { lost.declare(batch) }
      digest = Hash256(.digest, digest.bytes, hash.bytes)
      // Each costs the store as much as the whole log.
      guard position % 64 == 1 else { continue }
      try demandEqual(
        try store.logDigest(of: visit, at: position),
        LogDigest(position: position, hash: digest),
        "\(one): the log's digest at \(position)"
      )
    }
    try demandEqual(
      try store.logDigest(of: visit),
      LogDigest(position: position, hash: digest),
      "\(what): the digest of the log"
    )
    if let server { try checkCursor(of: store, visit, server, what) }
  }

  private static func checkChain(
    _ batch: Batch,
    in seen: [Hash256: Batch],
    _ what: () -> String
  ) throws(BrokenLaw) {
    guard let previous = batch.previous else {
      try demand(
        batch.number == 1 && batch.firstCounter == 1,
        "\(what()): it is no first batch and names none before it"
      )
      return
    }
    guard let before = seen[previous] else {
      throw BrokenLaw("\(what()): the batch before it is not before it in the log")
    }
    try demand(
      before.replica == batch.replica && before.number + 1 == batch.number
        && before.lastCounter + 1 == batch.firstCounter,
      "\(what()): it does not follow batch \(before.number) of replica \(before.replica)"
    )
  }

  private static func checkSignature(
    _ sealed: SealedBatch,
    _ batch: Batch,
    in store: OperationStore,
    _ what: String
  ) throws {
    guard let held = try store.sealedCertificate(of: batch.replica) else {
      throw BrokenLaw("\(what): no certificate is held")
    }
    let certificate = try Certificate(line: held.line)
    try demand(certificate.replica == batch.replica, "\(what): the certificate is another's")
    try demand(
      certificate.issuer.verifies(held.signature, of: Hash256(.certificate, held.line)),
      "\(what): the certificate is not signed by whoever it names"
    )
    try demand(
      certificate.key.verifies(sealed.signature, of: Hash256(.batch, sealed.line)),
      "\(what): the signature is not over these bytes"
    )
  }

  private static func checkCursor(
    of store: OperationStore,
    _ visit: VisitID,
    _ server: OperationStore,
    _ what: String
  ) throws {
    guard let (cursor, digest) = try store.cursor(of: visit) else {
      throw BrokenLaw("\(what): it never read the server's log")
    }
    let hashes = try entries(of: server, visit).map(\.hash)
    try demand(
      (0...Int64(hashes.count)).contains(cursor.position),
      "\(what): the cursor is at \(cursor.position) of \(hashes.count)"
    )
    var fold = LogDigest(emptyLogOf: visit)
    for hash in hashes.prefix(Int(cursor.position)) { fold.append(hash) }
    try demandEqual(digest, fold, "\(what): the digest that goes with the cursor")
    // What was read was also kept.
    for (index, hash) in hashes.prefix(Int(cursor.position)).enumerated() {
      try demand(
        try store.holds(hash, of: visit),
        "\(what): the server's position \(index + 1) was read and is not held"
      )
    }
  }

  private static func isAuthority(
    _ replica: ReplicaID,
    in store: OperationStore
  ) throws -> Bool {
    try store.certificate(of: replica)?.person == .authority
  }

  /// The log of a store is a linear extension of happened-before: every batch stands behind the one
  /// before it in its stream and behind every batch that its author named as seen; or else behind a
  /// word of the authority that those are lost.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - name: Whose it is, for the sentence.
  ///   - visit: The visit.
  ///   - reader: What reads lines.
  /// - Throws: ``BrokenLaw``, or `StoreError` if the store cannot be read.
  package static func logOrder(
    store: OperationStore,
    named name: String = "",
    visit: VisitID,
    reader: LineReader = LineReader()
  ) throws {
    try logOrder(
      of: entries(of: store, visit).map(\.sealed.line),
      "visit \(visit), \(name)",
      reader: reader
    ) { try isAuthority($0, in: store) }
  }

  /// The same of lines in the order of a log.
  static func logOrder(
    of lines: [[UInt8]],
    _ what: String,
    reader: LineReader = LineReader(),
    isAuthority: (ReplicaID) throws -> Bool = { _ in false }
  ) throws {
    var lost: Set<Dependency> = []
    var hashes: Set<Hash256> = []
    var names: Set<Dependency> = []
    for (index, line) in lines.enumerated() {
      let (hash, batch) = try reader.read(line)
      var one: String {
        "\(what), position \(index + 1): batch \(batch.number) of replica \(batch.replica)"
      }
      if let previous = batch.previous {
        try demand(
          hashes.contains(previous) || lost.contains(before: batch),
          "\(one) stands before batch \(batch.number - 1) of its stream"
        )
      }
      for dependency in batch.deps {
        try demand(
          names.contains(dependency) || lost.contains(dependency),
          "\(one) stands before what it names as seen: \(dependency.replica) up to "
            + "\(dependency.lastCounter)"
        )
      }
      hashes.insert(hash)
      names.insert(
        Dependency(
          replica: batch.replica,
          lastCounter: batch.lastCounter,
          hashPrefix: hash.prefix
        )
      )
      if try isAuthority(batch.replica) { lost.declare(batch) }
    }
  }
}

extension Set<Dependency> {
  /// Takes in the gaps that a batch of the authority declares.
  fileprivate mutating func declare(_ batch: Batch) {
    formUnion(ModelGap.declared(in: batch).map(\.end))
  }

  /// Whether the batch before one is among these.
  fileprivate func contains(before batch: Batch) -> Bool {
    guard let previous = batch.previous else { return false }
    return contains(
      Dependency(
        replica: batch.replica,
        lastCounter: batch.firstCounter - 1,
        hashPrefix: previous.prefix
      )
    )
  }
}
