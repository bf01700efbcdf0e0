public import Convergence
public import SyncProtocol

/// What a sync did: for the person, and for the decision whether to go on.
public struct SyncReport: Hashable, Sendable {
  /// A batch that was not simply admitted.
  public struct Remark: Hashable, Sendable {
    /// The visit.
    public let visit: VisitID

    /// Whose batch.
    public let replica: ReplicaID

    /// Its number.
    public let number: Int64

    /// What the server answered.
    public let outcome: BatchResult.Outcome
  }

  /// Round trips made.
  public internal(set) var roundTrips = 0

  /// Batches that the server now has on its disk.
  public internal(set) var batchesSent = 0

  /// Operations in them.
  public internal(set) var operationsSent = 0

  /// Batches that came in and were new.
  public internal(set) var batchesReceived = 0

  /// Operations in them.
  public internal(set) var operationsReceived = 0

  /// How many batches of the server's logs were still to come when its last answer was read.
  public internal(set) var batchesToReceive: Int64 = 0

  /// Bytes of bodies sent, as they were on the way.
  public internal(set) var bytesSent = 0

  /// Bytes of bodies received, as they were on the way.
  public internal(set) var bytesReceived = 0

  /// The server's clock less the device's, in milliseconds, where it was asked.
  public internal(set) var clockDifference: Int64?

  /// How the server sees the device.
  public internal(set) var state: HelloAnswer.State = .ok

  /// Whether the server had another history: what it lacked was sent again, and its log read anew.
  public internal(set) var hasNewHistory = false

  /// Whether the server no longer stood by what it had shown or signed before.
  ///
  /// It was put back or changed; what it lacked was sent again.
  public internal(set) var wentBack = false

  /// Batches that a person should know about: held, late, refused, forked.
  public internal(set) var remarks: [Remark] = []

  /// Why the device's replica must retire, if it must: nothing more is said under its name.
  public internal(set) var retire: RetireReason?

  /// Visits that the person may not read any more, sorted: what they wrote was brought, and nothing
  /// of those visits comes in.
  public internal(set) var removedFrom: [VisitID] = []

  /// Visits that the server does not know, or does not know the person to be on, sorted: what they
  /// wrote there waits on the device.
  public internal(set) var refusedFrom: [VisitID] = []

  /// Nothing done yet.
  public init() {}
}
