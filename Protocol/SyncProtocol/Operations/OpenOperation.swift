public import Convergence

/// An operation that a device wrote down and has not sealed yet.
///
/// It has its name and clock label for good; its references are written out, since the table of
/// replicas that a batch refers to is made when it is sealed.
public struct OpenOperation: Hashable, Sendable {
  /// Its number in the stream.
  public let counter: Int64

  /// What the device's clock showed, in milliseconds since 1970.
  public let clock: Int64

  /// What it does.
  public let draft: Draft

  /// The first name that it ever had, where it came from an earlier replica of the same person.
  public let was: Dot?

  /// Names a draft.
  ///
  /// - Parameters:
  ///   - counter: Its number in the stream.
  ///   - clock: What the device's clock showed, in milliseconds since 1970.
  ///   - draft: What it does.
  ///   - was: The first name that it ever had, where it was moved (section 3.7).
  /// - Throws: ``ProtocolError`` `too-large` if the operation could not be sealed in its escaped
  ///   form, `malformed` if its clock or counter is out of range or it has too many references.
  public init(
    counter: Int64,
    clock: Int64,
    draft: Draft,
    was: Dot? = nil
  ) throws(ProtocolError) {
    self.was = was
    self.counter = counter
    self.clock = clock
    self.draft = draft
    let greatest = Limits.greatestInteger
    // Half the range, so that an offset between two labels is in range as well.
    guard (1...greatest).contains(counter), (-greatest / 2...greatest / 2).contains(clock) else {
      throw ProtocolError(.malformed, "the counter or the clock of the device is out of range")
    }
    guard draft.cites.count <= Limits.referencesPerOperation,
      overCount <= Limits.referencesPerOperation
    else {
      throw ProtocolError(
        .malformed,
        "this refers to more than \(Limits.referencesPerOperation) operations at once"
      )
    }
    // The longest reference in a sealed batch is `[511,9007199254740991]`, an offset at most 20.
    let writer = OperationWriter(ownSlot: nil) { _ in .list([.int(511), .int(greatest)]) }
    // A former name is reserved for every operation, so that each can move to a successor.
    let former = Dot(replica: ReplicaID(bits: .zero), counter: 1)
    guard let members = writer.members(draft, offset: -greatest, was: former) else {
      throw ProtocolError(.malformed, "this version cannot write such an operation")
    }
    let bytes = JSONLine.object(members)
    guard Self.canBeRead(bytes) else {
      throw ProtocolError(
        .malformed,
        "this holds a name, a number or a text that cannot be sent, or is nested too deeply"
      )
    }
    let size = bytes.count
    guard size <= Limits.operationBytes else {
      throw ProtocolError(
        .tooLarge,
        """
        this is too large to send: \(size) bytes once escaped, at most \(Limits.operationBytes) are \
        possible; shorten the text or split it into two entries
        """
      )
    }
  }

  /// Whether the operation reads as what it is where a batch puts it, two containers deep: a batch
  /// that nobody can read would stop its device for good.
  private static func canBeRead(_ bytes: [UInt8]) -> Bool {
    let brackets = [UInt8(ascii: "["), UInt8(ascii: "]")]
    let opening = [brackets[0], brackets[0]]
    let closing = [brackets[1], brackets[1]]
    guard let value = try? StrictJSON.value(of: opening + bytes + closing),
      let operation = value.list?.first?.list?.first
    else { return false }
    let nobody = Dot(replica: ReplicaID(bits: .zero), counter: 1)
    let reader = OperationReader(
      isReference: { Reference($0) != nil },
      dot: { _ in nobody },
      ownSlot: nil
    )
    switch reader.read(operation).action {
    case .set, .add: return true
    case .uninterpreted, .inert: return false
    }
  }

  private var overCount: Int {
    guard case .set(let assignment) = draft.action else { return 0 }
    return assignment.over.count
  }

  /// The line under which a store keeps it: references as `#dot`, the clock label whole.
  public var line: [UInt8] {
    let writer = OperationWriter(ownSlot: nil) { .string("#\($0)") }
    return JSONLine.object(writer.members(draft, offset: clock, was: was) ?? [])
  }

  /// Reads a line that a store kept.
  ///
  /// - Throws: ``ProtocolError`` if the store holds something else.
  public init(counter: Int64, line: [UInt8]) throws(ProtocolError) {
    let value = try StrictJSON.value(of: line)
    let reader = OperationReader(
      isReference: { $0.string?.utf8.first == UInt8(ascii: "#") },
      dot: { Self.dot($0) },
      ownSlot: nil
    )
    let (action, cites) = reader.read(value)
    let draft: Draft
    switch action {
    case .set(let assignment): draft = Draft(assignment, cites: cites)
    case .add(let addition): draft = Draft(addition, cites: cites)
    case .uninterpreted, .inert:
      throw ProtocolError(.malformed, "the open operation \(counter) does not read")
    }
    let was = value["was"].flatMap { Self.dot($0) }
    guard value["was"] == nil || was != nil else {
      throw ProtocolError(.malformed, "the open operation \(counter) has a former name of no form")
    }
    try self.init(counter: counter, clock: value["d"]?.int ?? 0, draft: draft, was: was)
  }

  /// The operation as an object, the own slot as in a batch and references as `#dot`.
  ///
  /// - Parameter person: The author.
  /// - Returns: `nil` for an action that no program of this version makes.
  package func value(person: PersonID) -> Value? {
    let writer = OperationWriter(ownSlot: person.text) { .string("#\($0)") }
    guard let members = writer.members(draft, offset: clock, was: was) else { return nil }
    return try? StrictJSON.value(of: JSONLine.object(members))
  }

  /// The dot that a reference of the form `#dot` names.
  package static func dot(_ reference: Value) -> Dot? {
    guard let text = reference.string, text.utf8.first == UInt8(ascii: "#") else { return nil }
    return Dot(text: text.dropFirst())
  }

  /// The operation as it stands in the log of its device.
  public func operation(replica: ReplicaID, branch: Branch = .trunk, person: PersonID) -> Operation
  {
    Operation(
      dot: Dot(replica: replica, counter: counter, branch: branch),
      person: person,
      clock: clock,
      action: draft.action,
      cites: draft.cites
    )
  }
}
