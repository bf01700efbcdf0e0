package import Convergence

/// Checks that a causal relation is a partial order, and that merging is its least upper bound.
///
/// Every pair and triple of the states is tried, each state with itself too.
///
/// - Parameters:
///   - states: States that can exist together; a handful, for *n*³ triples are tried.
///   - relation: How the first stands to the second.
///   - merging: The merge, leaving both as they were.
/// - Throws: The first law that does not hold, with the states.
package func checkPartialOrder<State: Equatable>(
  _ states: [State],
  relation: (State, State) -> CausalRelation,
  merging: (State, State) -> State
) throws(BrokenLaw) {
  func isWithin(_ a: State, _ b: State) -> Bool { [.equal, .before].contains(relation(a, b)) }
  for a in states {
    try demand(relation(a, a) == .equal, "a state is not equal to itself: \(a)")
    for b in states {
      let pair = "\n    a: \(a)\n    b: \(b)"
      let ab = relation(a, b)
      try demandEqual(relation(b, a), ab.reversed, "the relation is not the reverse:\(pair)")
      try demand((ab == .equal) == (a == b), "the relation \(ab) and == disagree:\(pair)")
      let merged = merging(b, a)
      // The law that an example test once got wrong: see section "absent" of the regressions.
      try demand(
        (merged == b) == (ab == .equal || ab == .before),
        "merging a into b changes \(merged == b ? "nothing" : "b"), yet a is \(ab) b:\(pair)"
      )
      try demand(isWithin(a, merged) && isWithin(b, merged), "a merge lacks something:\(pair)")
      for c in states {
        let triple = "\(pair)\n    c: \(c)"
        if isWithin(a, b), isWithin(b, c) {
          try demand(isWithin(a, c), "the relation is not transitive:\(triple)")
        }
        if isWithin(a, c), isWithin(b, c) {
          try demand(isWithin(merged, c), "a merge holds what neither has seen:\(triple)")
        }
      }
    }
  }
}

/// Checks that `<` is a strict total order that agrees with `==`.
///
/// - Parameter values: A handful, for *n*³ triples are tried.
/// - Throws: The first law that does not hold, with the values.
package func checkTotalOrder<Value: Comparable>(_ values: [Value]) throws(BrokenLaw) {
  for a in values {
    for b in values {
      let holding = [a < b, a == b, b < a].count { $0 }
      try demand(holding == 1, "not exactly one of <, ==, > holds:\n    \(a)\n    \(b)")
      for c in values where a < b && b < c {
        try demand(a < c, "< is not transitive:\n    \(a)\n    \(b)\n    \(c)")
      }
    }
  }
}
