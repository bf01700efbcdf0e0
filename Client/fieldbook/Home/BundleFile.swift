import Convergence
import OperationStore
import SyncProtocol

/// Bundles as files; `-` is standard input or output.
enum BundleFile {
  /// Reads a bundle as far as it is whole.
  static func read(_ path: String) throws -> BundleContents {
    guard let bytes = try Files.contents(of: path == "-" ? "/dev/stdin" : path) else {
      throw CommandFailure.refused("There is no file \(path).")
    }
    do throws(ProtocolError) {
      return try BundleReader.read(bytes)
    } catch {
      throw CommandFailure.refused("\(path): \(error.message).")
    }
  }

  /// Writes a file that only its owner reads: all of it is on the disk when this returns, or none.
  static func write(_ bytes: [UInt8], to path: String) throws {
    guard path != "-" else { return Terminal.outRaw(bytes) }
    try Files.save(bytes, to: path, mode: 0o600)
  }
}
