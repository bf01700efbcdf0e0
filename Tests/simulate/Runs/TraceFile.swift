import Foundation

/// The file into which runs write what happens, one below the other.
final class TraceFile {
  private let handle: FileHandle

  /// Makes the file, or empties it.
  init(_ path: String) throws {
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw Failure("\(path) cannot be written; choose another place for --trace.") }
    self.handle = handle
  }

  func write(_ line: String) { try? handle.write(contentsOf: Data((line + "\n").utf8)) }

  func close() { try? handle.close() }
}
