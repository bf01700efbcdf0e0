import Convergence
import SyncClient
import SyncProtocol

/// A device that is enrolled at a running server: what is needed to open it again.
struct LiveIdentity: Sendable {
  /// The device, as the simulated cast calls it.
  let name: String

  /// Its key.
  let key: SigningKey

  /// Who it writes as.
  let enrolment: Enrolment

  /// The file of its store.
  let file: String

  /// The visit that it works on.
  let visit: VisitID

  /// Whether its person has the role that the simulated cast gives; with codes of somebody else's
  /// making they may have another, and be refused what they may not do.
  let hasCastRole: Bool
}
