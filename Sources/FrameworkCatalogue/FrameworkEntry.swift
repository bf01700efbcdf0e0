public import AssessmentModel

/// What the index tells about a bundled edition, without reading it.
public struct FrameworkEntry: Hashable, Sendable {
  /// The name of the framework.
  public let id: FrameworkID
  /// The edition.
  public let edition: FrameworkEdition
  /// The title.
  public let title: String
  /// How far the edition has come.
  public let status: FrameworkStatus

  /// Records an entry.
  public init(
    id: FrameworkID,
    edition: FrameworkEdition,
    title: String,
    status: FrameworkStatus
  ) {
    self.id = id
    self.edition = edition
    self.title = title
    self.status = status
  }
}

extension FrameworkEntry {
  /// Reads the index of a catalogue, in order of name and edition.
  static func decode(index bytes: [UInt8], file: String) throws(CatalogueError) -> [Self] {
    let root = try JSONField.root(of: bytes, file: file)
    try root.requireFormat(1)
    var entries: [Self] = []
    for field in try root.field("frameworks").elements() {
      entries.append(
        Self(
          id: try field.field("id").frameworkID(),
          edition: try field.field("edition").frameworkEdition(),
          title: try field.field("title").text(),
          status: try field.field("status").value(of: FrameworkStatus.self)
        )
      )
    }
    return entries.sorted { ($0.id, $0.edition) < ($1.id, $1.edition) }
  }
}
