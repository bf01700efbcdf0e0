import Convergence
import TestSupport
import Testing

@Suite("Causal heights")
struct CausalHeightTests {
  /// A batch of a generated log: the last batch of its stream, and the batches that it names.
  private struct Batch {
    let stream: Int
    let operations: Int
    let previous: Int?
    let seen: [Int]
  }

  private func log(_ random: inout SeededGenerator) -> [Batch] {
    var batches: [Batch] = []
    for index in 0..<random.int(in: 1...9) {
      let stream = random.below(3)
      batches.append(
        Batch(
          stream: stream,
          operations: random.int(in: 1...3),
          previous: batches.lastIndex { $0.stream == stream },
          seen: random.subset(Array(0..<index).filter { batches[$0].stream != stream })
        )
      )
    }
    return batches
  }

  /// The height of the last operation of each batch.
  private func lastHeights(_ batches: [Batch]) -> [Int64] {
    var last: [Int64] = []
    for batch in batches {
      let first = CausalHeight.ofFirst(
        previous: batch.previous.map { last[$0] } ?? 0,
        seen: batch.seen.map { last[$0] }
      )
      last.append(first + Int64(batch.operations) - 1)
    }
    return last
  }

  @Test("On generated logs the height is the length of the longest chain that leads up to it")
  func longestChain() throws {
    try forEachSeed { random in
      let batches = log(&random)
      let heights = lastHeights(batches)
      /// Walks every chain backwards.
      func longest(_ index: Int) -> Int64 {
        let batch = batches[index]
        let before = batch.seen + (batch.previous.map { [$0] } ?? [])
        return Int64(batch.operations) + (before.map(longest).max() ?? 0)
      }
      try demandEqual(heights, batches.indices.map(longest), "\(batches)")
    }
  }

  @Test("Listed by height, whatever was seen stands before what saw it")
  func respectsCausality() throws {
    try forEachSeed { random in
      let batches = log(&random)
      let heights = lastHeights(batches)
      for (index, batch) in batches.enumerated() {
        let first = heights[index] - Int64(batch.operations) + 1
        for earlier in batch.seen + (batch.previous.map { [$0] } ?? []) {
          try demand(heights[earlier] < first, "batch \(earlier) is not below \(index): \(batches)")
        }
      }
    }
  }

  @Test("The first operation of all has height 1")
  func first() {
    #expect(CausalHeight.ofFirst(previous: 0, seen: []) == 1)
  }

  @Test("The greatest of the previous batch and of those seen counts, wherever it stands")
  func greatest() {
    #expect(CausalHeight.ofFirst(previous: 5, seen: [1, 2]) == 6)
    #expect(CausalHeight.ofFirst(previous: 1, seen: [2, 9, 3]) == 10)
    #expect(CausalHeight.ofFirst(previous: 0, seen: [7]) == 8)
  }

  @Test("It stops at the greatest number rather than overflow")
  func saturates() {
    #expect(CausalHeight.ofFirst(previous: .max - 1, seen: []) == .max)
    #expect(CausalHeight.ofFirst(previous: .max, seen: []) == .max)
    #expect(CausalHeight.ofFirst(previous: 0, seen: [.max]) == .max)
    #expect(CausalHeight.ofFirst(previous: .max, seen: [.max, 1]) == .max)
  }
}
