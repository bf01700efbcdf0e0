import Convergence
import OperationStore

/// What keeps a device from saying that all is synced: what the server is not known to have.
struct Outstanding {
  /// Changes that are not sealed, or sealed and not sent.
  private(set) var unsent: Int64 = 0

  /// Batches that came by file before what they build on, and take no part in anything yet.
  let waiting: Int64

  /// Batches that the server refused; their bytes are kept here.
  private(set) var rescued: Int64 = 0

  /// Looks at a visit, or at everything on the device, also at what came of visits that are not open.
  init(_ store: OperationStore, of visit: VisitID? = nil) throws(StoreError) {
    waiting = try store.waitingCount(of: visit)
    let visits = if let visit { [visit] } else { try store.visits() }
    for visit in visits {
      for obstacle in try store.closingObstacles(of: visit) {
        switch obstacle {
        case .open(let operations), .unsent(_, let operations): unsent += operations
        case .rescued(let batches): rescued += batches
        case .waiting: continue
        }
      }
    }
  }

  /// The words for people; `nil` only where the server has everything.
  ///
  /// - Parameter toSend: What is said of changes that go out at the next sync.
  /// - Returns: The parts, with semicolons.
  func words(_ toSend: String) -> String? {
    var parts: [String] = []
    if unsent > 0 { parts.append("\(Words.count(unsent, "change")) \(toSend)") }
    if waiting > 0 { parts.append("\(Self.batches(waiting)) waiting for work that is not here") }
    if rescued > 0 { parts.append("\(Self.batches(rescued)) refused by the server and kept here") }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func batches(_ count: Int64) -> String { Words.count(count, "batch", "batches") }
}
