/// Why a standard does not concern a service (R2).
public enum NotApplicableReason: String, Hashable, Sendable, CaseIterable {
  /// The service does not offer the pathway.
  case pathwayNotProvided = "pathway-not-provided"

  /// The service does not offer the kind of imaging.
  case modalityNotProvided = "modality-not-provided"

  /// The service does not see patients of that age.
  case ageGroupNotServed = "age-group-not-served"

  /// The thing that the standard is about is not in use.
  case itemNotUsed = "item-not-used"

  /// The framework itself leaves it out.
  case outsideScope = "outside-scope"

  /// Something else, said in words beside it.
  case other

  /// The words that people read.
  public var words: String {
    switch self {
    case .pathwayNotProvided: "pathway not provided"
    case .modalityNotProvided: "modality not provided"
    case .ageGroupNotServed: "age group not served"
    case .itemNotUsed: "item not used"
    case .outsideScope: "outside the scope of the framework"
    case .other: "other"
    }
  }
}
