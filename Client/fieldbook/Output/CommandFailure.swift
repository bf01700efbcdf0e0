import AssessmentModel
import FrameworkCatalogue
import OperationStore
import SyncClient
import SyncProtocol

/// Why a command did not do what was asked: what is wrong, and what to do.
struct CommandFailure: Error, CustomStringConvertible {
  /// The exit status that says so.
  enum Kind: Int32 {
    /// The disk, the network or a file failed.
    case failed = 1

    /// A rule forbids it; nothing was changed.
    case refused = 2
  }

  let kind: Kind
  let description: String

  /// Describes a failure.
  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  /// A refusal.
  static func refused(_ description: String) -> Self { Self(.refused, description) }

  /// A failure of something around the program.
  static func failed(_ description: String) -> Self { Self(.failed, description) }
}

extension CommandFailure {
  /// The one table from what modules throw to what a person reads and a script sees; `nil` for what
  /// is none of theirs.
  init?(_ error: any Error) {
    switch error {
    case let failure as CommandFailure: self = failure
    case let error as EditError: self = .refused(error.message)
    case let error as StoreError: self.init(error)
    case let failure as SyncFailure: self.init(failure)
    case let error as CatalogueError: self = .failed(error.description)
    case let error as ProtocolError: self = .failed(error.message)
    default: return nil
    }
  }

  private init(_ error: StoreError) {
    switch error.code {
    case .refused, .unknownVisit, .futureFormat, .notAStore:
      self.init(.refused, error.message)
    case .damaged, .full, .failingDisk, .busy, .notPermitted, .fault:
      self.init(.failed, error.message)
    }
  }

  private init(_ failure: SyncFailure) {
    switch failure.code {
    case .noAnswer, .badAnswer, .rewound, .store, .noProgress:
      self.init(.failed, failure.message)
    case .untrustedServer, .notEnrolled:
      self.init(.refused, failure.message)
    case .refused:
      let isTemporary = [.busy, .unavailable].contains(failure.problem)
      self.init(isTemporary ? .failed : .refused, Self.words(failure))
    }
  }

  private static func words(_ failure: SyncFailure) -> String {
    let advice =
      switch failure.problem {
      case .code: " Check it for a slip, or ask the organiser for a new one."
      case .credential:
        " Enrol this device again with a new code: fieldbook enrol --again URL CODE."
      case .notOnVisit: " Your work is kept here. Ask the organiser to put you on the visit."
      case .revoked: " Your work is kept here. Ask the organiser."
      case .upgrade: " Everything is safe here; go on, and update Fieldbook."
      case .busy, .unavailable: " Everything is safe here; try again later."
      default: ""
      }
    return failure.message + advice
  }
}
