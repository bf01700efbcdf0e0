/// An error that the catalogue of frameworks reports.
///
/// It names the file, the standard and the field, so that whoever keeps the data can go there.
public struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of fault this is.
  @nonexhaustive
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The folder of resources is not beside the program.
    case folderMissing = "folder-missing"
    /// The catalogue has no such file, so no such edition.
    case fileMissing = "file-missing"
    /// The file is there and cannot be read.
    case fileUnreadable = "file-unreadable"
    /// The file is larger than a framework may be.
    case fileTooLarge = "file-too-large"
    /// The bytes are not strict JSON.
    case notStrictJSON = "not-strict-json"
    /// A newer program wrote the file.
    case unknownFormat = "unknown-format"
    /// The file holds another framework or edition than its name says.
    case wrongIdentity = "wrong-identity"
    /// A field that must be there is not.
    case fieldMissing = "field-missing"
    /// A field holds another type than it should.
    case wrongType = "wrong-type"
    /// A field holds a word or number that means nothing here.
    case unknownValue = "unknown-value"
    /// Two sections or two standards have one ID.
    case duplicateID = "duplicate-id"
    /// Two standards are found by one ref.
    case duplicateRef = "duplicate-ref"
    /// A standard stands in a section that does not exist.
    case unknownSection = "unknown-section"
    /// Sections or standards are not numbered from 1 in the order in which they stand.
    case wrongOrder = "wrong-order"
    /// The printed ref and the mark for an inferred ref contradict each other.
    case refContradiction = "ref-contradiction"
    /// A link leads elsewhere than its state says.
    case brokenLink = "broken-link"
    /// A place names a suggestion or note that the standard does not have.
    case placeOutOfRange = "place-out-of-range"
    /// Counts do not add up.
    case countsDisagree = "counts-disagree"
    /// A title or summary is empty or too long, or a list names one thing twice.
    case unfitText = "unfit-text"
    /// A standard does not say how its outcome shows.
    case evidenceMissing = "evidence-missing"
  }

  /// Where a fault is.
  public struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The file, relative to the catalogue's folder.
    public let file: String
    /// The ID of the standard or section as written in the file; empty if the fault is in neither.
    public let standard: String
    /// The field, with its parent before a dot; empty if the fault is in no single field.
    public let field: String

    /// Names a place.
    public init(file: String, standard: String = "", field: String = "") {
      self.file = file
      self.standard = standard
      self.field = field
    }

    /// The three parts that there are, joined by colons.
    public var description: String {
      [file, standard, field].filter { !$0.isEmpty }.joined(separator: ": ")
    }
  }

  /// What kind of fault this is.
  public let code: Code
  /// Where it is.
  public let place: Place
  /// What is wrong and what to do about it.
  public let message: String
  /// What the system said underneath, if it said anything.
  public let cause: String?

  /// Describes a fault.
  public init(code: Code, place: Place, message: String, cause: String? = nil) {
    self.code = code
    self.place = place
    self.message = message
    self.cause = cause
  }

  /// The place and the message on one line.
  public var description: String {
    "\(place): \(message)" + (cause.map { " (\($0))" } ?? "")
  }
}
