import Foundation

/// Where the repository is, so that tests find the vectors.
enum Repository {
  /// The folder that holds `Protocol/README.md`: `FIELDBOOK_ROOT` if it is set, else the first one
  /// above this file that does.
  static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["FIELDBOOK_ROOT"] {
      return URL(fileURLWithPath: path, isDirectory: true)
    }
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let page = folder.appendingPathComponent("Protocol/README.md").path
      if FileManager.default.fileExists(atPath: page) { return folder }
    }
    return folder
  }()

  /// The folder of the conformance vectors.
  static let vectors = root.appendingPathComponent("Protocol/Vectors", isDirectory: true)
}
