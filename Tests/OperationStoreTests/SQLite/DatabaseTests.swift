import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Power cuts")
struct DatabaseTests {
  /// What a store may show after a power cut: the picture after some whole transaction.
  private struct Step {
    let log: LogDigest
    let cells: MemoryCells
    let open: Int64
  }

  private func look(_ location: OperationStore.Location) throws -> Step {
    let store = try OperationStore(location, meaning: .assessment)
    return Step(
      log: try store.logDigest(of: Names.visit),
      cells: try store.cells(of: Names.visit),
      open: try store.unsentCounts(of: Names.visit).openOperations
    )
  }

  private func copy(_ file: URL, to folder: URL, walBytes: Int? = nil) throws -> URL {
    let copy = folder.appendingPathComponent("copy")
    for side in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: copy.path + side)
    }
    try Data(contentsOf: file).write(to: copy)
    let wal = try? Data(contentsOf: URL(fileURLWithPath: file.path + "-wal"))
    if let wal {
      try wal.prefix(walBytes ?? wal.count).write(to: URL(fileURLWithPath: copy.path + "-wal"))
    }
    return copy
  }

  @Test("The files at each step boundary hold exactly that step, mid-transaction the one before")
  func boundaries() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("store")
      let scene = History(seed: 11, History.Options(batches: 16)).scene
      let bench = try VisitBench(scene, at: .file(file.path))
      for (index, _) in scene.entries.enumerated() {
        let before = try bench.store.logDigest(of: Names.visit)
        try bench.store.transaction { () throws(StoreError) in
          do {
            try bench.admit(index)
            let inside = try look(.file(copy(file, to: folder).path))
            #expect(inside.log == before)
          } catch {
            throw StoreError(.fault, "\(error)")
          }
        }
        let after = try look(.file(copy(file, to: folder).path))
        #expect(after.log == (try bench.store.logDigest(of: Names.visit)))
        #expect(after.cells == (try bench.store.cells(of: Names.visit)))
        #expect(after.log.position == Int64(index + 1))
      }
      print("looked at \(scene.entries.count) steps from inside and behind")
    }
  }

  @Test("A journal cut at any length gives the state after a whole transaction")
  func everyCut() throws {
    try withFolder { folder in
      let file = folder.appendingPathComponent("store")
      let scene = History(seed: 12, History.Options(batches: 10)).scene
      let bench = try VisitBench(scene, at: .file(file.path))
      var steps = [try bench.store.logDigest(of: Names.visit): MemoryCells()]
      for index in scene.entries.indices {
        try bench.admit(index)
        let log = try bench.store.logDigest(of: Names.visit)
        steps[log] = try bench.store.cells(of: Names.visit)
      }
      let size = try Data(contentsOf: URL(fileURLWithPath: file.path + "-wal")).count
      var seen: Set<LogDigest> = []
      var cuts = 0
      for length in stride(from: 0, through: size, by: 1_031) {
        let copy = try copy(file, to: folder, walBytes: length)
        let store = try OperationStore(.file(copy.path), meaning: .assessment)
        guard try store.visits() == [Names.visit] else { continue }
        let log = try store.logDigest(of: Names.visit)
        #expect(try store.cells(of: Names.visit) == steps[log], "cut at \(length)")
        seen.insert(log)
        cuts += 1
      }
      #expect(seen.count > steps.count / 2)
      let found = "\(seen.count) of \(steps.count) states"
      print("cut a journal of \(size) bytes at \(cuts) places, saw \(found)")
    }
  }
}
