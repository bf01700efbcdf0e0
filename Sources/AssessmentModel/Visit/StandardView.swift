public import Convergence

/// Everything that a visit holds about one standard.
public struct StandardView: Hashable, Sendable {
  /// The ID by which records name it.
  public let id: String

  /// What the framework says of it; `nil` where the framework at hand does not know it (C56).
  public let standard: Standard?

  /// What is said of the whole standard.
  ///
  /// This alone counts as its judgement.
  public let whole: PlaceView

  /// What is said of it at locations, by item; only where anything is said.
  public let locations: [PlaceView]

  /// Whether it concerns the service, as decided; empty while it is only assumed.
  public let scope: Versions<ScopeDecision>

  /// The standards that it names or that name it, in printed order.
  public let linked: [LinkedStandard]

  /// The evidence that supports it, put-away items included.
  public let evidence: [EvidenceView]

  /// The comments about it.
  public let comments: [CommentView]

  /// The ref that people know it by; the ID where the framework at hand does not know it.
  public var ref: String { standard?.ref ?? id }

  /// Its title; empty where the framework at hand does not know it.
  public var title: String { standard?.title ?? "" }

  /// The record that operations about it name.
  public var record: RecordID { .named("standard:\(id)") }

  /// What the team makes of the whole standard.
  public var teamView: TeamView { whole.teamView }

  /// The whole and every location at which anything is said.
  public var places: [PlaceView] { [whole] + locations }

  /// Whether everybody who decided says that the whole standard does not concern the service.
  public var isOutOfScope: Bool {
    !scope.isEmpty && scope.all.allSatisfy(\.content.excludesWhole)
  }

  /// Whether somebody judged it although somebody decided that it does not concern the service: to
  /// be shown, and the decision to be reviewed (C09).
  public var isJudgedButOutOfScope: Bool {
    scope.all.contains { $0.content.excludesWhole }
      && places.contains { place in
        place.slots.contains { slot in
          slot.versions.all.contains { [.met, .notMet].contains($0.content.outcome) }
        }
      }
  }

  /// Whether it leaves every count and is listed apart (R4): the team decided that it does not
  /// concern the service, or stands by "not applicable" and says why.
  public var isNotApplicable: Bool {
    if whole.teamView.isOpen { return false }
    return isOutOfScope || whole.isSettledNotApplicable
  }

  /// Whether any standing judgement was made under another edition than this one (R14).
  public func isJudgedUnderOtherEdition(than edition: String) -> Bool {
    places.contains { place in
      place.slots.contains { slot in
        slot.versions.all.contains { $0.content.edition != edition }
      }
    }
  }
}
