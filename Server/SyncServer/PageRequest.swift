public import Convergence
public import SyncProtocol

/// A page of a visit's log that somebody asks for, with how large it may be.
public struct PageRequest: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// How far the caller has read; `nil` for the start.
  public let cursor: Cursor?

  /// The most batches.
  public let count: Int

  /// The most bytes of lines; at least one batch is sent whatever its size.
  public let bytes: Int

  /// The fingerprint of the intake that the caller was told last; `nil` if none.
  public let intake: Bits128?

  /// Asks for a page.
  public init(
    of visit: VisitID,
    after cursor: Cursor?,
    count: Int = Limits.pageBatches,
    bytes: Int = Limits.pageBytes,
    intake: Bits128? = nil
  ) {
    self.visit = visit
    self.cursor = cursor
    self.count = count
    self.bytes = bytes
    self.intake = intake
  }
}
