extension Cell {
  /// What is wrong with this value, or `nil`: both lists strictly ascending, no dot in both.
  package var brokenInvariant: String? {
    for (left, right) in zip(siblings, siblings.dropFirst()) where !(left < right) {
      return "siblings are not strictly ascending: \(left.dot), \(right.dot)"
    }
    for (left, right) in zip(superseded, superseded.dropFirst()) where !(left < right) {
      return "superseded dots are not strictly ascending: \(left), \(right)"
    }
    for sibling in siblings where superseded.contains(sibling.dot) {
      return "\(sibling.dot) is both a sibling and superseded"
    }
    return nil
  }
}
