/// What sort of place a service works at.
public enum LocationKind: String, Hashable, Sendable, CaseIterable {
  /// The main site.
  case main

  /// Another site of the same service.
  case satellite

  /// A community diagnostic centre.
  case communityDiagnosticCentre = "community-diagnostic-centre"

  /// A unit that moves.
  case mobile

  /// Reporting from elsewhere.
  case teleradiology

  /// Done by another organisation.
  case outsourced

  /// The words that people read.
  public var words: String {
    switch self {
    case .main: "main site"
    case .satellite: "satellite"
    case .communityDiagnosticCentre: "community diagnostic centre"
    case .mobile: "mobile unit"
    case .teleradiology: "teleradiology"
    case .outsourced: "outsourced"
    }
  }
}
