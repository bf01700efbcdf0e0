/// The one thing that a device does about an event.
public enum DeviceAction: String, Hashable, Sendable, CaseIterable {
  /// Nothing: it goes on.
  case goOn = "go-on"

  /// Notes that the batch is on the server's disk.
  case markSent = "mark-sent"

  /// Notes that the batch is on the server's disk, and tells the person what became of it.
  case markSentAndTell = "mark-sent-and-tell"

  /// Sends the streams that the server asks for, then the batch again.
  case sendAgain = "send-again"

  /// Keeps the bytes in rescue and tells the person.
  case rescueAndTell = "rescue-and-tell"

  /// Retires the replica and goes on as a successor.
  case retire

  /// Compares what both hold and sends what the server lacks: it went back, or has another history.
  case reconcile

  /// Repeats the request once with the new nonce.
  case repeatWithNonce = "repeat-with-nonce"

  /// Repeats the request once with the certificates of the replica behind the hello.
  case repeatWithCertificates = "repeat-with-certificates"

  /// Sends the half of it.
  case sendLess = "send-less"

  /// Waits, and tries again.
  case tryLater = "try-later"

  /// Keeps the work of the visit, asks for no more of it, and tells the person.
  case leaveVisit = "leave-visit"

  /// Asks for the list of visits again.
  case askForVisits = "ask-for-visits"

  /// Keeps everything and tells the person that the device was revoked.
  case tellRevoked = "tell-revoked"

  /// Keeps everything and tells the person to upgrade.
  case tellUpgrade = "tell-upgrade"

  /// Tells the person that something does not fit, and uses nothing of it.
  case reportFault = "report-fault"

  /// Asks for another enrolment code.
  case askForCode = "ask-for-code"

  /// Tells the person to enrol.
  case enrol

  /// Tells the person to enrol again with a new code.
  case enrolAgain = "enrol-again"
}
