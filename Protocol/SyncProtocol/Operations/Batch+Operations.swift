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
    let references = References(
      replica: replica,
      branch: branch,
      firstCounter: firstCounter,
      who: who,
      past: past
    )
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
      guard let label = label(of: value) else {
        return Operation(dot: dot, person: person, clock: clock, action: .inert(.shape))
      }
      let reader = OperationReader(
        isReference: { Reference($0) != nil },
        dot: { Reference($0).flatMap { references.dot($0, at: current) } },
        ownSlot: ownSlot
      )
      let (action, cites) = reader.read(value)
      return Operation(dot: dot, person: person, clock: label, action: action, cites: cites)
    }
  }

  /// The clock label of an operation; `nil` if its offset is no number in range.
  private func label(of operation: Value) -> Int64? {
    guard let offset = operation["d"] else { return clock }
    guard let difference = offset.int else { return nil }
    let label = clock + difference  // both within ±2^53, so this cannot overflow
    return abs(label) <= Limits.greatestInteger ? label : nil
  }
}
