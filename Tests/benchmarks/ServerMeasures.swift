import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncProtocol
import SyncServer

/// The server's side: bulk durable push, and pull.
enum ServerMeasures {
  static func run(_ workload: Workload, folder: String) async throws {
    let path = "\(folder)/server.sqlite"
    do {
      let store = try OperationStore(.file(path), meaning: .assessment)
      try workload.prepare(store)
      print("synchronous, read back: \(try store.synchronousSetting()) (2 is FULL)")
    }
    let server = try SyncServer(
      .file(path),
      meaning: .assessment,
      keys: workload.keys,
      nonceSecret: [UInt8](repeating: 1, count: 32),
      clock: { 1_795_244_400_000 },
      random: { .zero }
    )
    // Each device's work in bodies of at most 256 KiB, in its order; devices beside each other.
    let bodies = Self.bodies(workload)
    let before = Self.processorSeconds()
    let start = ContinuousClock.now
    let admitted = try await withThrowingTaskGroup(of: Int.self) { group in
      for (caller, bodies) in bodies {
        group.addTask {
          var admitted = 0
          for body in bodies {
            let frames = try FrameReader.frames(of: body).frames
            for case .result(let result) in try await server.push(frames, from: caller)
            where result.outcome.position != nil {
              admitted += 1
            }
          }
          return admitted
        }
      }
      return try await group.reduce(0, +)
    }
    let time = Figures.seconds(start.duration(to: .now))
    guard admitted == workload.batchCount else {
      print("FAULT: \(admitted) of \(workload.batchCount) batches were admitted")
      exit(1)
    }
    let cpu = Self.processorSeconds() - before
    print(
      """
      bulk push, durable, \(admitted) signatures checked, merged: \
      \(Figures.rate(workload.operations, time)) (\(String(format: "%.2f", time)) s, \
      \(String(format: "%.2f", cpu)) s of processor)
      """
    )
    try await pull(workload, server: server)
  }

  /// The file once its log is folded in: what stays on the disk.
  static func disk(_ workload: Workload, folder: String) throws {
    let path = "\(folder)/server.sqlite"
    // The last connection to close folds the write-ahead log into the file.
    _ = try OperationStore(.file(path), meaning: .assessment).integrityProblems()
    print("disk: \(Disk.size(of: path) / workload.operations) bytes an operation")
  }

  private static func pull(_ workload: Workload, server: SyncServer) async throws {
    var bytes = 0
    let start = ContinuousClock.now
    for visit in workload.visits {
      let outsider = try Self.reader(of: visit)
      var cursor: Cursor?
      var hasMore = true
      while hasMore {
        let frames = try await server.log(
          of: visit.id,
          after: cursor,
          count: Limits.pageBatches,
          for: outsider
        )
        bytes += Frame.body(frames).count
        hasMore = false
        for case .page(let page) in frames {
          hasMore = page.hasMore
          cursor = Cursor(
            epoch: Epoch(bits: Bits128(high: 7, low: 7)),
            position: page.digest.position
          )
        }
      }
    }
    let time = Figures.seconds(start.duration(to: .now))
    print(
      """
      pull, server side: \(Figures.rate(workload.operations, time)), \
      \(bytes / workload.operations) bytes an operation before compression
      """
    )
  }

  /// A member whose own batches are named and not sent: one device in all of them.
  private static func reader(of visit: Workload.Visit) throws -> Caller {
    Caller(certificate: try Certificate(line: visit.devices[0].certificate.line))
  }

  private static func bodies(_ workload: Workload) -> [(Caller, [[UInt8]])] {
    var all: [(Caller, [[UInt8]])] = []
    for visit in workload.visits {
      for (device, batches) in zip(visit.devices, visit.batches) {
        guard let certificate = try? Certificate(line: device.certificate.line) else { continue }
        var bodies: [[UInt8]] = []
        var frames: [Frame] = [.certificate(device.certificate)]
        var size = 0
        for batch in batches {
          frames.append(.batch(batch, nil))
          size += batch.line.count
          if size > 262_144 {
            bodies.append(Frame.body(frames + [.end]))
            frames = []
            size = 0
          }
        }
        bodies.append(Frame.body(frames + [.end]))
        all.append((Caller(certificate: certificate), bodies))
      }
    }
    return all
  }

  /// The processor time of this process, in seconds.
  static func processorSeconds() -> Double {
    Double(clock()) / Double(CLOCKS_PER_SEC)
  }
}
