public import Convergence
public import SyncProtocol

/// Makes a bundle of what a store holds (section 8.1).
public struct BundleExport {
  /// Which batches go in.
  public enum Choice: Hashable, Sendable {
    /// All of them: whoever takes it in needs nothing else.
    case everything

    /// Those of one person, whichever device they come from.
    case of(PersonID)

    /// Those that the server is not known to have.
    case unsent
  }

  /// A bundle that was made.
  public struct Made: Hashable, Sendable {
    /// The file.
    public let file: [UInt8]

    /// What it says of itself.
    public let header: BundleHeader

    /// Changes that are not in it, because the key that could seal them is not there.
    public let openOperations: Int64
  }

  /// A batch that goes in.
  private struct Item {
    let replica: ReplicaID
    let sealed: SealedBatch

    /// Where it stands in the log here; `nil` while it waits for what it builds on.
    let place: Frame.Place?

    init(_ entry: OperationStore.RawEntry) {
      replica = entry.replica
      sealed = entry.sealed
      place = Frame.Place(position: entry.position, received: entry.received)
    }

    init(_ waiting: WaitingBatch) {
      replica = waiting.replica
      sealed = waiting.sealed
      place = nil
    }
  }

  private let identity: PublicKey
  private let key: SigningKey?
  private let now: Int64

  /// Prepares to export.
  ///
  /// - Parameters:
  ///   - identity: The server's identity key, where certificates begin.
  ///   - key: The key of the store's own replica, which seals what is open and signs the file;
  ///     `nil` where it is not there.
  ///   - now: The maker's clock, in milliseconds since 1970.
  public init(identity: PublicKey, key: SigningKey?, now: Int64) {
    self.identity = identity
    self.key = key
    self.now = now
  }

  /// Makes a bundle.
  ///
  /// What is open in the visits is sealed first, durably. What waits here for what it builds on goes
  /// in as well: whoever takes it in may have that, or an operator has to hear of it.
  ///
  /// - Parameters:
  ///   - visits: The visits, each held here.
  ///   - choice: Which of their batches.
  ///   - store: The store.
  /// - Returns: The file.
  /// - Throws: ``StoreError``: `unknownVisit`, `refused` for more than a bundle takes.
  public func bundle(
    of visits: [VisitID],
    _ choice: Choice,
    from store: OperationStore
  ) throws(StoreError) -> Made {
    try seal(visits, in: store)
    return try store.snapshot { () throws(StoreError) in
      var parts: [(part: BundleHeader.Part, items: [Item])] = []
      var open: Int64 = 0
      for visit in visits.sorted() {
        open += try store.unsentCounts(of: visit).openOperations
        let entries = try entries(of: visit, choice, in: store)
        var items = entries.map { Item($0) }
        for batch in try store.waiting(of: visit)
        where try isWanted(batch.replica, choice, in: store) { items.append(Item(batch)) }
        let part = BundleHeader.Part(
          visit: visit,
          first: entries.first?.position ?? 0,
          last: entries.last?.position ?? 0,
          batches: Int64(entries.count)
        )
        parts.append((part, items))
      }
      let header = BundleHeader(
        maker: key?.publicKey.replicaID,
        clock: now,
        parts: parts.map(\.part)
      )
      let file = try write(header, parts.map(\.items), from: store)
      return Made(file: file, header: header, openOperations: open)
    }
  }

  private func seal(_ visits: [VisitID], in store: OperationStore) throws(StoreError) {
    guard let key else { return }
    for visit in visits where try store.unsentCounts(of: visit).openOperations > 0 {
      try store.transaction { () throws(StoreError) in
        _ = try store.seal(visit, key: key, received: now)
      }
    }
  }

  private func entries(
    of visit: VisitID,
    _ choice: Choice,
    in store: OperationStore
  ) throws(StoreError) -> [OperationStore.RawEntry] {
    if choice == .unsent { return try store.unsent(of: visit) }
    var entries: [OperationStore.RawEntry] = []
    var position: Int64 = 0
    var hasMore = true
    while hasMore {
      let page = try store.entries(of: visit, after: position)
      for entry in page.entries {
        position = entry.position
        if try isWanted(entry.replica, choice, in: store) { entries.append(entry) }
      }
      hasMore = page.hasMore && !page.entries.isEmpty
    }
    return entries
  }

  private func isWanted(
    _ replica: ReplicaID,
    _ choice: Choice,
    in store: OperationStore
  ) throws(StoreError) -> Bool {
    guard case .of(let person) = choice else { return true }
    return try store.certificate(of: replica)?.person == person
  }

  private func write(
    _ header: BundleHeader,
    _ parts: [[Item]],
    from store: OperationStore
  ) throws(StoreError) -> [UInt8] {
    var replicas: [ReplicaID] = []
    if let maker = header.maker { replicas.append(maker) }
    replicas += try store.certificates().filter { $0.holder == .authority }.map(\.replica)
    do throws(ProtocolError) {
      var writer = try BundleWriter(header)
      for replica in replicas { try append(replica, from: store, to: &writer) }
      for items in parts {
        var vouched: Set<ReplicaID> = []
        for item in items {
          for replica in Self.replicas(of: item) where vouched.insert(replica).inserted {
            try append(replica, from: store, to: &writer)
          }
          try writer.append(.batch(item.sealed, item.place))
        }
      }
      return try writer.finish(key: key)
    } catch {
      throw StoreError(.refused, error.message)
    }
  }

  /// The author of a batch, and whoever its operations were moved from.
  private static func replicas(of item: Item) -> [ReplicaID] {
    guard let batch = try? Batch(line: item.sealed.line), batch.hasMovedOperations else {
      return [item.replica]
    }
    return batch.who.map(\.replica) + [item.replica]
  }

  private func append(
    _ replica: ReplicaID,
    from store: OperationStore,
    to writer: inout BundleWriter
  ) throws(ProtocolError) {
    let chain: [SealedCertificate]
    do throws(StoreError) {
      chain = try store.certificateChain(of: replica, identity: identity)
    } catch {
      throw ProtocolError(.certificate, error.message)
    }
    for sealed in chain { try writer.append(.certificate(sealed)) }
  }
}
