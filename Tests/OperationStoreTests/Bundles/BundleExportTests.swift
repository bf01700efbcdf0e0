import AssessmentModel
import Convergence
import OperationStore
import SyncProtocol
import TestSupport
import Testing

@Suite("Work by file for days")
struct BundleExportTests {
  @Test("Three devices, five days, files alone: in every order of hand-overs all come to the same")
  func everyOrder() throws {
    let pairs = [(0, 1), (1, 0), (1, 2), (2, 0), (2, 1)]
    var orders = 0
    for order in Self.permutations(Array(pairs.indices)) {
      orders += 1
      let server = try Carrier.server()
      let founding = try server.file()
      let devices = try (1...3).map { try Carrier($0) }
      for device in devices { try device.take(founding) }
      for (step, index) in order.enumerated() {
        let (from, to) = pairs[index]
        try devices[from].judge("S\(step % 3)", step % 2 == 0 ? "met" : "not-met")
        try devices[to].judge("S\((step + 1) % 3)", "not-met")
        try devices[to].take(try step % 2 == 0 ? devices[from].file() : devices[from].ownFile())
      }
      try Self.settle(server, devices)
    }
    #expect(orders == 120)
  }

  @Test(
    "With partial, repeated, cut and damaged files in any order all come to the same",
    arguments: 1...10 as ClosedRange<UInt64>
  )
  func chance(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let server = try Carrier.server()
    let devices = try (1...3).map { try Carrier($0) }
    try devices[0].take(try server.file())
    var files: [[UInt8]] = [try server.file()]
    for _ in 1...5 {
      for device in devices {
        let isHere = try device.store.visits().contains(Names.visit)
        for _ in 0..<random.below(3) where isHere {
          try device.judge("S\(random.below(4))", random.pick(["met", "not-met"]))
        }
        if isHere {
          files.append(try random.chance(1, in: 3) ? device.ownFile() : device.file(.unsent))
          if random.chance(1, in: 3) { files.append(try device.file()) }
        }
        for _ in 0..<random.below(4) {
          var file = random.pick(files)
          if random.chance(1, in: 4) { file.removeSubrange(random.below(file.count)...) }
          if random.chance(1, in: 5), !file.isEmpty { file[random.below(file.count)] ^= 4 }
          guard let contents = try? BundleReader.read(file) else { continue }
          try device.take(contents)
        }
      }
    }
    for device in devices { try device.take(try server.file()) }
    try Self.settle(server, devices)
  }

  @Test(
    "Batches one by one, each a file, in any order and some twice, come to what the log says",
    arguments: 1...6 as ClosedRange<UInt64>
  )
  func anyOrder(seed: UInt64) throws {
    let history = History(seed: seed)
    let scene = history.scene
    var random = SeededGenerator(seed: seed &+ 1_000)
    let bench = try VisitBench(scene)
    for index in history.order(&random) { try bench.admit(index) }
    let files = try scene.entries.map { entry in
      var writer = try BundleWriter(BundleHeader(maker: nil, clock: 0, parts: []))
      for certificate in scene.certificates { try writer.append(.certificate(certificate)) }
      try writer.append(.batch(entry.sealed, nil))
      return try writer.finish(key: nil)
    }
    for _ in 0..<3 {
      let store = try OperationStore(.memory, meaning: .assessment)
      let taker = BundleImport(
        identity: Names.identity.publicKey,
        key: nil,
        person: nil,
        now: Names.clock
      )
      for index in random.repeated(Array(files.indices)) {
        _ = try taker.take(BundleReader.read(files[index]), into: store)
      }
      for file in files { _ = try taker.take(BundleReader.read(file), into: store) }
      #expect(try store.waitingCount() == 0)
      #expect(try store.stateDigest(of: Names.visit) == bench.store.stateDigest(of: Names.visit))
      #expect(try store.vector(of: Names.visit) == bench.store.vector(of: Names.visit))
      #expect(try store.notices(of: Names.visit) == bench.store.notices(of: Names.visit))
    }
  }

  /// Hands everything round twice and to the server, and back: all must be equal then.
  private static func settle(_ server: Carrier, _ devices: [Carrier]) throws {
    for _ in 0..<2 {
      for (index, device) in devices.enumerated() {
        try devices[(index + 1) % devices.count].take(try device.file())
      }
    }
    let last = try #require(devices.last)
    let report = try server.take(try last.file())
    #expect(report.isComplete)
    let file = try server.file()
    let wanted = try server.picture()
    for device in devices {
      #expect(try device.take(file).isComplete)
      #expect(try device.picture() == wanted)
      #expect(try device.store.waitingCount() == 0)
    }
  }

  private static func permutations(_ elements: [Int]) -> [[Int]] {
    guard let first = elements.first else { return [[]] }
    return permutations(Array(elements.dropFirst())).flatMap { rest in
      (0...rest.count).map { place in
        var order = rest
        order.insert(first, at: place)
        return order
      }
    }
  }
}
