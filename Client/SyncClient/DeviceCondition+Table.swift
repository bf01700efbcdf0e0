import SyncProtocol

/// The total table: every condition and every event (sections 9 and 10 of the protocol).
extension DeviceCondition {
  /// What follows from an event.
  ///
  /// - Parameter event: What happened.
  /// - Returns: The condition from then on, and the one thing to do.
  public func after(_ event: DeviceEvent) -> (next: DeviceCondition, action: DeviceAction) {
    switch event {
    case .hello(let state): after(hello: state)
    case .ownBatch(let result): after(own: result)
    case .othersBatch(let result): after(others: result)
    case .refusal(let code): after(refusal: code)
    case .noAnswer: speaks ? (self, .tryLater) : (self, silent)
    case .badAnswer: speaks ? (self, .reportFault) : (self, silent)
    case .unknownOwnBatch: retiring(.restored)
    case .forkInStore: retiring(.forked)
    case .visitLeftOut:
      // A revoked device is given no pages at all: that says nothing about its visits.
      self == .revoked ? (self, .tellRevoked) : speaks ? (self, .leaveVisit) : (self, silent)
    case .retired: afterRetired
    case .enrolled: (.ready, .goOn)
    case .keyFound: afterKeyFound
    case .keyMissed: afterKeyMissed
    case .storeCopied: self == .notEnrolled ? (self, .enrol) : (.otherInstallation, .enrolAgain)
    }
  }

  /// Whether the device can sign a request.
  private var speaks: Bool {
    switch self {
    case .notEnrolled, .otherInstallation, .keyMissing: false
    case .revoked, .mustRetire, .outdated, .unconfirmed, .ready: true
    }
  }

  /// What a device that cannot sign says to everything.
  private var silent: DeviceAction {
    switch self {
    case .notEnrolled: .enrol
    case .otherInstallation, .keyMissing: .enrolAgain
    case .revoked, .mustRetire, .outdated, .unconfirmed, .ready: .goOn
    }
  }

  private func retiring(
    _ reason: RetireReason
  ) -> (next: DeviceCondition, action: DeviceAction) {
    switch self {
    case .notEnrolled, .otherInstallation, .keyMissing: (self, silent)
    // A successor of a revoked replica would be revoked as well.
    case .revoked: (self, .tellRevoked)
    case .mustRetire(let earlier): (.mustRetire(reason.joined(earlier)), .retire)
    case .outdated, .unconfirmed, .ready: (.mustRetire(reason), .retire)
    }
  }

  private func after(
    hello state: HelloAnswer.State
  ) -> (next: DeviceCondition, action: DeviceAction) {
    guard speaks else { return (self, silent) }
    switch state {
    case .ok: return retireReason == nil ? (.ready, .goOn) : (self, .retire)
    case .rewound: return retireReason == nil ? (.ready, .reconcile) : (self, .reconcile)
    case .forked: return self == .revoked ? (.mustRetire(.forked), .retire) : retiring(.forked)
    case .cloned: return self == .revoked ? (.mustRetire(.cloned), .retire) : retiring(.cloned)
    case .revoked: return (.revoked, .tellRevoked)
    case .upgrade: return retireReason == nil ? (.outdated, .tellUpgrade) : (self, .tellUpgrade)
    }
  }

  private func after(
    own result: DeviceEvent.Result
  ) -> (next: DeviceCondition, action: DeviceAction) {
    guard speaks else { return (self, silent) }
    switch result {
    case .ok, .duplicate: return (self, .markSent)
    case .gap, .missing: return (self, .sendAgain)
    case .late, .held: return (self, .markSentAndTell)
    case .notOnVisit: return (self, .leaveVisit)
    case .fork: return self == .revoked ? (self, .markSentAndTell) : retiring(.forked)
    case .bad: return self == .revoked ? (self, .rescueAndTell) : retiring(.refused)
    }
  }

  private func after(
    others result: DeviceEvent.Result
  ) -> (next: DeviceCondition, action: DeviceAction) {
    guard speaks else { return (self, silent) }
    switch result {
    case .ok, .duplicate: return (self, .markSent)
    case .gap, .missing: return (self, .sendAgain)
    case .late, .held, .fork: return (self, .markSentAndTell)
    case .notOnVisit: return (self, .leaveVisit)
    case .bad: return (self, .rescueAndTell)
    }
  }

  private func after(
    refusal code: Problem.Code
  ) -> (next: DeviceCondition, action: DeviceAction) {
    // Enrolling is all that a device without a key asks for.
    if code == .code { return (self, .askForCode) }
    if code == .busy || code == .unavailable { return (self, .tryLater) }
    guard speaks else { return (self, silent) }
    switch code {
    case .malformed: return (self, .reportFault)
    case .nonce: return (self, .repeatWithNonce)
    case .credential: return afterCredential
    case .code: return (self, .askForCode)
    case .notOnVisit: return (self, .leaveVisit)
    case .revoked: return (.revoked, .tellRevoked)
    case .unknown: return (self, .askForVisits)
    case .epoch: return (self, .reconcile)
    case .tooLarge: return (self, .sendLess)
    case .upgrade: return retireReason == nil ? (.outdated, .tellUpgrade) : (self, .tellUpgrade)
    case .busy, .unavailable: return (self, .tryLater)
    }
  }

  /// The server does not know the replica: its certificates may tell it, once.
  private var afterCredential: (next: DeviceCondition, action: DeviceAction) {
    switch self {
    case .notEnrolled, .otherInstallation, .keyMissing: (self, silent)
    case .unconfirmed: (self, .enrolAgain)
    case .mustRetire: (self, .retire)
    case .revoked, .outdated, .ready: (.unconfirmed, .repeatWithCertificates)
    }
  }

  private var afterRetired: (next: DeviceCondition, action: DeviceAction) {
    switch self {
    case .notEnrolled, .otherInstallation, .keyMissing: (self, silent)
    case .revoked: (self, .tellRevoked)
    case .mustRetire, .outdated, .unconfirmed, .ready: (.unconfirmed, .goOn)
    }
  }

  private var afterKeyFound: (next: DeviceCondition, action: DeviceAction) {
    switch self {
    case .notEnrolled, .otherInstallation: (self, silent)
    case .keyMissing: (.ready, .goOn)
    case .revoked, .mustRetire, .outdated, .unconfirmed, .ready: (self, .goOn)
    }
  }

  private var afterKeyMissed: (next: DeviceCondition, action: DeviceAction) {
    switch self {
    case .notEnrolled, .otherInstallation: (self, silent)
    case .keyMissing, .revoked, .mustRetire, .outdated, .unconfirmed, .ready:
      (.keyMissing, .enrolAgain)
    }
  }
}
