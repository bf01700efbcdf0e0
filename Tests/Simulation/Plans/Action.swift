/// What a step does.
///
/// Devices, visits and servers are numbers from 0. An action that makes no sense when its time comes
/// (a device that is down, nothing to withdraw) does nothing: so any part of a run is a run.
package enum Action: Hashable, Sendable {
  /// Somebody edits on a device.
  case edit(Edit, device: Int, visit: Int)

  /// A device syncs all its visits.
  case sync(device: Int)

  /// The network between a device and its server changes.
  case network(Reach, device: Int)

  /// A clock is set: to so many milliseconds from the right time.
  case setClock(device: Int, error: Int64)

  /// A clock runs fast by so many millionths from now on; slow if negative.
  case drift(device: Int, perMillion: Int64)

  /// A device loses power at the k-th write to its disk from now.
  case cutPower(device: Int, afterWrites: Int)

  /// A server loses power at the k-th write to its disk from now.
  case cutServerPower(server: Int, afterWrites: Int)

  /// A device's disk has room for so many bytes more; `nil` for enough.
  case room(Int?, device: Int)

  /// A server's disk has room for so many bytes more; `nil` for enough.
  case serverRoom(Int?, server: Int)

  /// A person is taken off a visit.
  case remove(personOf: Int, visit: Int)

  /// A device is revoked, on all visits of its server.
  case revoke(device: Int, visit: Int)

  /// The organiser lets what is held of a device on a visit take effect, or says that it stays held.
  case decide(releases: Bool, device: Int, visit: Int)

  /// A device asks the next server, which is not its own.
  case misdirect(device: Int)

  /// A backup of a device's store is made.
  case copyDevice(device: Int)

  /// A device's store is put back to the last backup.
  case restoreDevice(device: Int)

  /// A device's store is copied to a second device, and both go on.
  case cloneDevice(device: Int)

  /// A backup of a server's store is made.
  case copyServer(server: Int)

  /// A server's store is put back to the last backup and begins a new history.
  case restoreServer(server: Int)

  /// A server's store is put back to the last backup, and nobody is told.
  case rollBackServer(server: Int)

  /// What one device holds goes to another as a file.
  case carry(from: Int, to: Int)

  /// A device is destroyed; part of what it had not sent cannot be read.
  case destroyDevice(device: Int)

  /// The operator brings what was read of destroyed devices, and declares what is lost.
  case declareGaps(server: Int)

  /// What was lost with a device is found.
  case findBytes(device: Int)

  /// How far a device's messages come.
  package enum Reach: String, Hashable, Sendable {
    /// Both ways.
    case open

    /// Requests arrive and no answer comes back.
    case noAnswers

    /// Nothing passes.
    case closed
  }

  /// The action as Swift, without the leading dot.
  package var source: String {
    switch self {
    case .edit(let edit, let device, let visit):
      "edit(.\(edit.source), device: \(device), visit: \(visit))"
    case .sync(let device): "sync(device: \(device))"
    case .network(let reach, let device): "network(.\(reach.rawValue), device: \(device))"
    case .setClock(let device, let error): "setClock(device: \(device), error: \(error))"
    case .drift(let device, let millionths):
      "drift(device: \(device), perMillion: \(millionths))"
    case .cutPower(let device, let writes): "cutPower(device: \(device), afterWrites: \(writes))"
    case .cutServerPower(let server, let writes):
      "cutServerPower(server: \(server), afterWrites: \(writes))"
    case .room(let bytes, let device): "room(\(Self.text(bytes)), device: \(device))"
    case .serverRoom(let bytes, let server): "serverRoom(\(Self.text(bytes)), server: \(server))"
    case .remove(let device, let visit): "remove(personOf: \(device), visit: \(visit))"
    case .revoke(let device, let visit): "revoke(device: \(device), visit: \(visit))"
    case .decide(let releases, let device, let visit):
      "decide(releases: \(releases), device: \(device), visit: \(visit))"
    case .misdirect(let device): "misdirect(device: \(device))"
    case .copyDevice(let device): "copyDevice(device: \(device))"
    case .restoreDevice(let device): "restoreDevice(device: \(device))"
    case .cloneDevice(let device): "cloneDevice(device: \(device))"
    case .copyServer(let server): "copyServer(server: \(server))"
    case .restoreServer(let server): "restoreServer(server: \(server))"
    case .rollBackServer(let server): "rollBackServer(server: \(server))"
    case .carry(let from, let to): "carry(from: \(from), to: \(to))"
    case .destroyDevice(let device): "destroyDevice(device: \(device))"
    case .declareGaps(let server): "declareGaps(server: \(server))"
    case .findBytes(let device): "findBytes(device: \(device))"
    }
  }

  private static func text(_ bytes: Int?) -> String { bytes.map(String.init) ?? "nil" }
}
