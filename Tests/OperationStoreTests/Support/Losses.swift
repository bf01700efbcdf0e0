import Convergence
import SyncProtocol
import TestSupport

/// A history of which chance loses some batches, with a second authority that declares the gaps.
struct Losses {
  /// The history, with the declarations behind it.
  private(set) var scene: Scene

  /// What was lost, by index.
  let lost: Set<Int>

  /// The declarations, each a batch, by index.
  private(set) var declarations: [Int] = []

  private static let authority = 99

  init(of history: Scene, _ random: inout SeededGenerator) {
    scene = history
    let indices = Array(history.entries.indices)
    let share = random.int(in: 2...6)
    var lost: Set<Int> = []
    for index in indices where random.chance(1, in: share) { lost.insert(index) }
    if random.chance(3, in: 4) { lost.remove(0) }
    self.lost = lost
    scene.certify(Self.authority, of: nil)
    var ends: Set<Int> = []
    for index in indices where !lost.contains(index) {
      let entry = history.entries[index]
      for name in entry.deps + (entry.previous.map { [$0] } ?? []) where lost.contains(name) {
        ends.insert(name)
      }
    }
    // Again and again some are declared twice, from elsewhere, replaced or not.
    let again = random.subset(ends.sorted())
    for end in random.shuffle(ends.sorted() + again) { declare(end, ends, &random) }
  }

  /// What is there from the start, declarations included.
  var held: [Int] { scene.entries.indices.filter { !lost.contains($0) } }

  /// From the end back to something that is held, or to another end.
  private mutating func declare(
    _ end: Int,
    _ ends: Set<Int>,
    _ random: inout SeededGenerator
  ) {
    var before = scene.entries[end].previous
    while let index = before, lost.contains(index) {
      if ends.contains(index), random.chance(1, in: 2) { break }
      before = scene.entries[index].previous
    }
    let gap = Gap(
      end: scene.entries[end].dependency,
      number: random.chance(1, in: 2) ? scene.entries[end].batch.number : nil,
      after: before.map { scene.entries[$0].dependency }
    )
    let value = Value.object(["because": .string("Lost."), "gaps": .list([gap.value])])
    let operation = Scene.set(.string("visit"), "gap", value, slot: gap.replica.text)
    let last = declarations.last
    declarations.append(scene.seal([operation], by: Self.authority, after: last))
  }

  /// Presents batches again and again until no more is admitted.
  ///
  /// - Returns: Those that were, in the order in which they were.
  func deliver(_ indices: [Int], to bench: VisitBench) throws -> [Int] {
    var admitted: [Int] = []
    var waiting = indices
    var isMoving = true
    while isMoving {
      isMoving = false
      var left: [Int] = []
      for index in waiting {
        switch try bench.admit(index).code {
        case "ok", "held", "fork":
          admitted.append(index)
          isMoving = true
        case "gap", "missing": left.append(index)
        case let code: throw BrokenLaw("batch \(index) is \(code)")
        }
      }
      waiting = left
    }
    return admitted
  }
}
