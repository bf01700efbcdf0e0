public import Convergence
public import SyncProtocol

/// What became of a bundle that was taken in.
public struct BundleReport: Hashable, Sendable {
  /// Something that was not taken, and why.
  public struct Refusal: Hashable, Sendable {
    /// Where in the file its compressed piece begins, in bytes from 0.
    public let offset: Int

    /// How far behind the start of that piece, in bytes after inflation.
    public let inner: Int

    /// Whose batch it is, where that reads.
    public let replica: ReplicaID?

    /// Its number in the stream, where that reads.
    public let number: Int64?

    /// What kind of refusal it is.
    public let code: ProtocolError.Code

    /// What is wrong, for a person.
    public let message: String
  }

  /// What became of one visit.
  public struct Part: Hashable, Sendable {
    /// The visit.
    public let visit: VisitID

    /// Its title, as far as it is known here.
    public internal(set) var title = ""

    /// Whether the visit was not here before.
    public internal(set) var isNewVisit = false

    /// Batches that came into the log, those that had waited included.
    public internal(set) var new: Int64 = 0

    /// Operations in them.
    public internal(set) var newOperations: Int64 = 0

    /// Batches that were here already.
    public internal(set) var known: Int64 = 0

    /// New batches that this very store once wrote: it was put back to an earlier state.
    public internal(set) var ownReturned: Int64 = 0

    /// Batches of the visit that are kept and wait for others, those of earlier files included.
    public internal(set) var waiting: Int64 = 0

    /// What they wait for, sorted.
    public internal(set) var needs: [WaitingBatch.Need] = []

    /// Batches that could not be kept, because too many wait already.
    public internal(set) var turnedAway: Int64 = 0

    /// Batches that the file says it holds and that were not whole in it.
    public internal(set) var lost: Int64 = 0

    /// Where in the maker's log they stand, as far as that can be told: first and last.
    public internal(set) var lostBetween: [ClosedRange<Int64>] = []

    /// Why nothing of the visit was taken; `nil` if it was.
    public internal(set) var obstacle: String?

    init(_ visit: VisitID) { self.visit = visit }
  }

  /// What became of each visit, in the order of the file.
  public internal(set) var parts: [Part] = []

  /// What was not taken, in order.
  public internal(set) var refused: [Refusal] = []

  /// What did not read, in order.
  public internal(set) var problems: [BundleProblem] = []

  /// What the end of the file says of the whole.
  public internal(set) var closing = BundleClosing.Verdict.missing

  /// Who made the file, where that is known.
  public internal(set) var maker: Certificate?

  /// Operations in it that nobody ever signed: they are shown, and cannot be taken in.
  public internal(set) var openOperations = 0

  init() {}

  /// Whether everything in the file was taken or was here already, and nothing waits.
  public var isComplete: Bool {
    refused.isEmpty && problems.isEmpty && closing == .good && openOperations == 0
      && parts.allSatisfy {
        $0.obstacle == nil && $0.waiting == 0 && $0.turnedAway == 0 && $0.lost == 0
      }
  }
}
