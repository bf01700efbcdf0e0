import Convergence
import Foundation
import OperationStore

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

/// Runs a test with a folder of its own, which is gone afterwards.
func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = try FileManager.default.url(
    for: .itemReplacementDirectory,
    in: .userDomainMask,
    appropriateFor: FileManager.default.temporaryDirectory,
    create: true
  )
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}
