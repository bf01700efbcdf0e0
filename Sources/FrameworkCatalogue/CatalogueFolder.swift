import AssessmentModel

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The folder that holds a catalogue: an index, and one file for each edition of each framework.
///
/// The accessor that the package manager generates stops the process when the folder is missing, so
/// it is not used: a misplaced installation must say what it lacks.
public struct CatalogueFolder: Hashable, Sendable {
  /// The absolute path.
  public let path: String

  /// Takes any folder; nothing is read before it is asked for.
  public init(path: String) {
    self.path = path
  }

  /// The folder of the running program: beside its executable, where the build puts it too.
  ///
  /// - Throws: ``CatalogueError`` with ``CatalogueError/Code/folderMissing`` and the places tried.
  public static func installed() throws(CatalogueError) -> Self {
    try installed(besideOneOf: executableFolders())
  }

  /// The first catalogue that lies in one of the given folders.
  package static func installed(
    besideOneOf folders: [String]
  ) throws(CatalogueError) -> Self {
    var tried: [String] = []
    for folder in folders {
      for inside in bundleFolders {
        let path = "\(folder)/\(inside)"
        if FileManager.default.fileExists(atPath: "\(path)/\(index)") { return Self(path: path) }
        tried.append(path)
      }
    }
    throw CatalogueError(
      code: .folderMissing,
      place: CatalogueError.Place(file: bundleFolders.first ?? index),
      message: "The frameworks are not beside the program. Copy the folder "
        + "\(bundleName).resources of the build next to the executable.",
      cause: "looked for " + tried.joined(separator: ", ")
    )
  }

  /// The exact bytes of one file.
  func bytes(of file: String) throws(CatalogueError) -> [UInt8] {
    let place = CatalogueError.Place(file: file)
    let path = "\(path)/\(file)"
    guard FileManager.default.fileExists(atPath: path) else {
      throw CatalogueError(
        code: .fileMissing,
        place: place,
        message: "This catalogue has no such file. List what it has, or update the program.",
        cause: "looked for \(path)"
      )
    }
    do {
      return [UInt8](try Data(contentsOf: URL(filePath: path, directoryHint: .notDirectory)))
    } catch {
      throw CatalogueError(
        code: .fileUnreadable,
        place: place,
        message: "The file cannot be read. Check its permissions, or install the program again.",
        cause: "\(error)"
      )
    }
  }

  /// The index, relative to the folder.
  static let index = "catalogue.json"

  /// The file of an edition, relative to the folder; identifiers hold nothing that leaves it.
  static func file(id: FrameworkID, edition: FrameworkEdition) -> String {
    "\(id)/\(edition).json"
  }

  /// What the package manager calls the resources of this target: package name, target name.
  package static let bundleName = "fieldbook_FrameworkCatalogue"

  private static let bundleFolders = [
    "\(bundleName).resources/Data",
    "\(bundleName).bundle/Data",
    "\(bundleName).bundle/Contents/Resources/Data",
  ]

  /// Where the executable lies: first as the kernel tells, then as the program was called.
  private static func executableFolders() -> [String] {
    let kernel = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let called = ProcessInfo.processInfo.arguments.first
    var folders: [String] = []
    for path in [kernel, called].compactMap({ $0 }) {
      let url = URL(filePath: path, directoryHint: .notDirectory).absoluteURL
      let folder = url.deletingLastPathComponent().path(percentEncoded: false)
      let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
      // Inside an app the resources lie one level beside the executable's own folder.
      for candidate in [trimmed, "\(trimmed)/../Resources"] where !folders.contains(candidate) {
        folders.append(candidate)
      }
    }
    return folders
  }
}
