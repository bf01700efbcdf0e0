/// How far the team has come.
///
/// It says nothing of compliance: a fresh visit is 0 of n judged.
///
/// Every number is a count of standards, taken as a whole, and can be counted again from
/// ``VisitView/standards``.
public struct Progress: Hashable, Sendable {
  /// Every standard of the framework.
  public let standards: Int

  /// Those that do not apply, with a reason; they leave every other count (R4).
  public let notApplicable: Int

  /// Those that apply and about which anything is said, settled or not.
  public let judged: Int

  /// Those that the team stands by as met.
  public let met: Int

  /// Those that the team stands by as not met.
  public let notMet: Int

  /// Those on which reviewers differ.
  public let disputed: Int

  /// Those whose resolution no longer covers what is said.
  public let stale: Int

  /// Those with two resolutions side by side.
  public let contested: Int

  /// Those on which one person's own versions differ and nobody else's do.
  public let selfConflict: Int

  /// Those said not to apply, without a reason yet.
  public let incomplete: Int

  /// Those that are to be judged: all but the ones that do not apply.
  public var applicable: Int { standards - notApplicable }

  /// Those of which nothing is said yet.
  public var notJudged: Int { applicable - judged }

  /// Those that a person has to settle.
  public var open: Int { disputed + stale + contested + selfConflict }

  package init(_ standards: [StandardView]) {
    self.standards = standards.count
    let applicable = standards.filter { !$0.isNotApplicable }
    let views = applicable.map(\.teamView)
    notApplicable = standards.count - applicable.count
    judged = views.count { $0 != .notJudged }
    met = views.count { $0.settledOutcome == .met }
    notMet = views.count { $0.settledOutcome == .notMet }
    incomplete = views.count { $0.settledOutcome == .notApplicable }
    disputed = views.count {
      if case .disputed = $0 { true } else { false }
    }
    stale = views.count { $0 == .stale }
    contested = views.count { $0 == .contested }
    selfConflict = views.count { $0 == .selfConflict }
  }
}
