import ArgumentParser
import OperationStore
import SyncProtocol
import SyncServer

/// Why a command did not do what it was told.
struct Failure: Error, CustomStringConvertible {
  /// The exit status that says so.
  enum Kind: Int32 {
    /// Something went wrong: the disk, the network, the state of the folder.
    case failed = 1

    /// The request itself cannot be carried out.
    case refused = 2
  }

  let kind: Kind
  let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }

  init(_ problem: Problem) {
    switch problem.code {
    case .unavailable, .busy, .credential, .nonce: self.init(.failed, problem.detail)
    case .malformed, .code, .notOnVisit, .revoked, .unknown, .epoch, .tooLarge, .upgrade:
      self.init(.refused, problem.detail)
    }
  }

  init(_ error: StoreError) { self.init(.failed, error.message) }
}
