/// A nation of the United Kingdom; a service's nation selects the parts of a standard meant for it.
public enum Nation: String, Hashable, Sendable, CaseIterable {
  /// England.
  case england
  /// Wales.
  case wales
  /// Scotland.
  case scotland
  /// Northern Ireland.
  case northernIreland = "northern-ireland"
}
