import Convergence
import SyncProtocol

/// The small files beside the store: one line of text each.
enum KeyFile {
  /// The line of a file; `nil` if the file is not there.
  static func text(_ path: String) throws(CommandFailure) -> String? {
    guard let bytes = try Files.contents(of: path) else { return nil }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// The key of a file; `nil` if the file is not there.
  static func key(_ path: String) throws(CommandFailure) -> SigningKey? {
    guard let text = try text(path) else { return nil }
    guard let seed = Text64.decode(text), let key = SigningKey(seed: seed) else {
      throw .refused("\(path) holds no key. Put the file of a backup in its place, or enrol again.")
    }
    return key
  }

  /// Writes a new key, readable by its owner alone, and waits for the disk.
  static func make(_ path: String) throws(CommandFailure) -> SigningKey {
    try make { _ in path }
  }

  /// Writes a new key to a path that may depend on it, likewise.
  static func make(_ path: (SigningKey) -> String) throws(CommandFailure) -> SigningKey {
    guard let key = SigningKey(seed: Environment.random(32)) else {
      throw .failed("The cryptography library refused a new key.")
    }
    let path = path(key)
    try Files.save(Array("\(Text64.encode(key.seed))\n".utf8), to: path, mode: 0o600)
    return key
  }
}
