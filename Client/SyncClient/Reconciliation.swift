import Convergence
import OperationStore
import SyncProtocol

/// Finds out, stream by stream, what a server that went back in time still holds (section 9.10).
///
/// It asks about as many visits at a time as a body takes, and notes for each exactly which batches
/// the server lacks. Nothing of the device's is touched but the marks that say what was sent.
struct Reconciliation {
  /// Whether the server has another history than the one the device counted in.
  private(set) var isNewHistory = false

  /// Visits that wait for their turn.
  private var waiting: [VisitID]

  /// What the request under way says, in its order.
  private var asked: [StreamList] = []

  /// What an answer means for what comes next.
  enum Progress {
    /// The answer was cut short: the same is asked again.
    case cut

    /// More visits are to be asked about.
    case goesOn

    /// Every visit was compared.
    case done
  }

  init(_ visits: [VisitID]) { waiting = visits }

  /// The frames of the next request.
  ///
  /// With each visit goes the last head that the server signed of it: a server that cannot stand by
  /// it knows by that that it was put back.
  mutating func request(_ store: OperationStore) throws(StoreError) -> [Frame] {
    asked = []
    var proofs: [Frame] = []
    var size = 0
    for visit in waiting.prefix(Limits.headsPerRequest) {
      let ends = try store.streamEnds(of: visit)
      size += ends.count * Self.endBytes + Limits.smallLineBytes
      guard asked.isEmpty || size <= Limits.bodyBytes / 2 else { break }
      asked += StreamList.lists(of: visit, ends)
      if let head = try SignedHead(of: visit, store) { proofs.append(head.frame) }
    }
    return asked.map { .streams($0) } + proofs + [.end]
  }

  /// How much room an end of a stream takes at most.
  private static let endBytes = 128

  /// Takes in an answer, whole or cut short; a cut one changes nothing.
  ///
  /// - Parameters:
  ///   - body: The answer's body, or as much of it as arrived.
  ///   - store: The device's store.
  ///   - moment: When the server was found to have gone back without saying so, to be kept for
  ///     whoever asks later; `nil` if it said so.
  /// - Returns: What comes next.
  /// - Throws: ``SyncFailure``: `badAnswer`, `store`.
  mutating func receive(
    _ body: [UInt8],
    store: OperationStore,
    wentBack moment: Int64?
  ) throws(SyncFailure) -> Progress {
    let frames: [Frame]
    do throws(ProtocolError) {
      let read = try FrameReader.frames(of: body)
      guard read.isComplete else { return .cut }
      frames = read.frames
    } catch {
      throw SyncFailure(.badAnswer, "The server's answer does not read: \(error.message).")
    }
    guard case .history(let epoch)? = frames.first else {
      throw SyncFailure(.badAnswer, "The server does not say in which history it answers.")
    }
    let ends = try ends(there: frames)
    let visits = Set(asked.map(\.visit)).sorted()
    let isNew = try SyncFailure.stored { () throws(StoreError) in
      try store.transaction { () throws(StoreError) in
        var isNew = false
        if let moment { try store.setDocument("device", "went-back", .int(moment)) }
        for visit in visits {
          if let cursor = try store.cursor(of: visit), cursor.cursor.epoch != epoch { isNew = true }
          try store.setDocument("acknowledged", visit.text, nil)
          try store.reconcile(visit, with: ends[visit] ?? [], epoch: epoch)
        }
        return isNew
      }
    }
    isNewHistory = isNewHistory || isNew
    waiting.removeAll { visits.contains($0) }
    asked = []
    return waiting.isEmpty ? .done : .goesOn
  }

  /// What the server holds of the visits that were asked about.
  private func ends(there frames: [Frame]) throws(SyncFailure) -> [VisitID: [StreamEnd]] {
    var ends: [VisitID: [StreamEnd]] = [:]
    var answered = 0
    for frame in frames {
      switch frame {
      case .held(let held):
        guard answered < asked.count, asked[answered].visit == held.visit else {
          throw SyncFailure(.badAnswer, "The server answers about other streams than were named.")
        }
        ends[held.visit, default: []] += held.ends(of: asked[answered])
        answered += 1
      case .streams(let list):
        ends[list.visit, default: []] += list.ends
      default: continue
      }
    }
    guard answered == asked.count else {
      throw SyncFailure(.badAnswer, "The server does not answer about every stream that was named.")
    }
    return ends
  }
}
