import AssessmentModel

/// A framework as its file states it, totals included, before anything is checked.
struct FrameworkDocument {
  let file: String
  let framework: Framework
  /// The sections in the order of the file.
  let sections: [FrameworkSection]
  /// The standards in the order of the file.
  let standards: [Standard]
  /// How many standards each section claims to have.
  let sectionSizes: [Int]
  /// What the document says that its standards add up to.
  let totals: FrameworkTotals

  init(bytes: [UInt8], file: String) throws(CatalogueError) {
    let root = try JSONField.root(of: bytes, file: file)
    try root.requireFormat(1)
    var sections: [FrameworkSection] = []
    var sizes: [Int] = []
    for element in try root.field("sections").elements() {
      let field = try element.belongingToItself()
      sections.append(try field.section())
      sizes.append(try field.field("standards").count())
    }
    var modalities: [SectionID: Modality] = [:]
    for section in sections { modalities[section.id] = section.modality }
    var standards: [Standard] = []
    for element in try root.field("standards").elements() {
      standards.append(try element.belongingToItself().standard(modalities: modalities))
    }
    self.file = file
    self.sections = sections
    self.standards = standards
    sectionSizes = sizes
    totals = try FrameworkTotals(field: root.field("totals"))
    framework = Framework(
      id: try root.field("id").frameworkID(),
      edition: try root.field("edition").frameworkEdition(),
      title: try root.field("title").text(),
      status: try root.field("status").value(of: FrameworkStatus.self),
      owners: try root.field("owners").strings(),
      judgedUnit: try root.field("judgedUnit").value(of: JudgedUnit.self),
      sourceSHA256: try root.field("sourceSHA256").sha256(),
      sections: sections,
      standards: standards
    )
  }
}
