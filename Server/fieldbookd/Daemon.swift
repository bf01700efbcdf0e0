import Convergence
import Foundation
import Hummingbird
import Logging
import OperationStore
import SyncProtocol
import SyncServer
import SyncServerHTTP

/// The server as a process: it holds the lock, serves, and leaves the store in order.
struct Daemon {
  let folder: DataFolder
  let host: String
  let port: Int
  let logLevel: Logger.Level

  /// Serves until the system asks it to stop.
  func run() async throws {
    let keys = try folder.keys()
    guard let lock = try FolderLock(folder) else {
      throw Failure(
        .failed,
        "A fieldbookd runs in \(folder.path) already. One folder has one daemon; stop that first."
      )
    }
    defer { lock.release() }
    let level = logLevel
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
    defer { try? FileManager.default.removeItem(atPath: folder.address) }
    await settled(try await serve(keys))
    // The last connection that closes writes the log of SQLite back into the store. Only one that
    // may write can do that, so it is opened once more, alone.
    _ = try OperationStore(.file(folder.store), meaning: .server)
  }

  /// Waits until nobody holds the server any more, and so nobody its store.
  ///
  /// Connections that are being torn down may hold it a moment longer. Should one take for ever, the
  /// log of SQLite stays beside the store; the next start takes it in.
  private func settled(_ server: ServerReference) async {
    for _ in 0..<200 where server.isHeld {
      try? await Task.sleep(for: .milliseconds(10))
    }
  }

  private func serve(_ keys: ServerKeys) async throws -> ServerReference {
    let logger = Logger(label: "fieldbookd")
    let server = try SyncServer(
      .file(folder.store),
      meaning: .server,
      keys: keys,
      nonceSecret: SystemEdge.random(32),
      clock: SystemEdge.clock,
      random: SystemEdge.bits
    )
    let routes = FieldbookRoutes(
      server,
      administration: Administration(decrees: AssessmentDecrees.all, random: SystemEdge.random),
      adminToken: Hash256.plain(Array(try folder.text(folder.adminToken).utf8)),
      frameworkBytes: { id, edition in Frameworks.bytes(id: id, edition: edition) }
    )
    let (folder, host) = (folder, host)
    let application = routes.application(host: host, port: port, logger: logger) { port in
      let name = host.contains(":") ? "[\(host)]" : host
      let address = "http://\(name):\(port)"
      do {
        try folder.write(address, to: folder.address)
      } catch {
        logger.error("\(error)")
      }
      Output.result("listening on \(address)")
    }
    do {
      try await application.runService()
      return ServerReference(server)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.failed, "The server cannot serve on \(host):\(port): \(error).")
    }
  }
}

/// A server that is not kept alive.
private struct ServerReference {
  private weak var server: SyncServer?

  init(_ server: SyncServer) { self.server = server }

  var isHeld: Bool { server != nil }
}
