/// Why a store could not do what it was asked.
///
/// Messages never carry text of an assessment.
public struct StoreError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What to act on.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// A newer version of the program wrote the file.
    case futureFormat = "future-format"

    /// The file is not a store.
    case notAStore = "not-a-store"

    /// The file is damaged.
    case damaged

    /// The disk is full.
    case full

    /// The disk or the file system failed.
    case failingDisk = "failing-disk"

    /// Another process holds the store.
    case busy

    /// The file may not be written or not be opened.
    case notPermitted = "not-permitted"

    /// The visit is not in the store.
    case unknownVisit = "unknown-visit"

    /// The request contradicts what the store holds.
    case refused

    /// The database refused a statement: a fault of this program.
    case fault
  }

  /// What kind of failure it is.
  public let code: Code

  /// What happened and what to do, for a person.
  public let message: String

  /// Describes a failure.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The code and the message.
  public var description: String { "\(code.rawValue): \(message)" }
}
