public import Convergence

extension Batch {
  /// The operations with every reference resolved along the batch's past.
  ///
  /// Total: an operation that does not read, or refers outside the past, comes out inert; the
  /// operations of a later version come out uninterpreted.
  ///
  /// - Parameters:
  ///   - person: The author, by the replica's certificate.
  ///   - branch: The side of a fork on which the batch stands.
  ///   - past: What its author had seen at its first operation, own stream included.
  /// - Returns: One operation for each in the batch, in order.
  public func resolved(person: PersonID, branch: Branch, past: VersionVector) -> [Operation] {
    resolved(person: person, branch: branch, References(of: self, branch: branch, past: past))
  }

  /// The operations with their references resolved by the caller's rule.
  ///
  /// - Parameters:
  ///   - person: The author, by the replica's certificate.
  ///   - branch: The side of a fork on which the batch stands.
  ///   - references: Resolves references along the batch's past.
  /// - Returns: One operation for each in the batch, in order.
  package func resolved(
    person: PersonID,
    branch: Branch,
    _ references: References
  ) -> [Operation] {
    let ownSlot = person.text
    var counter = firstCounter
    return operations.map { value in
      defer { counter += 1 }
      let current = counter
      let dot = Dot(replica: replica, counter: current, branch: branch)
      guard isOfThisVersion else {
        let action = Operation.Action.uninterpreted(kind: "v\(version)")
        return Operation(dot: dot, person: person, clock: 0, action: action)
      }
      let (action, cites) = reader(references, at: current, ownSlot: ownSlot).read(value)
      guard let label = label(of: value) else {
        // A kind that nobody knows may mean anything by its members.
        if case .uninterpreted(let kind) = action, !Self.kinds.contains(kind) {
          return Operation(dot: dot, person: person, clock: clock, action: action)
        }
        return Operation(dot: dot, person: person, clock: clock, action: .inert(.shape))
      }
      return Operation(dot: dot, person: person, clock: label, action: action, cites: cites)
    }
  }

  /// The cell that an increment, correction or insertion is about: of a kind that section 4.4 knows
  /// and of which model 1 interprets no field.
  ///
  /// - Parameters:
  ///   - index: The operation's place, from 0.
  ///   - operation: The operation, resolved.
  ///   - references: Resolves references along the batch's past.
  /// - Returns: An assignment that stands for the cell; `nil` for an operation of any other kind.
  package func target(
    at index: Int,
    _ operation: Operation,
    _ references: References
  ) -> Assignment? {
    // Nearly every operation is answered here, at no cost.
    guard case .uninterpreted(let kind) = operation.action, Self.kinds.contains(kind),
      operations.indices.contains(index)
    else { return nil }
    return reader(references, at: firstCounter + Int64(index), ownSlot: nil)
      .target(operations[index])
  }

  /// The kinds of section 4.4.
  private static let kinds = ["set", "add", "inc", "fix", "ins"]

  private func reader(
    _ references: References,
    at counter: Int64,
    ownSlot: String?
  ) -> OperationReader {
    OperationReader(
      isReference: { Reference($0) != nil },
      dot: { references.dot($0, at: counter) },
      isFormerName: { formerName($0) != nil },
      ownSlot: ownSlot
    )
  }

  /// The clock label of an operation; `nil` if its offset is no number in range.
  private func label(of operation: Value) -> Int64? {
    guard let offset = operation["d"] else { return clock }
    guard let difference = offset.int else { return nil }
    let label = clock + difference  // both within ±2^53, so this cannot overflow
    return abs(label) <= Limits.greatestInteger ? label : nil
  }
}
