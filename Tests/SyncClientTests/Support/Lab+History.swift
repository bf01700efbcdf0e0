import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import SyncServer
import Testing

extension Lab {
  static let next = Epoch(bits: Bits128(high: 0xBEE, low: 1))

  /// A server as it was before anybody wrote anything, with the devices of these people.
  static func backup(_ devices: Int = 3, isFounded: Bool = true) throws -> Lab {
    let lab = try Lab(isFounded: isFounded)
    for number in 0..<devices { _ = try lab.device(of: number, key: number) }
    lab.now += 1_000_000
    return lab
  }

  /// The same, restored by its operator.
  static func restored(_ devices: Int = 3, isFounded: Bool = true) throws -> Lab {
    let lab = try backup(devices, isFounded: isFounded)
    try lab.service.beginHistory(Self.next, now: lab.now, store: lab.store)
    return lab
  }

  /// Devices that wrote and hold everything that all wrote.
  func synced(_ count: Int = 2) throws -> [Device] {
    let devices = try (0..<count).map { try device(of: $0, key: $0) }
    for device in devices { try sync(device) }
    for (device, outcome) in zip(devices, [Outcome.met, .notMet, .met]) {
      try device.judge("xr-304", outcome, because: "By \(device.enrolment.name).")
      try sync(device)
    }
    for device in devices { try sync(device) }
    return devices
  }

  func expectSame(_ devices: [Device]) throws {
    for device in devices {
      #expect(try device.digest() == store.stateDigest(of: visit))
      #expect(
        try device.store.logDigest(of: visit).position
          == store.logDigest(of: visit).position
      )
      try device.expectQuiet()
    }
  }
}
