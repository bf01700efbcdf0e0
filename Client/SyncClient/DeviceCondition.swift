import Convergence
public import OperationStore
import SyncProtocol

/// How a device stands towards its server: what decides whether it writes, syncs or must ask.
///
/// Everything that can happen to it is a ``DeviceEvent``; ``after(_:)`` is the one total table.
public enum DeviceCondition: Hashable, Sendable {
  /// It belongs to nobody yet.
  case notEnrolled

  /// Its store was copied here from another installation.
  case otherInstallation

  /// The key that its store was written with is not there.
  case keyMissing

  /// The server revoked it.
  case revoked

  /// Its replica must not be used any more.
  case mustRetire(RetireReason)

  /// The server speaks no version that it speaks.
  case outdated

  /// The server may not know its replica: the next request brings the certificates.
  case unconfirmed

  /// Nothing is wrong.
  case ready
}

extension DeviceCondition: CaseIterable {
  /// Every condition, the one that counts most first.
  public static var allCases: [DeviceCondition] {
    [.notEnrolled, .otherInstallation, .keyMissing, .revoked]
      + RetireReason.allCases.map { .mustRetire($0) } + [.outdated, .unconfirmed, .ready]
  }
}

extension DeviceCondition {
  /// The condition of a device, from what its store says and what lies beside it.
  ///
  /// - Parameters:
  ///   - store: The device's store.
  ///   - isOwnInstallation: Whether the store is where it was made.
  ///   - hasKey: Whether the key of the store's replica is at hand.
  /// - Throws: `StoreError`.
  public init(
    _ store: OperationStore,
    isOwnInstallation: Bool = true,
    hasKey: Bool = true
  ) throws(StoreError) {
    guard let enrolment = try Enrolment(store) else {
      self = .notEnrolled
      return
    }
    let state = try store.document("device", "server")?["state"]?.string
    let said = state.flatMap { HelloAnswer.State(rawValue: $0) } ?? .ok
    if !isOwnInstallation {
      self = .otherInstallation
    } else if !hasKey {
      self = .keyMissing
    } else if said == .revoked {
      self = .revoked
    } else if let reason = try Retirement.reason(in: store) {
      self = .mustRetire(reason)
    } else if said == .upgrade {
      self = .outdated
    } else if try Retirement.isUnconfirmed(enrolment, in: store) {
      self = .unconfirmed
    } else {
      self = .ready
    }
  }

  /// Why the replica must retire, if it must.
  public var retireReason: RetireReason? {
    guard case .mustRetire(let reason) = self else { return nil }
    return reason
  }
}
