extension Framework {
  /// The standards whose ref is nearest to a mistyped one, best first; at most `limit`, often none.
  ///
  /// Only near misses count: at most two single-letter changes, and fewer than half of what was
  /// typed. Equal misses are listed in printed order, so the answer is always the same.
  ///
  /// - Complexity: O(*n*) for *n* standards.
  public func nearestRefs(to ref: some StringProtocol, limit: Int = 3) -> [Standard] {
    let key = RefKey(ref)
    let reach = min(2, (key.text.count - 1) / 2)
    guard reach > 0, limit > 0 else { return [] }
    let near = standards.compactMap { standard -> (distance: Int, standard: Standard)? in
      let distances = standard.allRefs.map { RefKey($0).distance(to: key) }
      guard let distance = distances.min(), distance <= reach else { return nil }
      return (distance, standard)
    }
    return near.sorted { ($0.distance, $0.standard.order) < ($1.distance, $1.standard.order) }
      .prefix(limit).map(\.standard)
  }

  /// The standards that one standard names and those that name it, in printed order, not itself.
  ///
  /// These are what a reviewer is shown beside it (R8). Whole sections and wildcards are left out:
  /// they would list nearly everything.
  public func linkedStandards(of id: StandardID) -> [Standard] {
    let named = Set(standard(id: id)?.links.compactMap(\.standard) ?? [])
    return standards.filter { other in
      other.id != id
        && (named.contains(other.id) || other.links.contains { $0.standard == id })
    }
  }
}
