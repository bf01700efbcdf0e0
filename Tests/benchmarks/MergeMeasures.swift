import AssessmentModel
import Convergence
import SyncProtocol

/// Merging alone, in memory, on one core: operations already read.
enum MergeMeasures {
  static func run(_ workload: Workload) throws {
    for visit in workload.visits.prefix(1) {
      var operations: [[Operation]] = []
      for (device, batches) in zip(visit.devices, visit.batches) {
        var past = VersionVector()
        for sealed in batches {
          let batch = try Batch(line: sealed.line)
          operations.append(batch.resolved(person: device.person, branch: .trunk, past: past))
          past.extend(StreamID(replica: batch.replica), to: batch.lastCounter)
        }
      }
      let authority = Self.authority(visit)
      let count = operations.map(\.count).reduce(0, +)
      var best = Double.infinity
      for _ in 0..<5 {
        var cells = MemoryCells()
        var effective = 0
        let time = Figures.time {
          for batch in operations {
            let first = batch[0]
            let author = Meaning.assessment.author(
              first.person,
              first.dot.replica,
              under: authority
            )
            for operation in batch
            where Meaning.assessment.apply(operation, by: author, to: &cells)
              == .effective
            {
              effective += 1
            }
          }
        }
        guard effective == count else {
          print("FAULT: \(effective) of \(count) operations took effect")
          return
        }
        best = min(best, time)
      }
      print("merge in memory, operations at hand: \(Figures.rate(count, best)) (best of 5)")
      let reading = try Figures.time {
        for batch in visit.batches.joined() {
          _ = try Batch(line: batch.line)
        }
      }
      print("reading batch lines: \(Figures.rate(count, reading))")
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
