import Foundation

/// The files that the repository holds, or would hold after the next commit.
///
/// Git is asked which files those are, so that build folders never count. An exported tree without
/// git is walked instead, leaving out what `.gitignore` names.
struct SourceTree: Sendable {
  /// The tree that these tests were compiled from.
  static let here = SourceTree(root: packageRoot(above: #filePath))

  let root: URL
  let paths: [String]

  init(root: URL) {
    self.root = root
    paths = (Self.pathsFromGit(root) ?? Self.pathsFromWalk(root)).sorted()
  }

  /// Reads every file that is text; a file that is not valid UTF-8 is no concern of these rules.
  var files: [SourceFile] {
    paths.compactMap { path in
      let url = root.appending(path: path)
      guard let data = try? Data(contentsOf: url), let text = String(data: data, encoding: .utf8)
      else { return nil }
      let isExecutable = FileManager.default.isExecutableFile(atPath: url.path)
      return SourceFile(path, text, isExecutable: isExecutable)
    }
  }

  var swiftFiles: [SourceFile] { files.filter(\.isSwift) }

  private static func packageRoot(above file: String) -> URL {
    var folder = URL(filePath: file).resolvingSymlinksInPath()
    repeat {
      folder.deleteLastPathComponent()
      let manifest = folder.appending(path: "Package.swift")
      if FileManager.default.fileExists(atPath: manifest.path) { return folder }
    } while folder.path != "/"
    preconditionFailure("No Package.swift above \(file); run the tests where they were built.")
  }

  private static func pathsFromGit(_ root: URL) -> [String]? {
    // Without a repository of its own, the tree may lie inside somebody else's.
    guard FileManager.default.fileExists(atPath: root.appending(path: ".git").path) else {
      return nil
    }
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = [
      "git", "-C", root.path, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
    ]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { return nil }
    let listed = Set(data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    // A file deleted but not yet committed is still listed.
    return listed.filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path) }
  }

  private static func pathsFromWalk(_ root: URL) -> [String] {
    guard let walk = FileManager.default.enumerator(atPath: root.path) else { return [] }
    var paths: [String] = []
    for case let path as String in walk {
      let name = path.split(separator: "/").last ?? ""
      if name == ".git" || name == "__pycache__" || path.hasPrefix(".build") {
        walk.skipDescendants()
      } else if !isFolder(root.appending(path: path)), path != "Package.resolved" {
        paths.append(path)
      }
    }
    return paths
  }

  private static func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
  }
}
