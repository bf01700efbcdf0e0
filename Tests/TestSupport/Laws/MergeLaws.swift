/// Checks that merging does not depend on who merges first, in which order, or how often.
///
/// Every pair and triple of the states is tried, each state with itself too.
///
/// - Parameters:
///   - states: States that can exist together; a handful, for *n*³ triples are tried.
///   - merging: The merge, leaving both as they were.
///   - brokenInvariant: What is wrong with a state, or `nil`; asked of every state and every merge.
/// - Throws: The first law that does not hold, with the states.
package func checkMergeLaws<State: Hashable>(
  _ states: [State],
  merging: (State, State) -> State,
  brokenInvariant: (State) -> String?
) throws(BrokenLaw) {
  func checked(_ state: State, _ law: String) throws(BrokenLaw) -> State {
    if let problem = brokenInvariant(state) {
      throw BrokenLaw("\(law) breaks the invariant: \(problem)\n    \(state)")
    }
    return state
  }
  for a in states {
    _ = try checked(a, "a state")
    try demandEqual(merging(a, a), a, "merging is not idempotent")
  }
  for a in states {
    for b in states {
      let ab = try checked(merging(a, b), "merging \(a) and \(b)")
      let ba = merging(b, a)
      let pair = "\n    a: \(a)\n    b: \(b)"
      try demandEqual(ab, ba, "merging is not commutative:\(pair)")
      try demand(ab.hashValue == ba.hashValue, "equal merges hash differently:\(pair)")
      try demandEqual(merging(ab, b), ab, "merging again changes something:\(pair)")
      try demandEqual(merging(a, ab), ab, "merging again changes something:\(pair)")
    }
  }
  for a in states {
    for b in states {
      let ab = merging(a, b)
      for c in states {
        try demandEqual(
          merging(ab, c),
          merging(a, merging(b, c)),
          "merging is not associative:\n    a: \(a)\n    b: \(b)\n    c: \(c)"
        )
      }
    }
  }
}
