import Convergence
import SyncProtocol

/// Saves what a store holds, also where it is damaged or does not open at all.
///
/// It reads in two ways and takes what either gives: through SQLite, row by row until a table fails;
/// and page by page from the bytes of the file. Nothing is believed for where it stands: a
/// certificate must be signed by the issuer that it names, a batch by the replica that it names, or,
/// where that replica's certificate is lost, have the hash under which it was stored.
public struct StoreRescue {
  private var certificates: [ReplicaID: SealedCertificate] = [:]
  private var keys: [ReplicaID: PublicKey] = [:]
  private var visits: [Int64: VisitID] = [:]
  private var lengths: [VisitID: Int64] = [:]
  private var candidates: [Hash256: Candidate] = [:]
  private var unproved: Set<Hash256> = []
  private var rescued: [Hash256: Salvage.Rescued] = [:]
  private var open: [OpenRow: Value] = [:]

  /// Whether the operations that are not sealed are all known: pages would only add what was sealed
  /// and deleted since.
  private var opensAreClosed = false

  private var own: ReplicaID?
  private var salvage = Salvage()

  private struct OpenRow: Hashable {
    let visit: Int64
    let counter: Int64
  }

  private struct Candidate {
    var position: Int64?
    var received: Int64
    let batch: Batch
    let sealed: SealedBatch
  }

  /// Saves what there is.
  ///
  /// - Parameters:
  ///   - path: Where the store is; it is opened for reading alone.
  ///   - file: Its bytes.
  ///   - log: The bytes of the write-ahead log beside it, empty if there is none.
  /// - Returns: What was saved and what was not. Reading never fails: at worst nothing is saved.
  /// - Complexity: O(size of the file), and a signature check for each batch.
  public static func salvage(path: String, file: [UInt8], log: [UInt8]) -> Salvage {
    var rescue = StoreRescue()
    rescue.readTables(path)
    let pages = DatabasePages(file: file, log: log)
    var rows: [DatabasePages.Row] = []
    pages.forEachRow { rows.append($0) }
    // Certificates and names first: everything else is checked or told by them.
    for row in rows { rescue.takeNames(row) }
    for row in rows { rescue.takeWork(row) }
    return rescue.finish()
  }

  private init() {}

  // MARK: Through SQLite

  private mutating func readTables(_ path: String) {
    let database: Database
    do throws(StoreError) {
      database = try Database(.file(path), isReadOnly: true)
      _ = try database.int("SELECT count(*) FROM sqlite_schema")
    } catch {
      salvage.losses.append("The store does not open (\(error.message)); its pages were read.")
      return
    }
    read("replicas", "SELECT id, replica, person, line, signature FROM replicas", database, 5) {
      $0.takeNames($1)
    }
    read("visits", "SELECT id, visit, position, digest FROM visits", database, 4) {
      $0.takeNames($1)
    }
    read("register", "SELECT kind, key, value FROM register", database, 3) { $0.takeNames($1) }
    read(
      "batches",
      """
      SELECT visit, position, replica, number, first, count, height, received, sent, hash,
        signature, line FROM batches
      """,
      database,
      12
    ) { $0.takeWork($1) }
    read(
      "waiting",
      """
      SELECT id, visit, need, replica, number, received, hash, signature, line FROM waiting
      """,
      database,
      9
    ) { $0.takeWork($1) }
    read("rescue", "SELECT id, visit, why, signature, line FROM rescue", database, 5) {
      $0.takeWork($1)
    }
    opensAreClosed = read(
      "open_operations",
      "SELECT visit, counter, line FROM open_operations",
      database,
      3
    ) { $0.takeWork($1) }
  }

  @discardableResult
  private mutating func read(
    _ table: String,
    _ sql: String,
    _ database: Database,
    _ columns: Int32,
    _ take: (inout StoreRescue, DatabasePages.Row) -> Void
  ) -> Bool {
    var rows: [DatabasePages.Row] = []
    var isWhole = true
    do throws(StoreError) {
      try database.rows(sql) { (statement) throws(StoreError) in
        let values = (0..<columns).map { statement.value($0) }
        rows.append(DatabasePages.Row(id: values.first?.int, values: values))
      }
    } catch {
      isWhole = false
      salvage.losses.append(
        "The table of \(table) is damaged; \(rows.count) rows were read, others from the pages."
      )
    }
    for row in rows { take(&self, row) }
    return isWhole
  }

  // MARK: Rows

  /// Takes certificates, visits and settings.
  private mutating func takeNames(_ row: DatabasePages.Row) {
    let values = row.values
    if values.count == 5, let line = values[3].blob,
      let signature = values[4].blob.flatMap({ Signature(bytes: $0) }),
      let certificate = try? Certificate(line: line),
      certificate.issuer.verifies(signature, of: Hash256(.certificate, line))
    {
      if certificates[certificate.replica] == nil {
        certificates[certificate.replica] = SealedCertificate(line: line, signature: signature)
        keys[certificate.replica] = certificate.key
      }
    }
    if values.count >= 4, let id = row.id, let bytes = values[1].blob,
      let visit = VisitID(bytes: bytes), let position = values[2].int, position >= 0,
      values[3].blob?.count == 32
    {
      if visits[id] == nil { visits[id] = visit }
      lengths[visit] = max(lengths[visit] ?? 0, position)
    }
    if values.count == 3, values[0].text == "store", values[1].text == "replica",
      let bytes = values[2].blob, let text = (try? StrictJSON.value(of: bytes))?.string, own == nil
    {
      own = ReplicaID(text: text)
    }
  }

  /// Takes batches, wherever they stand, and operations that are not sealed.
  private mutating func takeWork(_ row: DatabasePages.Row) {
    let values = row.values
    switch values.count {
    case 12:
      guard let signature = values[10].blob, let line = values[11].blob else { return }
      takeBatch(line, signature, values[9].blob, at: values[1].int, values[7].int ?? 0)
    case 9:
      guard let signature = values[7].blob, let line = values[8].blob else { return }
      takeBatch(line, signature, values[6].blob, at: nil, values[5].int ?? 0)
    case 5:
      guard let why = values[2].text, let bytes = values[3].blob, let line = values[4].blob,
        let signature = Signature(bytes: bytes), let batch = try? Batch(line: line)
      else { return }
      let sealed = SealedBatch(line: line, signature: signature)
      guard keys[batch.replica]?.verifies(signature, of: sealed.hash) == true else { return }
      if rescued[sealed.hash] == nil {
        rescued[sealed.hash] = Salvage.Rescued(why: String(why.prefix(64)), sealed: sealed)
      }
    case 3:
      guard !opensAreClosed, let visit = values[0].int, let counter = values[1].int,
        let line = values[2].blob, (try? OpenOperation(counter: counter, line: line)) != nil,
        let value = try? StrictJSON.value(of: line)
      else { return }
      open[OpenRow(visit: visit, counter: counter)] = value
    default: return
    }
  }

  private mutating func takeBatch(
    _ line: [UInt8],
    _ signature: [UInt8],
    _ stored: [UInt8]?,
    at position: Int64?,
    _ received: Int64
  ) {
    guard let signature = Signature(bytes: signature), let batch = try? Batch(line: line) else {
      return
    }
    let sealed = SealedBatch(line: line, signature: signature)
    let hash = sealed.hash
    if let known = candidates[hash] {
      if known.position == nil { candidates[hash]?.position = position }
      return
    }
    guard let key = keys[batch.replica] else {
      // Its certificate is lost, or comes later; whoever takes it in has one. The bytes at least are
      // those that were stored.
      guard stored == hash.bytes else { return }
      unproved.insert(hash)
      candidates[hash] = Candidate(
        position: position,
        received: received,
        batch: batch,
        sealed: sealed
      )
      return
    }
    guard key.verifies(signature, of: hash) else { return }
    candidates[hash] = Candidate(
      position: position,
      received: received,
      batch: batch,
      sealed: sealed
    )
  }

  // MARK: The result

  private mutating func finish() -> Salvage {
    var salvage = salvage
    salvage.certificates = ordered()
    for (hash, candidate) in candidates {
      // Read before its certificate was: it is checked now.
      if unproved.contains(hash), let key = keys[candidate.batch.replica],
        !key.verifies(candidate.sealed.signature, of: hash)
      {
        continue
      }
      salvage.batches.append(
        Salvage.Batch(
          visit: candidate.batch.visit,
          position: candidate.position,
          received: candidate.received,
          replica: candidate.batch.replica,
          sealed: candidate.sealed
        )
      )
    }
    salvage.batches.sort(by: Self.precedes)
    salvage.rescued = rescued.sorted { $0.key < $1.key }.map(\.value)
    salvage.open = openOperations(beside: salvage.batches)
    salvage.visits = Set(salvage.batches.map(\.visit) + lengths.keys).sorted()
    salvage.losses += losses(salvage)
    return salvage
  }

  private static func precedes(_ left: Salvage.Batch, _ right: Salvage.Batch) -> Bool {
    if left.visit != right.visit { return left.visit < right.visit }
    let (first, second) = (left.position ?? .max, right.position ?? .max)
    if first != second { return first < second }
    return left.sealed.hash < right.sealed.hash
  }

  /// Certificates behind those of their issuers.
  private func ordered() -> [SealedCertificate] {
    var left = certificates.sorted { $0.key < $1.key }.map(\.value)
    var placed: Set<ReplicaID> = []
    var ordered: [SealedCertificate] = []
    var isMoving = true
    while isMoving, !left.isEmpty {
      isMoving = false
      left.removeAll { sealed in
        guard let certificate = try? Certificate(line: sealed.line) else { return true }
        let issuer = certificate.issuer.replicaID
        guard
          certificates[issuer] == nil || issuer == certificate.replica
            || placed.contains(issuer)
        else { return false }
        placed.insert(certificate.replica)
        ordered.append(sealed)
        isMoving = true
        return true
      }
    }
    return ordered + left
  }

  /// What was not sealed; where the table was read from pages, without what is sealed since.
  private func openOperations(beside batches: [Salvage.Batch]) -> [BundleItem.OpenOperation] {
    var last: [VisitID: Int64] = [:]
    for batch in batches where batch.replica == own {
      guard let read = try? Batch(line: batch.sealed.line) else { continue }
      last[batch.visit] = max(last[batch.visit] ?? 0, read.lastCounter)
    }
    let rows = open.keys.sorted { ($0.visit, $0.counter) < ($1.visit, $1.counter) }
    return rows.compactMap { row in
      guard let operation = open[row] else { return nil }
      let visit = visits[row.visit]
      if !opensAreClosed, let visit, row.counter <= last[visit] ?? 0 { return nil }
      return BundleItem.OpenOperation(
        visit: visit,
        replica: own,
        counter: row.counter,
        operation: operation
      )
    }
  }

  private func losses(_ salvage: Salvage) -> [String] {
    var losses: [String] = []
    for visit in salvage.visits {
      let found = Set(salvage.batches.filter { $0.visit == visit }.compactMap(\.position))
      let length = max(lengths[visit] ?? 0, found.max() ?? 0)
      guard length > Int64(found.count) else { continue }
      var places: [String] = []
      var next: Int64 = 1
      for position in found.sorted() + [length + 1] {
        if position - 1 > next { places.append("\(next) to \(position - 1)") }
        if position - 1 == next { places.append("\(next)") }
        next = position + 1
      }
      losses.append(
        "Of visit \(visit), \(length - Int64(found.count)) of \(length) batches could not be saved: "
          + "positions \(places.joined(separator: ", "))."
      )
    }
    if !opensAreClosed {
      losses.append(
        "What was not signed yet was read from pages: some of it may be lost, or older than it was."
      )
    }
    return losses
  }
}

extension SQLValue {
  fileprivate var int: Int64? {
    guard case .int(let int) = self else { return nil }
    return int
  }

  fileprivate var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  fileprivate var blob: [UInt8]? {
    guard case .blob(let blob) = self else { return nil }
    return blob
  }
}
