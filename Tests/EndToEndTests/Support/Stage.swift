import Foundation
import Testing

/// A server and a visit with a lead, a peer and a lay assessor, each with a device that synced once.
struct Stage {
  let folder: TemporaryFolder
  let server: Server
  let visit: String

  /// The lead's.
  let ana: Device

  /// The peer's.
  let ben: Device

  /// The lay assessor's.
  let lil: Device

  /// The operations that found the visit: title, framework, model, identity, three members, service.
  static let founding = 8

  init() throws {
    folder = try TemporaryFolder()
    server = try Server(in: folder.path)
    for name in ["Ana", "Ben", "Lil"] { try server.administer("person", "add", name) }
    visit = try server.administer(
      "visit",
      "create",
      "--title",
      "Riverside",
      "--framework",
      "qsi-imaging",
      "--service",
      "Riverside imaging",
      "--member",
      "Ana:lead",
      "--member",
      "Ben:peer",
      "--member",
      "Lil:lay"
    )
    try #require(try server.start())
    ana = try Self.device("ana", of: "Ana", folder, server)
    ben = try Self.device("ben", of: "Ben", folder, server)
    lil = try Self.device("lil", of: "Lil", folder, server)
  }

  var devices: [Device] { [ana, ben, lil] }

  /// Another device of somebody, that synced once.
  func device(_ name: String, of person: String) throws -> Device {
    try Self.device(name, of: person, folder, server)
  }

  private static func device(
    _ name: String,
    of person: String,
    _ folder: TemporaryFolder,
    _ server: Server
  ) throws -> Device {
    let device = Device(home: folder.path + "/" + name)
    let code = try server.administer("code", "issue", person)
    try device.run("enrol", server.url, code, "--device", name)
    try device.run("visits")
    try device.run("open", "Riverside")
    try device.run("sync")
    return device
  }

  /// Syncs devices in turn until nothing is left to say, and shows that nothing is.
  ///
  /// - Returns: The status document that all of them print, byte for byte.
  @discardableResult
  func settle(
    _ devices: [Device]? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let devices = devices ?? self.devices
    for _ in 0..<2 {
      for device in devices { try device.run("sync", sourceLocation: sourceLocation) }
    }
    for device in devices {
      let last = try device.read("sync", sourceLocation: sourceLocation)
      #expect(last["operationsReceived"].number == 0, sourceLocation: sourceLocation)
      #expect(last["operationsSent"].number == 0, sourceLocation: sourceLocation)
      #expect(last["unsent"].number == 0, sourceLocation: sourceLocation)
    }
    let states = try devices.map {
      try $0.run("status", "--json", sourceLocation: sourceLocation)
    }
    #expect(Set(states).count == 1, "the devices differ", sourceLocation: sourceLocation)
    return try #require(states.first)
  }
}
