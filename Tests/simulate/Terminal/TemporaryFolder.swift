import Foundation

/// A folder for stores on real files, gone when the run is over.
struct TemporaryFolder {
  let path: String

  init() throws {
    let name = "fieldbook-simulation-\(UUID().uuidString)"
    let folder = FileManager.default.temporaryDirectory
    path = folder.appending(path: name).path(percentEncoded: false)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure("no folder can be made for the stores: \(error.localizedDescription)")
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
