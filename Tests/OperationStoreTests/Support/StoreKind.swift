import Convergence
import Foundation
import OperationStore
import TestSupport

/// Where a store of the contract tests is.
enum StoreKind: String, CaseIterable, Sendable {
  case memory
  case file

  /// Runs a test with a place of its own, which is gone afterwards.
  func withLocation<Result>(
    _ body: (OperationStore.Location) throws -> Result
  ) throws -> Result {
    switch self {
    case .memory: try body(.memory)
    case .file: try withFolder { try body(.file($0.appendingPathComponent("store").path)) }
    }
  }
}
