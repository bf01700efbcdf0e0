import Foundation

/// Files that are there as a whole or not at all, also after a power cut.
enum WholeFile {
  /// Writes a file that only its owner reads, in place of one of the same name.
  static func save(_ bytes: [UInt8], to path: String) throws {
    let draft = path + ".part"
    guard
      FileManager.default.createFile(
        atPath: draft,
        contents: nil,
        attributes: [.posixPermissions: 0o600]
      ), let handle = FileHandle(forWritingAtPath: draft)
    else { throw Failure(.failed, "\(path) cannot be written.") }
    do {
      try handle.write(contentsOf: Data(bytes))
      try handle.synchronize()
      try handle.close()
      guard unsafe rename(draft, path) == 0 else {
        throw Failure(.failed, "\(path) cannot be written.")
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.failed, "\(path) cannot be written: \(error.localizedDescription)")
    }
  }
}
