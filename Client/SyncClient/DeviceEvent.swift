public import SyncProtocol

/// Everything that can happen between a device and its server.
public enum DeviceEvent: Hashable, Sendable {
  /// What became of a batch, without its particulars.
  public enum Result: String, Hashable, Sendable, CaseIterable {
    case ok
    case duplicate = "dup"
    case gap
    case missing
    case fork
    case late
    case held
    case notOnVisit = "not-on-visit"
    case bad

    /// The kind of an outcome.
    public init(_ outcome: BatchResult.Outcome) {
      switch outcome {
      case .ok: self = .ok
      case .duplicate: self = .duplicate
      case .gap: self = .gap
      case .missing: self = .missing
      case .fork: self = .fork
      case .late: self = .late
      case .held: self = .held
      case .notOnVisit: self = .notOnVisit
      case .bad: self = .bad
      }
    }
  }

  /// The server answered a hello.
  case hello(HelloAnswer.State)

  /// The server answered a batch of the device's replica.
  case ownBatch(Result)

  /// The server answered a batch that the device brought for another replica.
  case othersBatch(Result)

  /// The server refused the whole request.
  case refusal(Problem.Code)

  /// No answer of a Fieldbook server came.
  case noAnswer

  /// What came does not read, or does not follow from the server's own log.
  case badAnswer

  /// A page names a batch of the device's replica that the device does not hold.
  case unknownOwnBatch

  /// The device's replica has two branches in its own store.
  case forkInStore

  /// A whole answer left out a visit that was asked for.
  case visitLeftOut

  /// The device goes on as a successor.
  case retired

  /// The device was enrolled with a code.
  case enrolled

  /// The key of the store's replica is there.
  case keyFound

  /// The key of the store's replica is not there.
  case keyMissed

  /// The store turns out to come from another installation.
  case storeCopied
}

extension DeviceEvent: CaseIterable {
  /// Every event.
  public static var allCases: [DeviceEvent] {
    HelloAnswer.State.allCases.map { .hello($0) }
      + Result.allCases.map { .ownBatch($0) } + Result.allCases.map { .othersBatch($0) }
      + Problem.Code.allCases.map { .refusal($0) }
      + [
        .noAnswer, .badAnswer, .unknownOwnBatch, .forkInStore, .visitLeftOut, .retired, .enrolled,
        .keyFound, .keyMissed, .storeCopied,
      ]
  }
}
