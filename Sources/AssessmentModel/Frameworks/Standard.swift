/// One thing that reviewers judge: a standard, or a clause of a framework that has no standards.
///
/// What is printed in the document is not here: the colleges own it. A standard carries what is
/// needed to find it, to order it, to count it and to link it, and one line of our own on what it
/// is about.
public struct Standard: Hashable, Sendable, Identifiable {
  /// The identity of the standard.
  public let id: StandardID
  /// The ref in its normal form, such as `XR-304`: what people see and type.
  public let ref: String
  /// The ref exactly as printed; empty if the document lost it.
  public let printedRef: String
  /// Whether the ref was worked out from its neighbours because the document lost it.
  public let isRefInferred: Bool
  /// Refs of earlier editions, or shorter ones, that must still find it.
  public let otherRefs: [String]
  /// The section it stands in.
  public let section: SectionID
  /// The kind of imaging it is for, taken from its section.
  public let modality: Modality
  /// Its place among all standards of the edition, from 1.
  public let order: Int
  /// Its name.
  public let title: String
  /// What it is about, in one line of our own words.
  public let summary: String
  /// When it is to be judged at all.
  public let applicability: ApplicabilityRule
  /// How its outcome measure says that achievement shows; empty for a clause.
  public let evidence: [OutcomeEvidence]
  /// How many suggestions it has.
  public let suggestions: SuggestionCounts
  /// How many notes it has.
  public let notes: NoteCounts
  /// Whether it leaves to the service how often "regularly" is (R17).
  public let intervalChosenByService: Bool
  /// Where it warns that a policy, survey, appraisal or generic guidance is not enough (R6).
  public let policyAloneWarnings: [StandardPlace]
  /// Where its words depend on the nation of the service.
  public let nations: [NationCondition]
  /// The cross-references it makes, in printed order.
  public let links: [StandardLink]

  /// Records a standard.
  public init(
    id: StandardID,
    ref: String,
    printedRef: String,
    isRefInferred: Bool = false,
    otherRefs: [String] = [],
    section: SectionID,
    modality: Modality,
    order: Int,
    title: String,
    summary: String,
    applicability: ApplicabilityRule,
    evidence: [OutcomeEvidence] = [],
    suggestions: SuggestionCounts = SuggestionCounts(),
    notes: NoteCounts = NoteCounts(),
    intervalChosenByService: Bool = false,
    policyAloneWarnings: [StandardPlace] = [],
    nations: [NationCondition] = [],
    links: [StandardLink] = []
  ) {
    self.id = id
    self.ref = ref
    self.printedRef = printedRef
    self.isRefInferred = isRefInferred
    self.otherRefs = otherRefs
    self.section = section
    self.modality = modality
    self.order = order
    self.title = title
    self.summary = summary
    self.applicability = applicability
    self.evidence = evidence
    self.suggestions = suggestions
    self.notes = notes
    self.intervalChosenByService = intervalChosenByService
    self.policyAloneWarnings = policyAloneWarnings
    self.nations = nations
    self.links = links
  }

  /// Whether the document says that a policy alone does not by itself meet it (R6).
  public var policyAloneIsNotMet: Bool { !policyAloneWarnings.isEmpty }

  /// The places whose words depend on a given nation, in printed order.
  public func places(for nation: Nation) -> [StandardPlace] {
    nations.filter { $0.nations.contains(nation) }.map(\.place)
  }

  /// Every ref that finds the standard: the normal one, the printed one and the others.
  public var allRefs: [String] {
    var refs: [String] = [ref]
    for other in [printedRef] + otherRefs where !other.isEmpty && !refs.contains(other) {
      refs.append(other)
    }
    return refs
  }
}
