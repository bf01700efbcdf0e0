public import Convergence

/// Makes the operations of one person from what they have on the screen, or refuses.
///
/// Every draft writes over exactly the versions that the cells hold, so that whoever writes at the
/// same time is never overwritten. A draft that ``Convergence/Meaning/assessment`` would leave
/// without effect is refused here, with words that say what to do.
public struct Editor: Sendable {
  /// What is on the screen.
  public let cells: MemoryCells

  /// Who edits.
  public let me: PersonID

  /// The framework at hand; where there is one, standards that it does not know are refused.
  public let framework: Framework?

  private let author: Meaning.Author

  /// Prepares edits.
  ///
  /// - Complexity: O(1): what an edit does not touch is not read.
  public init(cells: MemoryCells, me: PersonID, framework: Framework?) {
    self.cells = cells
    self.me = me
    self.framework = framework
    author = Meaning.assessment.author(
      me,
      Self.replica,
      under: Authority(cells, about: me, Self.replica)
    )
  }

  /// Writes a value over everything that stands in its cell.
  ///
  /// - Throws: If the value would have no effect.
  func set(
    _ record: RecordID,
    _ field: String,
    slot: String = "",
    location: Dot? = nil,
    to value: Value,
    cites: [Dot] = []
  ) throws(EditError) -> Draft {
    let key = CellKey(record, field, slot: slot, location: location)
    let assignment = Assignment(
      record: record,
      field: field,
      slot: slot,
      location: location,
      value: value,
      over: cells[key].siblings.map(\.dot)
    )
    return try checked(Draft(assignment, cites: cites))
  }

  /// Passes a draft on if it would take effect.
  func checked(_ draft: Draft) throws(EditError) -> Draft {
    let operation = Operation(
      dot: Dot(replica: Self.replica, counter: .max),
      person: me,
      clock: 0,
      action: draft.action,
      cites: draft.cites
    )
    let items = operation.namedItems.compactMap { dot in
      Item(dot: dot, existence: cells[Item.existenceKey(of: dot)])
    }
    var effect = Meaning.assessment.effect(
      operation,
      Meaning.Context(author: author, items: items)
    )
    if effect == .inert(.slot) || effect == .inert(.author) {
      // Somebody else's, unless that is the same human.
      let authority = Authority(cells, about: me, Self.replica, withJoins: true)
      let author = Meaning.assessment.author(me, Self.replica, under: authority)
      effect = Meaning.assessment.effect(operation, Meaning.Context(author: author, items: items))
    }
    switch effect {
    case .effective: return draft
    case .held: throw EditError(.notOnVisit, Self.notOnVisit)
    case .uninterpreted: throw EditError(.value, "This version cannot write that. Upgrade.")
    case .inert(let reason): throw Self.error(reason)
    }
  }

  /// The edition that judgements are made under.
  func edition() throws(EditError) -> String {
    let pins = Versions(cells[CellKey(.visit, "framework")], FrameworkPin.init)
    let message =
      pins.isEmpty
      ? "The visit names no framework yet. Synchronise, or ask for a visit that does."
      : "The visit names several editions. Ask the organiser to settle on one."
    guard let edition = pins.only?.edition else { throw EditError(.noEdition, message) }
    return edition
  }

  /// Refuses a standard that the framework at hand does not know.
  func check(_ standard: StandardID) throws(EditError) {
    guard let framework, framework.standard(id: standard) == nil else { return }
    let message = "\(framework.title) has no standard \(standard). Look for its ref in the list."
    throw EditError(.unknownStandard, message)
  }

  /// An item that exists, of a type.
  func item(_ dot: Dot, _ type: String) throws(EditError) -> Item {
    guard let item = Item(dot: dot, existence: cells[Item.existenceKey(of: dot)]),
      item.type == type
    else {
      throw EditError(.unknownItem, "There is no \(type) #\(dot) in this visit.")
    }
    return item
  }

  /// No replica bears this name, so nothing that a cut lists can include it.
  private static let replica = ReplicaID(bits: .zero)

  private static let notOnVisit = """
    You are not on this visit, or no longer. Your work is kept on this device; ask the organiser to \
    add you.
    """

  private static func error(_ reason: InertReason) -> EditError {
    switch reason {
    case .role: EditError(.role, "Your role on this visit does not allow that. Ask the lead.")
    case .slot, .author: EditError(.notYours, "That is somebody else's. Comment on it instead.")
    case .record, .reference: EditError(.unknownItem, "There is no such thing in this visit.")
    case .field, .shape, .value: EditError(.value, "That value cannot stand there.")
    }
  }
}
