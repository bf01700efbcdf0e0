import Convergence

/// How far a client has read a visit's log: `epoch.position` (section 7.4).
public struct Cursor: Hashable, Sendable, CustomStringConvertible {
  /// The history that the position counts in.
  public let epoch: Epoch

  /// The last position read; 0 for none.
  public let position: Int64

  /// Names a place in a log.
  public init(epoch: Epoch, position: Int64) {
    self.epoch = epoch
    self.position = position
  }

  /// Reads `epoch.position`; `nil` for anything else.
  public init?(text: String) {
    self.init(text: text[...])
  }

  /// Reads `epoch.position`; `nil` for anything else.
  public init?(text: Substring) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let epoch = Epoch(text: parts[0]), let position = Int64(parts[1]),
      (0...Limits.greatestInteger).contains(position), String(position) == parts[1]
    else { return nil }
    self.init(epoch: epoch, position: position)
  }

  /// `epoch.position`.
  public var description: String { "\(epoch).\(position)" }
}
