import Convergence
import OperationStore
import SyncProtocol

/// The part of an answer that belongs to one page, until the page is closed and stored as one.
///
/// A batch, the certificate it needs and the cursor behind it are stored in one transaction: a power
/// cut leaves either all of a page or nothing of it.
struct Inbox {
  let enrolment: Enrolment
  let key: SigningKey
  let now: Int64

  /// Whether any page brought the cursor forward.
  private(set) var hasAdvanced = false

  /// The visits of which a page named an own batch that the device does not hold: those pages were
  /// not stored.
  private(set) var lacksOwn: Set<VisitID> = []

  private var frames: [Frame] = []

  init(enrolment: Enrolment, key: SigningKey, now: Int64) {
    self.enrolment = enrolment
    self.key = key
    self.now = now
  }

  /// Keeps a certificate or a batch for the page that closes it.
  mutating func take(_ frame: Frame) {
    frames.append(frame)
  }

  /// Stores a page.
  ///
  /// - Returns: The batches and operations that were new.
  /// - Throws: ``SyncFailure``: `badAnswer`, `rewound`, `store`; nothing of the page is stored then.
  mutating func close(
    _ page: Page,
    store: OperationStore
  ) throws(SyncFailure) -> (batches: Int, operations: Int) {
    let (frames, enrolment, key, now) = (frames, enrolment, key, now)
    self.frames = []
    var failure: SyncFailure?
    var lacksOwn = false
    var came = (batches: 0, operations: 0)
    do throws(StoreError) {
      try store.transaction { () throws(StoreError) in
        // What was written while the answer was under way had seen nothing of it.
        try store.seal(page.visit, key: key, received: now)
        var digest = try store.cursor(of: page.visit)?.digest ?? LogDigest(emptyLogOf: page.visit)
        let start = digest.position
        for frame in frames {
          switch frame {
          case .certificate(let sealed):
            _ = try store.admit(sealed, identity: enrolment.identity)
          case .own(let hash, _):
            guard try store.holds(hash, of: page.visit) else {
              lacksOwn = true
              throw StoreError(.refused, "")
            }
            try store.markSent(hash, of: page.visit)
            digest.append(hash)
          case .batch(let sealed, _):
            let (verified, outcome) = try Self.admit(sealed, page.visit, now: now, store: store)
            guard let verified, outcome.position != nil else {
              failure = Self.notAdmitted(outcome)
              throw StoreError(.refused, "")
            }
            if case .duplicate = outcome {
              try store.markSent(verified.hash, of: page.visit)
            } else {
              came.batches += 1
              came.operations += verified.batch.operations.count
            }
            digest.append(verified.hash)
          case .hello, .head, .result, .page, .intake, .enrolled, .streams, .held, .history, .end:
            continue
          }
        }
        guard digest == page.digest else {
          failure = Self.differentLog
          throw StoreError(.refused, "")
        }
        guard let epoch = try Self.epoch(of: page.visit, in: store) else {
          failure = SyncFailure(.badAnswer, "The server sent a page without a hello.")
          throw StoreError(.refused, "")
        }
        try store.setCursor(of: page.visit, epoch: epoch, digest: digest)
        if digest.position > start { hasAdvanced = true }
      }
    } catch {
      guard lacksOwn else { throw failure ?? SyncFailure(.store, error.message) }
      self.lacksOwn.insert(page.visit)
      return (0, 0)
    }
    return came
  }

  /// Checks a signed head against the page before it, and keeps it: it is what the server cannot
  /// take back.
  ///
  /// - Returns: Whether the server stands by what it signed before; if not, the earlier head is kept
  ///   as proof.
  /// - Throws: ``SyncFailure``: `badAnswer` if it is not signed by the server's authority, `rewound`
  ///   if it contradicts the page; `store`.
  func check(
    _ line: [UInt8],
    _ signature: Signature,
    store: OperationStore
  ) throws(SyncFailure) -> Bool {
    let head: Head
    do throws(ProtocolError) {
      head = try Head(line: line)
    } catch {
      throw SyncFailure(.badAnswer, "A head of the server does not read: \(error.message).")
    }
    // The certificate of its authority may have been in the page that was not stored.
    guard !lacksOwn.contains(head.visit) else { return true }
    let isGenuine = try SyncFailure.stored { () throws(StoreError) in
      guard let certificate = try store.certificate(of: head.replica),
        certificate.holder == .authority
      else { return false }
      return certificate.key.verifies(signature, of: Hash256(.head, line))
    }
    guard isGenuine else {
      throw SyncFailure(.badAnswer, "A head is not signed by this server. Nothing of it is used.")
    }
    let (isOurs, stands) = try SyncFailure.stored { () throws(StoreError) in
      guard let held = try store.cursor(of: head.visit), held.cursor.epoch == head.epoch else {
        return (true, true)
      }
      let earlier = try SignedHead(of: head.visit, store)
      let stands = earlier?.allows(head) ?? true
      if stands { try SignedHead(head, line: line, signature: signature).save(in: store) }
      let isOurs = held.digest.position < head.digest.position || held.digest == head.digest
      return (isOurs, stands)
    }
    guard isOurs else { throw Self.differentLog }
    return stands
  }

  private static func admit(
    _ sealed: SealedBatch,
    _ visit: VisitID,
    now: Int64,
    store: OperationStore
  ) throws(StoreError) -> (VerifiedBatch?, BatchResult.Outcome) {
    guard let batch = try? Batch(line: sealed.line) else { return (nil, .bad(.malformed)) }
    guard batch.visit == visit else { return (nil, .bad(.visit)) }
    guard let certificate = try store.certificate(of: batch.replica) else {
      return (nil, .bad(.certificate))
    }
    guard let verified = try? VerifiedBatch(sealed, batch: batch, certificate: certificate) else {
      return (nil, .bad(.signature))
    }
    return (verified, try store.admit(verified, received: now, isSent: true))
  }

  private static func epoch(
    of visit: VisitID,
    in store: OperationStore
  ) throws(StoreError) -> Epoch? {
    try store.document("device", "server")?["epoch"]?.string.flatMap { Epoch(text: $0) }
  }

  private static func notAdmitted(_ outcome: BatchResult.Outcome) -> SyncFailure {
    SyncFailure(
      .badAnswer,
      "The server sent a batch that does not follow from its log (\(outcome.code))."
    )
  }

  private static let differentLog = SyncFailure(
    .rewound,
    "The server's log is not the one it showed before. Nothing of this answer was used."
  )
}
