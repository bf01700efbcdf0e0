/// A group of standards under one heading.
public struct FrameworkSection: Hashable, Sendable, Identifiable {
  /// The identity of the section.
  public let id: SectionID
  /// The code as people write it, such as `XR-3`; empty when the document has none.
  public let code: String
  /// The heading.
  public let title: String
  /// The kind of imaging that the section is for.
  public let modality: Modality
  /// Its place among the sections, from 1.
  public let order: Int
  /// The cross-references that its introduction makes.
  public let links: [StandardLink]

  /// Records a section.
  public init(
    id: SectionID,
    code: String,
    title: String,
    modality: Modality,
    order: Int,
    links: [StandardLink] = []
  ) {
    self.id = id
    self.code = code
    self.title = title
    self.modality = modality
    self.order = order
    self.links = links
  }
}
