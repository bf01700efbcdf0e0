import AssessmentModel

/// A value on the way from JSON to a framework, which knows where it stands.
///
/// Every reading is total: what is not there or not of the right type is an error that names the
/// file, the standard and the field.
struct JSONField {
  let value: JSONValue
  let file: String
  /// The ID of the standard or section that the value belongs to, as written.
  let standard: String
  let parent: String
  let name: String

  /// Reads a document whose one value must be an object.
  static func root(of bytes: [UInt8], file: String) throws(CatalogueError) -> Self {
    let place = CatalogueError.Place(file: file)
    guard bytes.count <= JSONReader.maximumBytes else {
      throw CatalogueError(
        code: .fileTooLarge,
        place: place,
        message:
          "A framework has at most \(JSONReader.maximumBytes) bytes; this has \(bytes.count)."
      )
    }
    do {
      let value = try JSONReader.read(bytes)
      return Self(value: value, file: file, standard: "", parent: "", name: "")
    } catch {
      throw CatalogueError(
        code: .notStrictJSON,
        place: place,
        message: "Line \(error.line): \(error.reason). Correct the file."
      )
    }
  }

  /// The named value of this object.
  func field(_ name: String) throws(CatalogueError) -> Self {
    guard case .object(let members) = value else { throw wrongType("an object") }
    guard let member = members.first(where: { $0.name == name }) else {
      throw child(value, name: name).error(.fieldMissing, "The field is missing. Add it.")
    }
    return child(member.value, name: name)
  }

  /// The values of this list.
  func elements() throws(CatalogueError) -> [Self] {
    guard case .array(let values) = value else { throw wrongType("a list") }
    return values.map {
      Self(value: $0, file: file, standard: standard, parent: parent, name: name)
    }
  }

  /// The same value, known to belong to the standard or section whose `id` it holds.
  func belongingToItself() throws(CatalogueError) -> Self {
    let id = try field("id").string()
    return Self(value: value, file: file, standard: id, parent: "", name: "")
  }

  /// A text, perhaps empty.
  func string() throws(CatalogueError) -> String {
    guard case .string(let text) = value else { throw wrongType("a text") }
    return text
  }

  /// A text with something in it.
  func text() throws(CatalogueError) -> String {
    let text = try string()
    guard !text.isEmpty else { throw error(.unfitText, "The text is empty. Write one.") }
    return text
  }

  /// Texts, in order.
  func strings() throws(CatalogueError) -> [String] {
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  /// A number that counts something.
  func count() throws(CatalogueError) -> Int {
    guard case .integer(let number) = value else { throw wrongType("a number") }
    guard (0...1_000_000).contains(number) else {
      throw error(.unknownValue, "The number must lie between 0 and 1000000.")
    }
    return number
  }

  /// True or false.
  func bool() throws(CatalogueError) -> Bool {
    guard case .bool(let bool) = value else { throw wrongType("true or false") }
    return bool
  }

  /// One word of a closed list.
  func value<Word>(of type: Word.Type) throws(CatalogueError) -> Word
  where Word: RawRepresentable<String> & CaseIterable {
    let text = try string()
    guard let word = Word(rawValue: text) else {
      let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw error(.unknownValue, "\"\(text)\" is not known. Use one of: \(known).")
    }
    return word
  }

  /// Words of a closed list, each at most once.
  func values<Word>(of type: Word.Type) throws(CatalogueError) -> [Word]
  where Word: RawRepresentable<String> & CaseIterable & Equatable {
    var words: [Word] = []
    for element in try elements() {
      let word = try element.value(of: type)
      guard !words.contains(word) else {
        throw error(.unfitText, "\"\(word.rawValue)\" stands twice. Remove one.")
      }
      words.append(word)
    }
    return words
  }

  /// The name of a framework.
  func frameworkID() throws(CatalogueError) -> FrameworkID { try parsed(FrameworkID.init(_:)) }

  /// The name of an edition.
  func frameworkEdition() throws(CatalogueError) -> FrameworkEdition {
    try parsed(FrameworkEdition.init(_:))
  }

  /// The identity of a standard.
  func standardID() throws(CatalogueError) -> StandardID { try parsed(StandardID.init(_:)) }

  /// The identity of a section.
  func sectionID() throws(CatalogueError) -> SectionID { try parsed(SectionID.init(_:)) }

  /// A place in a standard.
  func standardPlace() throws(CatalogueError) -> StandardPlace {
    try parsed(StandardPlace.init(_:))
  }

  /// Refuses a document of a format that this program does not know.
  func requireFormat(_ known: Int) throws(CatalogueError) {
    let format = try field("format")
    guard try format.count() == known else {
      throw format.error(.unknownFormat, "Only format \(known) is known. Update the program.")
    }
  }

  /// An error about this value.
  func error(_ code: CatalogueError.Code, _ message: String) -> CatalogueError {
    let field = parent.isEmpty ? name : "\(parent).\(name)"
    return CatalogueError(
      code: code,
      place: CatalogueError.Place(file: file, standard: standard, field: field),
      message: message
    )
  }

  private func parsed<Parsed>(
    _ parse: (String) -> Parsed?
  ) throws(CatalogueError) -> Parsed {
    let text = try string()
    guard let parsed = parse(text) else {
      throw error(.unknownValue, "\"\(text)\" is malformed. See the type \(Parsed.self).")
    }
    return parsed
  }

  private func wrongType(_ wanted: String) -> CatalogueError {
    error(.wrongType, "This is \(value.kind); it must be \(wanted).")
  }

  private func child(_ value: JSONValue, name: String) -> Self {
    Self(value: value, file: file, standard: standard, parent: self.name, name: name)
  }
}
