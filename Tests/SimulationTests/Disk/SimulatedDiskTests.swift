import Convergence
import OperationStore
import Simulation
import TestSupport
import Testing

@Suite("A simulated disk")
struct SimulatedDiskTests {
  private func openedStore(_ disk: SimulatedDisk) throws -> OperationStore {
    let store = try CrashScript.openStore(at: disk.path("store"))
    try CrashScript.setUp(store, replica: 1)
    try CrashScript.write("first", to: store)
    return store
  }

  private func picture(_ disk: SimulatedDisk) throws -> CrashScript.Picture {
    try CrashScript.picture(of: CrashScript.openStore(at: disk.path("store")))
  }

  @Test("A store on it holds what a store in memory holds, closed and opened again too")
  func store() throws {
    let disk = SimulatedDisk()
    let memory = try OperationStore(.memory, meaning: DiskNames.meaning)
    try CrashScript.setUp(memory, replica: 1)
    var store = try openedStore(disk)
    try CrashScript.write("first", to: memory)
    for index in 0..<5 {
      for target in [store, memory] {
        try CrashScript.write("text \(index)", to: target)
        try target.transaction { () throws(StoreError) in
          _ = try target.seal(DiskNames.visit, key: DiskNames.key(1), received: 0)
        }
      }
      #expect(try CrashScript.picture(of: store) == CrashScript.picture(of: memory))
      store = try CrashScript.openStore(at: disk.path("store"))
    }
    #expect(try CrashScript.picture(of: store) == CrashScript.picture(of: memory))
    #expect(try store.integrityProblems() == [] && store.synchronousSetting() == 2)
  }

  @Test("A full disk refuses what does not fit, loses nothing, and goes on when there is room")
  func full() throws {
    // Whatever event it is that finds no room.
    for room in stride(from: 0, to: 60_000, by: 2_900) {
      let disk = SimulatedDisk()
      let store = try openedStore(disk)
      let capacity = disk.size + room
      disk.capacity = capacity
      var written = 0
      let error = #expect(throws: StoreError.self) {
        while written < 200 {
          try CrashScript.write("text \(written)", to: store)
          written += 1
        }
      }
      #expect(error?.code == .full)
      #expect(disk.size <= capacity)
      #expect(try CrashScript.picture(of: store).open == Int64(1 + written))
      #expect(try store.integrityProblems() == [])
      disk.capacity = nil
      try CrashScript.write("last", to: store)
      let whole = try CrashScript.picture(of: store)
      #expect(whole.open == Int64(2 + written))
      #expect(try picture(disk) == whole)
    }
  }

  @Test("A single fault of the disk refuses one transaction, and the next goes on")
  func faults() throws {
    for fault in [SimulatedDisk.Fault.write, .sync] {
      for spared in 0..<3 {
        let disk = SimulatedDisk()
        let store = try openedStore(disk)
        disk.failNext(fault, after: spared)
        var refused: [StoreError.Code] = []
        for index in 0..<6 {
          do throws(StoreError) {
            try CrashScript.write("text \(index)", to: store)
          } catch {
            refused.append(error.code)
          }
        }
        #expect(refused == [.failingDisk], "\(fault) \(spared)")
        let whole = try CrashScript.picture(of: store)
        #expect(whole.open == 6)
        var random = SeededGenerator(seed: UInt64(spared))
        disk.powerCut(using: &random, loss: .everything)
        disk.powerOn()
        #expect(try picture(disk) == whole)
      }
    }
  }

  @Test("A connection that outlives a power cut reads and writes nothing, whoever else is there")
  func outlived() throws {
    let disk = SimulatedDisk()
    let old = try openedStore(disk)
    var random = SeededGenerator(seed: 1)
    for loss in SimulatedDisk.Loss.allCases {
      disk.powerCut(using: &random, loss: loss)
      #expect(disk.isDown)
      #expect(throws: StoreError.self) { try CrashScript.openStore(at: disk.path("store")) }
      disk.powerOn()
      #expect(throws: StoreError.self) { try CrashScript.write("old", to: old) }
      let new = try CrashScript.openStore(at: disk.path("store"))
      let before = try CrashScript.picture(of: new)
      #expect(throws: StoreError.self) { try CrashScript.write("old", to: old) }
      try CrashScript.write("new", to: new)
      #expect(throws: StoreError.self) { try CrashScript.write("old", to: old) }
      #expect(try CrashScript.picture(of: new).open == (before.open ?? 0) + 1)
    }
  }

  @Test("A copy holds what was committed, and goes its own way; an older one can be put back")
  func copies() throws {
    let disk = SimulatedDisk()
    let store = try openedStore(disk)
    let before = try CrashScript.picture(of: store)
    // In the middle of a transaction: what is not committed is not in the copy.
    var taken: SimulatedDisk?
    try store.transaction { () throws(StoreError) in
      try store.setDocument("setting", "a", .int(1))
      taken = disk.copy()
    }
    let copy = try #require(taken)
    #expect(try picture(copy) == before)
    try CrashScript.write("on the copy", to: CrashScript.openStore(at: copy.path("store")))
    let after = try CrashScript.picture(of: store)
    #expect(after.documents.count == 1 && after.open == before.open)
    #expect(try picture(copy).open == (before.open ?? 0) + 1)
    disk.restore(from: copy)
    #expect(throws: StoreError.self) { try CrashScript.write("lost", to: store) }
    #expect(try picture(disk) == picture(copy))
    var random = SeededGenerator(seed: 1)
    disk.powerCut(using: &random, loss: .everything)
    disk.powerOn()
    #expect(try picture(disk) == picture(copy))
  }

  @Test("The same steps are the same events, and the same chance loses the same")
  func repeats() throws {
    func lost(_ seed: UInt64) throws -> (events: Int, size: Int, picture: CrashScript.Picture) {
      let disk = SimulatedDisk()
      disk.failAfter(140)
      let run = try CrashScript.short.run(at: disk.path("store"))
      var random = SeededGenerator(seed: seed)
      disk.powerCut(using: &random, loss: .any)
      disk.powerOn()
      let size = disk.size
      return try withExtendedLifetime(run) { (disk.writes, size, try picture(disk)) }
    }
    var sizes: Set<Int> = []
    for seed in 0..<UInt64(10) {
      let (one, two) = (try lost(seed), try lost(seed))
      #expect(one == two && one.events == 140)
      sizes.insert(one.size)
    }
    #expect(sizes.count > 1)
  }
}
