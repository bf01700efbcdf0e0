import Convergence
import Foundation
import OperationStore
import SyncProtocol
import SyncServer

/// The folder in which a server lives, and what lies in it.
///
/// The folder is 0700 and what is in it 0600, whatever the caller's umask says.
struct DataFolder {
  let path: String

  /// The database: people, codes, logs and state.
  var store: String { file("store.sqlite") }

  /// The seed of the identity key: whoever has it can enrol anybody as anybody.
  ///
  /// The key of the server's own replica follows from it and the history.
  var identityKey: String { file("identity.key") }

  /// The token of the loopback routes for administration.
  var adminToken: String { file("admin.token") }

  /// Where the running server listens; absent while it stands still.
  var address: String { file("address") }

  /// Held by whoever works on the store.
  var lock: String { file("lock") }

  init(path: String) {
    self.path = URL(fileURLWithPath: path).standardizedFileURL.path
  }

  private func file(_ name: String) -> String { path + "/" + name }

  /// Makes the folder of a new server, or refuses and leaves things as they are.
  func create(name: String) throws {
    let files = FileManager.default
    let parts = [store, identityKey, adminToken]
    if let present = parts.first(where: { files.fileExists(atPath: $0) }) {
      throw Failure(.refused, "There is a server in \(path) already (\(present)). Nothing changed.")
    }
    do {
      try files.createDirectory(
        atPath: path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700]
      )
      // An empty folder that was there before gets the same rights.
      try files.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
    } catch {
      throw Failure(.failed, "\(path) cannot be made: \(error.localizedDescription)")
    }
    do {
      let keys = ServerKeys(identity: try Self.newKey())
      try write(Text64.encode(keys.identity.seed), to: identityKey)
      try write(Text64.encode(SystemEdge.random(32)), to: adminToken)
      try Service.initialise(
        try OperationStore(.file(store), meaning: .server),
        keys: keys,
        name: name,
        epoch: Epoch(bits: SystemEdge.bits()),
        now: SystemEdge.clock()
      )
    } catch {
      for part in parts + [store + "-wal", store + "-shm"] {
        try? files.removeItem(atPath: part)
      }
      throw error
    }
  }

  /// The keys of the server.
  func keys() throws -> ServerKeys {
    ServerKeys(identity: try key(identityKey))
  }

  /// A small text of the folder, without the line feed at its end.
  func text(_ file: String) throws -> String {
    guard FileManager.default.fileExists(atPath: identityKey) else {
      throw Failure(.failed, "There is no server in \(path). Make one: fieldbookd init.")
    }
    guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
      throw Failure(.failed, "\(file) is missing or cannot be read.")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// Writes a new file that only its owner reads, and waits for the disk.
  func write(_ text: String, to file: String) throws {
    let bytes = Data((text + "\n").utf8)
    guard
      FileManager.default.createFile(
        atPath: file,
        contents: nil,
        attributes: [.posixPermissions: 0o600]
      ), let handle = FileHandle(forWritingAtPath: file)
    else { throw Failure(.failed, "\(file) cannot be written.") }
    do {
      try handle.write(contentsOf: bytes)
      try handle.synchronize()
      try handle.close()
    } catch {
      throw Failure(.failed, "\(file) cannot be written: \(error.localizedDescription)")
    }
  }

  private func key(_ file: String) throws -> SigningKey {
    guard let seed = Text64.decode(try text(file)), let key = SigningKey(seed: seed) else {
      throw Failure(.failed, "\(file) holds no key. Put back the file of your backup.")
    }
    return key
  }

  private static func newKey() throws -> SigningKey {
    guard let key = SigningKey(seed: SystemEdge.random(32)) else {
      throw Failure(.failed, "The cryptography library refused a new key.")
    }
    return key
  }
}
