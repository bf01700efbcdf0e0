/// What a caller may ask of a server: the one table of who may do what on the wire.
///
/// What may take *effect* is another question; the meaning answers it for every operation, on every
/// machine alike.
package enum Action: CaseIterable {
  /// Says hello and is told about the own visits.
  case greet

  /// Reads the log of a visit.
  case read

  /// Brings batches of a visit, own or others'.
  case push

  /// Whether somebody may do it.
  ///
  /// - Parameter role: The role on the visit; `nil` for a person who never was on it, `none` after
  ///   removal.
  /// - Returns: A removed member may still bring what was written before, and reads no more; a
  ///   stranger does neither.
  package func isAllowed(role: String?) -> Bool {
    switch (self, role) {
    case (.greet, _): true
    case (.read, nil), (.read, "none"): false
    case (.read, _): true
    case (.push, nil): false
    case (.push, _): true
    }
  }
}
