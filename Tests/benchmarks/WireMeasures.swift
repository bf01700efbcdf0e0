import Convergence
import Foundation
import SyncProtocol

/// What crosses the wire, signatures included, through `gzip -6`.
enum WireMeasures {
  static func run(_ workload: Workload, folder: String) throws {
    let visit = workload.visits[0]
    let bulk = Frame.body(visit.batches[0].map { Frame.batch($0, nil) })
    let count = try visit.batches[0].map { try Batch(line: $0.line).operations.count }.reduce(0, +)
    let zipped = try gzip(bulk, folder)
    print(
      """
      wire, bulk: \(zipped / count) bytes an operation (\(bulk.count / count) before gzip -6)
      """
    )
    for size in [10, 1] {
      var total = 0
      var operations = 0
      for number in 0..<20 {
        let body = try body(of: visit, size: size, skipping: number * size)
        total += try gzip(body, folder)
        operations += size
      }
      print("wire, \(size == 1 ? "alone" : "in tens"): \(total / operations) bytes an operation")
    }
  }

  /// A push of one batch with some of a device's operations.
  private static func body(
    of visit: Workload.Visit,
    size: Int,
    skipping: Int
  ) throws -> [UInt8] {
    let device = visit.devices[0]
    var open: [OpenOperation] = []
    var past = VersionVector()
    for sealed in visit.batches[0] {
      let batch = try Batch(line: sealed.line)
      for operation in batch.resolved(person: device.person, branch: .trunk, past: past) {
        guard operation.dot.counter > Int64(skipping), open.count < size else { continue }
        let draft: Draft
        switch operation.action {
        case .set(let assignment): draft = Draft(assignment)
        case .add(let addition): draft = Draft(addition)
        case .uninterpreted, .inert: continue
        }
        open.append(
          try OpenOperation(counter: operation.dot.counter, clock: operation.clock, draft: draft)
        )
      }
      past.extend(StreamID(replica: batch.replica), to: batch.lastCounter)
    }
    let sealed = try Sealer(visit: visit.id, key: device.key, person: device.person).seal(
      open,
      after: Sealer.Head(number: 4, hash: Hash256.plain([1])),
      deps: []
    )
    return Frame.body(sealed.map { .batch($0, nil) })
  }

  private static func gzip(_ bytes: [UInt8], _ folder: String) throws -> Int {
    let path = "\(folder)/body"
    try Data(bytes).write(to: URL(filePath: path))
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-6", "-c", path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let size = output.fileHandleForReading.readDataToEndOfFile().count
    process.waitUntilExit()
    return size
  }
}
