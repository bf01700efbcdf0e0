public import Convergence
public import OperationStore
public import SyncProtocol

extension Service {
  /// The devices of the server, by the name of their person, then as they were certified.
  ///
  /// - Parameters:
  ///   - person: Whose; `nil` for everybody's.
  ///   - store: The store.
  /// - Returns: The devices.
  /// - Throws: ``Problem`` `unavailable`.
  public func devices(
    of person: PersonID?,
    store: OperationStore
  ) throws(Problem) -> [DeviceOverview] {
    try stored { () throws(StoreError) in
      var devices: [DeviceOverview] = []
      for certificate in try store.certificates() where certificate.person != .authority {
        guard person == nil || certificate.person == person else { continue }
        let issuer = certificate.issuer
        devices.append(
          DeviceOverview(
            replica: certificate.replica,
            person: certificate.person,
            name: certificate.name,
            device: certificate.deviceName,
            certifiedBy: issuer == keys.identity.publicKey ? nil : issuer.replicaID,
            certified: certificate.clock,
            seen: try store.document("device", certificate.replica.text)?["seen"]?.int,
            isRevoked: try isRevoked(certificate, store: store)
          )
        )
      }
      return devices.sorted {
        ($0.name, $0.person, $0.certified, $0.replica)
          < ($1.name, $1.person, $1.certified, $1.replica)
      }
    }
  }

  /// The device that an operator means: by its replica, or by a name that one line of replicas bears.
  ///
  /// A device that was put back to a backup goes on as a new replica under the same name; the first
  /// of them stands for all, as a revocation takes in what it certified.
  ///
  /// - Throws: ``Problem``: `unknown`, `malformed` where several bear the name.
  func device(
    _ wanted: String,
    store: OperationStore
  ) throws(Problem) -> DeviceOverview {
    let devices = try devices(of: nil, store: store)
    if let replica = ReplicaID(text: wanted),
      let found = devices.first(where: { $0.replica == replica })
    {
      return found
    }
    let found = devices.filter { $0.device == wanted }
    let names = Set(found.map(\.replica))
    let first = found.filter { device in
      device.certifiedBy.map { !names.contains($0) } ?? true
    }
    guard let only = first.first else {
      throw Problem(.unknown, "There is no device \(wanted) here. See: device list.")
    }
    guard first.count == 1 else {
      throw Problem(
        .malformed,
        "\(first.count) devices are named \(wanted). Name the one you mean by its replica: "
          + first.map { "\($0.replica) (\($0.name))" }.joined(separator: ", ") + "."
      )
    }
    return only
  }
}
