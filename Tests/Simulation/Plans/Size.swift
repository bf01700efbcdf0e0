/// How large a simulated world is.
package struct Size: Hashable, Sendable {
  /// What a store lies on.
  package enum Disk: String, CaseIterable, Hashable, Sendable {
    /// SQLite's own memory: fastest, and nothing survives a crash, so none happens.
    case memory

    /// A simulated disk, whose power can be cut between any two writes.
    case simulated

    /// Files of the real file system, in a temporary folder.
    case files

    /// A simulated disk that only says that it has synced: promises must break on it, or the checks
    /// see nothing.
    case lying
  }

  /// Servers; visits are dealt to them in turn.
  package var servers: Int

  /// Visits, 1 to 50.
  package var visits: Int

  /// Devices, 1 to 500.
  package var devices: Int

  /// How long the visit day is, in hours.
  package var hours: Int

  /// What the stores lie on.
  package var disk: Disk

  /// The limits, named so that the command line can say them.
  package static let deviceLimit = 500
  package static let visitLimit = 50
  package static let serverLimit = 5
  package static let hourLimit = 240

  /// A world within the limits.
  package init(
    servers: Int = 1,
    visits: Int = 1,
    devices: Int = 4,
    hours: Int = 8,
    disk: Disk = .memory
  ) {
    self.servers = min(max(servers, 1), Self.serverLimit)
    self.visits = min(max(visits, 1), Self.visitLimit)
    self.devices = min(max(devices, 1), Self.deviceLimit)
    self.hours = min(max(hours, 1), Self.hourLimit)
    self.disk = disk
  }
}
