import AssessmentModel
import Convergence
import OperationStore

/// What the production code makes of a store.
enum ModelView {
  static func of(_ store: OperationStore) throws -> VisitView {
    let causality = try store.history(of: ModelScene.visit).causality
    return VisitView(cells: try store.cells(of: ModelScene.visit), framework: nil) {
      causality.hasSeen($0, $1)
    }
  }
}
