import SyncClient

extension Words {
  /// Why a device goes on under a new name, and what that means for the person.
  static func retirement(_ reason: RetireReason) -> String {
    let what =
      switch reason {
      case .refused:
        """
        The server will never take something that this device sent; those bytes are kept here, see \
        fieldbook doctor. What was written after it goes on.
        """
      case .cloned:
        """
        The server saw two devices under one name: this folder was copied, or put back from a \
        backup.
        """
      case .forked:
        """
        Two copies of this device wrote under one name. The work of both is kept, as yours on two \
        devices; where they differ, you choose (fieldbook disputes).
        """
      case .restored:
        """
        The server held work of this device that was no longer here: this folder was put back from \
        a backup, or a copy of it goes on elsewhere. That work has come back.
        """
      }
    return "\(what) Nothing is lost and nothing counts twice. \(goesOn)"
  }

  private static let goesOn =
    "This device now goes on under a new name of its own; there is nothing for you to do."

  /// How a device stands, for a program and for `doctor`.
  static func name(_ condition: DeviceCondition) -> String {
    switch condition {
    case .notEnrolled: "not-enrolled"
    case .otherInstallation: "other-installation"
    case .keyMissing: "key-missing"
    case .revoked: "revoked"
    case .mustRetire: "must-retire"
    case .outdated: "outdated"
    case .unconfirmed: "unconfirmed"
    case .ready: "ready"
    }
  }
}
