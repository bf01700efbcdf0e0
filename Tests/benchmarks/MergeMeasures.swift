import AssessmentModel
import Convergence
import SyncProtocol

/// Merging alone, in memory, on one core, of one visit: what a store adds is measured elsewhere.
enum MergeMeasures {
  private static let rounds = 20

  /// One stream as it was read.
  private struct Log {
    let person: PersonID
    let batches: [Batch]
  }

  /// What a batch leaves behind of its stream.
  private struct Head {
    var lastCounter: Int64 = 0
    var seen = VersionVector()
  }

  static func run(_ workload: Workload) throws {
    for visit in workload.visits.prefix(1) {
      let logs = try zip(visit.devices, visit.batches).map { device, batches in
        Log(person: device.person, batches: try batches.map { try Batch(line: $0.line) })
      }
      let authority = Self.authority(visit)
      let large = resolved(logs)
      let count = large.map(\.count).reduce(0, +)
      let alone = large.joined().map { [$0] }
      let singles = logs.map { Log(person: $0.person, batches: $0.batches.flatMap(split)) }

      print("merge in memory: one visit, \(count) operations, one core, best of \(rounds):")
      report("  large batches, operations at hand, author looked up once a batch", count) {
        merge(large, authority, into: &$0)
      }
      report("  one batch an operation, operations at hand, author looked up for each", count) {
        merge(alone, authority, into: &$0)
      }
      report("  one batch an operation, as read: head moved, resolved, author, merged", count) {
        settle(singles, authority, into: &$0)
      }
      var reading = Double.infinity
      for _ in 0..<rounds {
        let time = try Figures.time {
          for sealed in visit.batches.joined() { _ = try Batch(line: sealed.line) }
        }
        reading = min(reading, time)
      }
      print("reading batch lines: \(Figures.rate(count, reading)) (best of \(rounds))")
    }
  }

  /// Times one way of merging into no cells; it gives how many operations took effect.
  private static func report(
    _ what: String,
    _ count: Int,
    _ merge: (inout MemoryCells) -> Int
  ) {
    var best = Double.infinity
    for _ in 0..<rounds {
      var cells = MemoryCells()
      var effective = 0
      best = min(best, Figures.time { effective = merge(&cells) })
      guard effective == count else {
        print("FAULT: \(effective) of \(count) operations took effect")
        return
      }
    }
    print("\(what): \(Figures.rate(count, best))")
  }

  private static func merge(
    _ batches: [[Operation]],
    _ authority: Authority,
    into cells: inout MemoryCells
  ) -> Int {
    var effective = 0
    for batch in batches {
      let first = batch[0]
      let author = Meaning.assessment.author(
        first.person,
        first.dot.replica,
        under: authority
      )
      for operation in batch
      where Meaning.assessment.apply(operation, by: author, to: &cells) == .effective {
        effective += 1
      }
    }
    return effective
  }

  /// What a store does in memory with a batch that it has read, the visit's heads included.
  private static func settle(
    _ logs: [Log],
    _ authority: Authority,
    into cells: inout MemoryCells
  ) -> Int {
    var authority = authority
    var heads: [StreamID: Head] = [:]
    var effective = 0
    for log in logs {
      for batch in log.batches {
        let stream = StreamID(replica: batch.replica)
        var head = heads[stream] ?? Head()
        guard head.lastCounter + 1 == batch.firstCounter else { return effective }
        let operations = batch.resolved(person: log.person, branch: .trunk, past: head.seen)
        head.lastCounter = batch.lastCounter
        head.seen.extend(stream, to: batch.lastCounter)
        heads[stream] = head
        let author = Meaning.assessment.author(log.person, batch.replica, under: authority)
        for operation in operations
        where Meaning.assessment.apply(operation, by: author, to: &cells) == .effective {
          authority.absorb(operation)
          effective += 1
        }
      }
    }
    return effective
  }

  private static func resolved(_ logs: [Log]) -> [[Operation]] {
    logs.flatMap { log in
      var past = VersionVector()
      return log.batches.map { batch in
        defer { past.extend(StreamID(replica: batch.replica), to: batch.lastCounter) }
        return batch.resolved(person: log.person, branch: .trunk, past: past)
      }
    }
  }

  /// The same operations as batches of one.
  private static func split(_ batch: Batch) -> [Batch] {
    batch.operations.enumerated().map { index, operation in
      let counter = batch.firstCounter + Int64(index)
      return Batch(
        visit: batch.visit,
        replica: batch.replica,
        number: counter,
        firstCounter: counter,
        previous: batch.previous,
        deps: batch.deps,
        who: batch.who,
        clock: batch.clock,
        operations: [operation]
      )
    }
  }

  private static func authority(_ visit: Workload.Visit) -> Authority {
    var authority = Authority()
    for (index, device) in visit.devices.enumerated() {
      let assignment = Assignment(
        record: .named("visit"),
        field: "member",
        slot: device.person.text,
        value: .object(["name": .string("Reviewer"), "role": .string("peer")])
      )
      authority.absorb(
        Operation(
          dot: Dot(replica: ReplicaID(bits: .zero), counter: Int64(index + 1)),
          person: .authority,
          clock: 0,
          action: .set(assignment)
        )
      )
    }
    return authority
  }
}
