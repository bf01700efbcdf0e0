public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// Takes in a bundle (section 8.3): what a device exported, or rescued.
  ///
  /// Taking one in twice changes nothing. A visit that is not here is made if this server founded it.
  /// If it shows that the server's own authority forked, a new history begins
  /// (``leaveFork(in:newEpoch:now:store:)``).
  ///
  /// - Parameters:
  ///   - file: The bytes of the file.
  ///   - newEpoch: 16 random bytes, for a new history if one must begin.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: What became of it.
  /// - Throws: ``Problem``: `malformed` for what is no bundle; `too-large`; `unavailable`.
  public func importBundle(
    _ file: [UInt8],
    newEpoch: Epoch,
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> BundleReport {
    let contents: BundleContents
    do throws(ProtocolError) {
      contents = try BundleReader.read(file)
    } catch {
      throw Problem(error.code == .tooLarge ? .tooLarge : .malformed, error.message)
    }
    let authority = try authority(store)
    return try stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        let report = try BundleImport(
          identity: keys.identity.publicKey,
          key: authority,
          person: nil,
          now: now
        ).take(contents, into: store)
        let held = try store.visits()
        for part in report.parts where held.contains(part.visit) {
          try leaveFork(in: part.visit, newEpoch: newEpoch, now: now, store: store)
          try revokeNewcomers(in: part.visit, now: now, store: store)
        }
        return report
      }
    }
  }

  /// Makes a bundle of visits (section 8.1), signed by the authority.
  ///
  /// - Parameters:
  ///   - visits: The visits.
  ///   - now: The server's clock, in milliseconds since 1970.
  ///   - store: The store.
  /// - Returns: The file.
  /// - Throws: ``Problem``: `unknown` visit, `unavailable`.
  public func exportBundle(
    of visits: [VisitID],
    now: Int64,
    store: OperationStore
  ) throws(Problem) -> BundleExport.Made {
    let held = try stored { () throws(StoreError) in try store.visits() }
    for visit in visits where !held.contains(visit) {
      throw Problem(.unknown, "There is no visit \(visit) on this server.")
    }
    let authority = try authority(store)
    return try stored { () throws(StoreError) in
      try BundleExport(identity: keys.identity.publicKey, key: authority, now: now)
        .bundle(of: visits, .everything, from: store)
    }
  }
}

extension BundleReport {
  /// The report with the lines that a person reads, for whoever asked from another process.
  func administrationValue(_ store: OperationStore) -> Value {
    guard case .map(let map) = value else { return value }
    let lines = lines(name: ReplicaNames(store).name)
    let words = Value.Map.Member(key: "lines", value: .list(lines.map { .string($0) }))
    return Value.Map((map.members + [words]).sorted { $0.key < $1.key }).map { .map($0) } ?? value
  }
}
