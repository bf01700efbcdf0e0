package import Foundation

/// Runs a test with a folder of its own, which is gone afterwards.
///
/// - Throws: What the body throws, or what making the folder throws.
package func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// The same for a test that waits.
///
/// - Throws: What the body throws, or what making the folder throws.
package func withFolderAsync<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
  let folder = try makeFolder()
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

private func makeFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("fieldbook-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder
}
