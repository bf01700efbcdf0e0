import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import Testing

extension Device {
  /// The visit as its person sees it.
  func view() throws -> VisitView {
    let causality = try store.history(of: visit).causality
    return VisitView(cells: try store.cells(of: visit), framework: nil) {
      causality.hasSeen($0, $1)
    }
  }

  /// What the team makes of a standard, as this device shows it.
  func teamView(_ ref: String) throws -> TeamView? { try place(ref)?.teamView }

  func place(_ ref: String) throws -> PlaceView? { try view().standard(id: "qsi/\(ref)")?.whole }

  /// Whether the standard is among those that a person has to settle.
  func isListed(_ ref: String) throws -> Bool {
    try view().open.contains { $0.id == "qsi/\(ref)" }
  }

  /// What people say of a standard, by the order of their names.
  func rationales(_ ref: String) throws -> [String?] {
    try place(ref)?.slots.flatMap(\.versions.all).map(\.content.because) ?? []
  }

  /// Settles a standard as the device's person sees it now.
  func resolve(_ ref: String, _ outcome: Outcome, because: String = "Agreed.") throws {
    let standard = try #require(StandardID("qsi/\(ref)"))
    try write { editor throws(EditError) in
      try editor.resolve(standard, as: outcome, because: because)
    }
  }

  /// What keeps the words "All synced" from being said.
  func obstacles() throws -> [OperationStore.ClosingObstacle] {
    try store.closingObstacles(of: visit)
  }

  /// The next body of a session.
  func body(_ session: inout SyncSession, _ now: Int64) throws -> [UInt8] {
    try #require(try session.next(store: store, now: now, token: token()))
  }
}
