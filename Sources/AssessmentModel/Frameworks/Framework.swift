/// One edition of a published framework: what reviewers judge, and how it hangs together.
///
/// It never changes; a later edition is another value. It holds no text of the document.
public struct Framework: Hashable, Sendable {
  /// The name of the framework through all editions.
  public let id: FrameworkID
  /// The name of this edition.
  public let edition: FrameworkEdition
  /// The title.
  public let title: String
  /// How far the edition has come.
  public let status: FrameworkStatus
  /// The bodies that publish it; empty if the document does not say.
  public let owners: [String]
  /// What it calls the thing that is judged.
  public let judgedUnit: JudgedUnit
  /// SHA-256 of the document that the numbers were read from, in lower-case hexadecimal.
  public let sourceSHA256: String
  /// Its sections, in printed order.
  public let sections: [FrameworkSection]
  /// Its standards or clauses, in printed order.
  public let standards: [Standard]

  private let positions: [StandardID: Int]
  private let positionsByRef: [RefKey: Int]

  /// Puts a framework together.
  ///
  /// Sections and standards are put in their printed order. Where two standards claim one ID or one
  /// ref the earlier keeps it; the catalogue's decoder refuses such data.
  public init(
    id: FrameworkID,
    edition: FrameworkEdition,
    title: String,
    status: FrameworkStatus,
    owners: [String],
    judgedUnit: JudgedUnit,
    sourceSHA256: String,
    sections: [FrameworkSection],
    standards: [Standard]
  ) {
    self.id = id
    self.edition = edition
    self.title = title
    self.status = status
    self.owners = owners
    self.judgedUnit = judgedUnit
    self.sourceSHA256 = sourceSHA256
    self.sections = sections.sorted { ($0.order, $0.id) < ($1.order, $1.id) }
    self.standards = standards.sorted { ($0.order, $0.id) < ($1.order, $1.id) }
    var positions: [StandardID: Int] = [:]
    var positionsByRef: [RefKey: Int] = [:]
    for (position, standard) in self.standards.enumerated() {
      positions[standard.id] = positions[standard.id] ?? position
      let key = RefKey(standard.ref)
      positionsByRef[key] = positionsByRef[key] ?? position
    }
    // Current refs come first: an old ref must never hide a standard that bears it today.
    for (position, standard) in self.standards.enumerated() {
      for ref in standard.allRefs {
        let key = RefKey(ref)
        positionsByRef[key] = positionsByRef[key] ?? position
      }
    }
    positionsByRef[RefKey("")] = nil
    self.positions = positions
    self.positionsByRef = positionsByRef
  }

  /// The standard of an identity, or `nil` if this edition has none.
  public func standard(id: StandardID) -> Standard? {
    positions[id].map { standards[$0] }
  }

  /// The standard that a person means by a ref, however they write it, or `nil`.
  ///
  /// Case, spaces and dashes do not matter; printed and earlier refs find it too.
  public func standard(ref: some StringProtocol) -> Standard? {
    positionsByRef[RefKey(ref)].map { standards[$0] }
  }

  /// The section of an identity, or `nil` if this edition has none.
  public func section(id: SectionID) -> FrameworkSection? {
    sections.first { $0.id == id }
  }

  /// The standards of a section, in printed order.
  public func standards(in section: SectionID) -> [Standard] {
    standards.filter { $0.section == section }
  }
}
