public import Convergence
import Logging
public import OperationStore
public import SyncProtocol

/// A running server: the one writer of its store, with whatever pushes wait for it.
///
/// It carries out what ``Service`` decides. Bodies are parsed and their signatures checked by whoever
/// received them, in parallel; the actor only compares, inserts and merges. Pushes that arrive while a
/// commit is under way are committed together by the next one, each in a part of its own that can fail
/// alone: no timer, and one wait for the disk for all of them.
public actor SyncServer {
  /// What answers.
  public nonisolated let service: Service

  /// The nonces of this run.
  public nonisolated let nonces: Nonces

  /// The server's clock, in milliseconds since 1970.
  public nonisolated let clock: @Sendable () -> Int64

  private nonisolated let random: @Sendable () -> Bits128
  private nonisolated let certificates: CertificateCache
  let store: OperationStore
  private let reader: StoreReader?
  private var waiting: [Waiting] = []
  private var isCommitting = false

  /// Who is told what is new.
  var listeners: [WeakListener] = []

  /// The ends of the logs as they were told last.
  var told: [VisitID: Int64] = [:]

  /// The history as it was said last; `nil` before the store is initialised.
  private var epoch: Epoch?

  /// A push that waits for the next commit.
  private struct Waiting {
    let push: Push
    let caller: Caller
    let answer: CheckedContinuation<Result<[BatchResult], Problem>, Never>
  }

  /// Opens a server on its store.
  ///
  /// - Parameters:
  ///   - location: The store; a server was initialised in it.
  ///   - meaning: What operations mean.
  ///   - keys: The server's keys.
  ///   - nonceSecret: 32 random bytes of this run.
  ///   - clock: The clock, in milliseconds since 1970.
  ///   - random: Sixteen random bytes at each call.
  /// - Throws: ``StoreError`` if the store cannot be opened, or was made with another identity key.
  public init(
    _ location: OperationStore.Location,
    meaning: Meaning,
    keys: ServerKeys,
    nonceSecret: [UInt8],
    clock: @escaping @Sendable () -> Int64,
    random: @escaping @Sendable () -> Bits128
  ) throws(StoreError) {
    service = Service(keys: keys)
    nonces = Nonces(secret: nonceSecret)
    self.clock = clock
    self.random = random
    let store = try OperationStore(location, meaning: meaning)
    if try store.ownReplica() != nil {
      do throws(Problem) {
        try service.checkKeys(store)
      } catch {
        throw StoreError(.refused, error.detail)
      }
    }
    certificates = CertificateCache(try store.certificates())
    self.store = store
    epoch = try? service.epoch(store)
    switch location {
    case .file(let path): reader = try StoreReader(path, meaning: meaning)
    case .memory: reader = nil
    }
  }

  /// Checks the proof of a key; beside the writer.
  ///
  /// - Throws: ``Problem``: `nonce`, `credential`.
  public nonisolated func caller(
    _ proof: RequestProof?,
    method: String,
    target: String,
    body: [UInt8],
    isCompressed: Bool = false
  ) throws(Problem) -> Caller {
    try Caller(
      proof,
      method: method,
      target: target,
      body: body,
      isCompressed: isCompressed,
      nonces: nonces,
      now: clock(),
      identity: service.keys.identity.publicKey
    ) { certificates[$0] }
  }

  /// Enrols a device.
  ///
  /// - Throws: ``Problem``: `code`, `unavailable`.
  public func enrol(_ request: EnrolRequest) throws(Problem) -> [Frame] {
    let frames = try service.enrol(request, now: clock(), store: store)
    if let certificate = try? store.certificate(of: request.key.replicaID) {
      certificates.insert(certificate)
    }
    return frames
  }

  /// Answers a hello, with the signed head of each visit of the person.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func hello(_ hello: Hello, from caller: Caller) throws(Problem) -> [Frame] {
    let frames = try service.hello(hello, from: caller, now: clock(), store: store)
    remember(caller.brought)
    return frames
  }

  /// The visits of a person.
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func visits(of caller: Caller) async throws(Problem) -> [VisitSummary] {
    let service = service
    return try await read { (store) throws(Problem) in
      try service.visits(of: caller, store: store)
    }
  }

  /// Admits the batches among some frames.
  ///
  /// - Returns: One `result` a batch, in order, and `end`; what they say is on disk.
  /// - Throws: ``Problem`` `unavailable`.
  @concurrent
  public nonisolated func push(
    _ frames: [Frame],
    from caller: Caller
  ) async throws(Problem) -> [Frame] {
    try await results(of: frames, from: caller).map { .result($0) } + [.end]
  }

  /// One page of a visit's log.
  ///
  /// - Throws: ``Problem``: `not-on-visit`, `epoch`, `unavailable`.
  public func log(
    of visit: VisitID,
    after cursor: Cursor?,
    count: Int,
    for caller: Caller
  ) async throws(Problem) -> [Frame] {
    let service = service
    return try await read { (store) throws(Problem) in
      try service.page(of: visit, after: cursor, for: caller, count: count, store: store) + [.end]
    }
  }

  /// Hello, push and the first page of each visit, in one answer (section 9.7).
  ///
  /// - Throws: ``Problem``: `malformed`, `upgrade`, `epoch`, `unavailable`.
  @concurrent
  public nonisolated func sync(
    _ frames: [Frame],
    from caller: Caller
  ) async throws(Problem) -> [Frame] {
    var answer = try SyncAnswer(frames)
    answer.add(try await greet(answer.hello, from: caller))
    answer.add(try await results(of: frames, from: caller))
    while let request = answer.nextPage() {
      if let page = try await page(request, for: caller) { answer.add(page: page) }
    }
    return answer.frames
  }

  /// Compares what a device holds with what the server holds (section 9.10).
  ///
  /// - Throws: ``Problem`` `unavailable`.
  public func reconcile(
    _ frames: [Frame],
    from caller: Caller
  ) throws(Problem) -> [Frame] {
    let frames = try service.reconcile(
      frames,
      from: caller,
      newEpoch: Epoch(bits: random()),
      now: clock(),
      store: store
    )
    noteHistory()
    tell()
    return frames
  }

  /// Carries out administration on the store: what the daemon's own command line asks.
  ///
  /// - Throws: What the body throws.
  public func administer<Answer: Sendable>(
    _ body: @Sendable (Service, OperationStore, Int64) throws(Problem) -> Answer
  ) throws(Problem) -> Answer {
    defer {
      noteHistory()
      tell()
    }
    return try body(service, store, clock())
  }

  /// Tries out that the one writer is alive, and that its disk takes what it writes.
  ///
  /// A server whose disk is full or failing goes on reading: logs and lists are answered, and whatever
  /// has to be stored is refused with what is wrong. The first write that succeeds ends that.
  ///
  /// - Throws: ``Problem`` `unavailable`, also if the store was never initialised.
  public func checkWriting() throws(Problem) {
    _ = try service.epoch(store)
    try service.checkWriting(now: clock(), store: store)
  }

  private func greet(_ hello: Hello, from caller: Caller) throws(Problem) -> HelloAnswer {
    let answer = try service.greet(hello, from: caller, now: clock(), store: store)
    remember(caller.brought)
    return answer
  }

  private func page(
    _ request: PageRequest,
    for caller: Caller
  ) async throws(Problem) -> [Frame]? {
    let service = service
    return try await read { (store) throws(Problem) in
      try service.page(request, for: caller, store: store)
    }
  }

  /// Reads beside the writer, where the store is a file.
  private func read<Answer: Sendable>(
    _ body: @Sendable (OperationStore) throws(Problem) -> Answer
  ) async throws(Problem) -> Answer {
    if let reader { return try await reader.read(body) }
    return try body(store)
  }

  @concurrent
  private nonisolated func results(
    of frames: [Frame],
    from caller: Caller
  ) async throws(Problem) -> [BatchResult] {
    let push = Push(frames, identity: service.keys.identity.publicKey) { certificates[$0] }
    guard !push.isEmpty else { return [] }
    return try await commit(push, from: caller).get()
  }

  private func commit(_ push: Push, from caller: Caller) async -> Result<[BatchResult], Problem> {
    await withCheckedContinuation { answer in
      waiting.append(Waiting(push: push, caller: caller, answer: answer))
      guard !isCommitting else { return }
      isCommitting = true
      Task { await drain() }
    }
  }

  /// Commits whatever waits until nothing does.
  private func drain() async {
    while !waiting.isEmpty {
      let group = waiting
      waiting = []
      let now = clock()
      var answers: [Result<[BatchResult], Problem>] = []
      do throws(StoreError) {
        try store.transaction { () throws(StoreError) in
          answers = group.map { member in admit(member, now: now) }
        }
      } catch {
        let problem = Problem(.unavailable, "The server's store: \(error.message)")
        answers = group.map { _ in .failure(problem) }
      }
      // Before anybody is answered: who is answered may ask for what the new authority wrote.
      noteHistory()
      for (member, answer) in zip(group, answers) {
        remember(member.caller.brought + member.push.certificates)
        if case .success(let results) = answer { member.push.count(results) }
        member.answer.resume(returning: answer)
      }
      tell(group.flatMap(\.push.visits))
      // Lets whoever arrived meanwhile join the next commit.
      await Task.yield()
    }
    isCommitting = false
  }

  private func admit(_ member: Waiting, now: Int64) -> Result<[BatchResult], Problem> {
    do throws(Problem) {
      return .success(
        try service.admit(
          member.push,
          from: member.caller,
          newEpoch: Epoch(bits: random()),
          now: now,
          store: store
        )
      )
    } catch {
      return .failure(error)
    }
  }

  /// Says so if a new history began by itself: what devices or files brought proved that the store
  /// was put back.
  private func noteHistory() {
    guard let epoch = try? service.epoch(store), epoch != self.epoch else { return }
    defer { self.epoch = epoch }
    guard self.epoch != nil else { return }
    Logger(label: "fieldbookd").error(
      """
      What was brought shows something that this server signed and that is not in its log: the \
      store was put back or changed. A new history begins; devices bring back what they hold. \
      Codes that were not used are void: issue new ones.
      """,
      metadata: ["epoch": "\(epoch)"]
    )
    guard let own = try? store.ownReplica(), let certificate = try? store.certificate(of: own)
    else { return }
    certificates.insert(certificate)
  }

  private func remember(_ brought: [SealedCertificate]) {
    for sealed in brought {
      guard let brought = try? Certificate(line: sealed.line),
        let held = try? store.certificate(of: brought.replica)
      else { continue }
      certificates.insert(held)
    }
  }
}
