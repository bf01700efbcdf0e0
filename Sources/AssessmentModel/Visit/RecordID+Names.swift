public import Convergence

extension RecordID {
  /// The visit itself.
  public static let visit = RecordID.named("visit")

  /// The service that is assessed.
  public static let service = RecordID.named("service")

  /// A standard.
  public static func standard(_ id: StandardID) -> RecordID { .named("standard:\(id)") }
}
