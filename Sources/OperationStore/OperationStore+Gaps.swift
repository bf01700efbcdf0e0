public import Convergence
public import SyncProtocol

extension OperationStore {
  /// The declared gaps of a visit that are still open: what is lost, and not found since.
  ///
  /// - Returns: The last lost batch of each, as deps name it, sorted.
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func openGaps(of visit: VisitID) throws(StoreError) -> [Dependency] {
    try known(visit).lost.links.map(\.name)
  }

  /// Whether the authority declared a gap in a visit, filled since or not.
  ///
  /// A stream may begin there with any batch, or with one that came late.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func hasDeclaredGaps(in visit: VisitID) throws(StoreError) -> Bool {
    try known(visit).lost.isDeclared
  }

  /// Whether the batch is held that a dep names.
  ///
  /// - Throws: ``StoreError``, `unknownVisit` if the visit is not held.
  public func holds(_ dependency: Dependency, of visit: VisitID) throws(StoreError) -> Bool {
    try holds(dependency, in: known(visit))
  }

  /// Writes down the heights that changed: what was found later stands below what followed it.
  func setHeights(_ derivation: Derivation, visit row: Int64) throws(StoreError) {
    var known: [Int64: Int64] = [:]
    try database.rows("SELECT position, height FROM batches WHERE visit = ?1", .int(row)) {
      (row) throws(StoreError) in known[row.int(0)] = row.int(1)
    }
    for step in derivation.steps where step.index == 0 {
      guard let position = step.position, known[position] != step.height else { continue }
      try database.run(
        "UPDATE batches SET height = ?3 WHERE visit = ?1 AND position = ?2",
        .int(row),
        .int(position),
        .int(step.height)
      )
    }
  }
}

extension VerifiedBatch {
  /// Whether it declares a gap with effect on what may be admitted.
  var declaresGap: Bool { person == .authority && !batch.declaredGaps.isEmpty }
}
