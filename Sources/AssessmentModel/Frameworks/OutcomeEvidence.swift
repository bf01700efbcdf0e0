/// How a standard's outcome measure says that achievement shows.
public enum OutcomeEvidence: String, Hashable, Sendable, CaseIterable {
  /// Patients, when asked, say so: a tally.
  case patientsConfirm = "patients-confirm"
  /// Staff, when asked, say so: a tally.
  case staffConfirm = "staff-confirm"
  /// The service shows it by documents, data or what can be observed.
  case serviceDemonstrates = "service-demonstrates"
  /// Audits show it.
  case audit
  /// It is enough that the arrangement exists and works.
  case arrangementInPlace = "arrangement-in-place"
}
