import AssessmentModel

/// Something that must be seen at a point of a scenario.
enum Expectation: Hashable, Sendable {
  /// What a place shows of a standard.
  enum Shown: Hashable, Sendable {
    case view(TeamView)
    case outOfScope(Bool)
    case judgedButOutOfScope(Bool)
    case notApplicable(Bool)
    case attention(IncompleteItem.Kind, Bool)
    case unknown
    case comments([String])
    case evidence([String])
    case resolutions(Int)
    case linked(StandardID, isContrary: Bool)
  }

  /// What a comment shows.
  enum Comment: Hashable, Sendable {
    case author(person: Int)
    case withdrawn(Bool, because: String?)
    case says([String])
    case answers(String)
  }

  /// What an evidence item shows.
  enum Evidence: Hashable, Sendable {
    case author(person: Int)
    case status([EvidenceStatus])
    case title([String])
    case supports([StandardID])
    case archived(Bool, because: String?)
    case inUse(people: [Int])
    case attention(IncompleteItem.Kind, Bool)
  }

  case standard(StandardID, at: String?, Shown)
  /// One of several alternatives, each a list of versions; an empty list is nothing at all.
  case slot(StandardID, at: String?, person: Int, [[Said]])
  case resolution(StandardID, at: String?, person: Int?, Said)
  case resolutionUnverified(StandardID, at: String?, Bool)
  case resolutionMisses(StandardID, at: String?, person: Int)
  case hadSeen(StandardID, person: Int, other: Int, Bool)
  case nobodyHadSeen(StandardID)
  case history(StandardID, person: Int, [Outcome])
  /// What the label of somebody's judgement is off by, in milliseconds; 0 is right.
  case labelOff(StandardID, person: Int, Int64)
  case comment(String, Comment)
  case evidence(String, Evidence)
  case nation([Nation])
  case progress([Count])
  case notices([Count])
  case toSend(device: Int, Int)
  /// What a device was told about its clock at its last sync; 0 is nothing.
  case clockTold(device: Int, Int64)

  /// A number of something.
  struct Count: Hashable, Sendable {
    let number: Int
    let what: String
  }
}
