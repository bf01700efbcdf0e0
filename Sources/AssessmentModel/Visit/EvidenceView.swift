public import Convergence

/// Something offered or observed in support.
///
/// Items of different people are never merged into one (C25), and one item may support many
/// standards (R9).
public struct EvidenceView: Hashable, Sendable {
  /// Whether an item supports one standard.
  public struct Support: Hashable, Sendable {
    /// The standard, by ID.
    public let standard: String

    /// What people said; true and false side by side where two differ.
    public let versions: Versions<Bool>

    /// Whether it does: it does as long as anybody's standing word says so.
    public var isSupported: Bool { versions.contents.contains(true) }
  }

  /// The item.
  public let dot: Dot

  /// Who added it.
  public let author: PersonID

  /// What the author's clock showed, in milliseconds since 1970.
  public let clock: Int64

  /// What it is.
  public let title: Versions<String>

  /// What kind of thing, in the team's words.
  public let kind: Versions<String>

  /// Where to find it.
  public let reference: Versions<String>

  /// How far the team has come with it; side by side where two people differ (C30).
  public let status: Versions<EvidenceStatus>

  /// Who may read it: the narrowest that stands (R20), ``Audience/team`` if nothing was said.
  public let audience: Audience

  /// The standards that somebody linked or unlinked, by ID.
  public let supports: [Support]

  /// Why it was put away, if it was; it stays readable.
  public let archived: Versions<String>

  /// Who changed it without having been seen by those who put it away, sorted.
  ///
  /// Where this is not empty the item is to be shown as "archived by A, in use by B".
  public let inUseBy: [PersonID]

  /// Whether it was put away.
  public var isArchived: Bool { !archived.isEmpty }

  /// The standards that it supports, by ID, sorted.
  public var supportedStandards: [String] { supports.filter(\.isSupported).map(\.standard) }

  /// The title to show: every version of it, or the item's own name where it has none.
  public var name: String {
    title.isEmpty ? "#\(dot)" : title.contents.joined(separator: " / ")
  }
}
