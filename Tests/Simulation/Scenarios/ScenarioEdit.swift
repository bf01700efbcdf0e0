import AssessmentModel

/// Something that a reviewer writes, as a scenario names it: items by the words they were made with.
enum ScenarioEdit: Hashable, Sendable {
  /// What a comment is about.
  enum Subject: Hashable, Sendable {
    case standard(StandardID)
    case evidence(String)
    case service
  }

  case judge(StandardID, Said, at: String?)
  case withdraw(StandardID, because: String?, at: String?)
  case choose(StandardID, Said, at: String?)
  /// ``Outcome/notJudged`` takes the resolution back.
  case resolve(StandardID, Said, at: String?)
  case scope(StandardID, applies: Bool, Extent, NotApplicableReason?, because: String)
  case comment(String, on: Subject)
  case reply(String, to: String)
  case editComment(String, to: String)
  case withdrawComment(String, because: String?)
  case addEvidence(String, EvidenceStatus, [StandardID])
  case mark(String, EvidenceStatus)
  case link(String, StandardID)
  case unlink(String, StandardID)
  case retitle(String, to: String)
  case archive(String, because: String)
  case addLocation(String, LocationKind?)
  case setNation(Nation)
  case declareInterest(String?)
  /// An item of a type that this version keeps and does not interpret.
  case newerItem(String, StandardID)
}
