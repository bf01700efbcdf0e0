/// The smallest list that still fails which leaving elements out can find.
///
/// Half of the list is left out, then quarters, down to single elements, and again until nothing
/// more can go. The order stays. If the whole list does not fail, it comes back as it is.
///
/// - Complexity: O(*n*²) calls of `stillFails` at worst.
package func shrunk<Element>(
  _ elements: [Element],
  stillFails: ([Element]) -> Bool
) -> [Element] {
  guard stillFails(elements) else { return elements }
  var smallest = elements
  var size = max(1, elements.count / 2)
  while true {
    let before = smallest.count
    var start = 0
    while start < smallest.count {
      var candidate = smallest
      candidate.removeSubrange(start..<min(start + size, smallest.count))
      if stillFails(candidate) {
        smallest = candidate
      } else {
        start += size
      }
    }
    if size > 1 {
      size /= 2
    } else if smallest.count == before {
      return smallest
    }
  }
}
