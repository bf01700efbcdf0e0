import AssessmentModel
import Convergence
import Foundation
import OperationStore
import Simulation
import SyncProtocol
import SyncServer
import TestSupport
import Testing

@Suite("A running server")
struct SyncServerTests {
  /// A store in a folder of its own, and the server on it.
  private func withServer(
    _ body: (ServerBench, SyncServer) async throws -> Void
  ) async throws {
    try await withFolderAsync { folder in
      let bench = try ServerBench(.file(folder.appendingPathComponent("store.sqlite").path))
      try await body(bench, try bench.server())
    }
  }

  private func codes(_ frames: [Frame]) -> [String] {
    frames.compactMap { frame in
      guard case .result(let result) = frame else { return nil }
      return result.outcome.code
    }
  }

  @Test("Pushes that arrive together are committed together, and one that is refused fails alone")
  func groupCommit() async throws {
    try await withServer { bench, server in
      let lead = try bench.person("Lead", 1)
      let people = try (2..<10).map { try bench.person("Peer \($0)", $0) }
      let visit = try bench.visit(members: [(lead, .lead)] + people.map { ($0, .peer) })
      let stranger = try bench.device(of: try bench.person("Cy", 99), 99)
      var pushes: [(caller: Caller, frames: [Frame])] = []
      for (index, person) in people.enumerated() {
        let device = try bench.device(of: person, UInt8(index) + 20)
        try bench.pull(visit, to: device)
        let frames = [Frame.certificate(device.certificate), try device.write("a", in: visit)]
        pushes.append((device.caller, frames))
      }
      let foreign = pushes[0].frames
      pushes.insert((stranger.caller, foreign), at: 4)
      // The server opened its store before these devices were enrolled through the bench.
      let answers = await withTaskGroup(of: (Int, Result<[Frame], Problem>).self) { group in
        for (index, push) in pushes.enumerated() {
          group.addTask {
            do throws(Problem) {
              return (index, .success(try await server.push(push.frames, from: push.caller)))
            } catch {
              return (index, .failure(error))
            }
          }
        }
        var answers = [Result<[Frame], Problem>?](repeating: nil, count: pushes.count)
        for await (index, answer) in group { answers[index] = answer }
        return answers.compactMap { $0 }
      }
      for (index, answer) in answers.enumerated() {
        switch answer {
        case .success(let frames):
          #expect(codes(frames) == [index == 4 ? "not-on-visit" : "ok"])
          #expect(frames.last == .end)
        case .failure(let problem):
          Issue.record("push \(index): \(problem)")
        }
      }
      let store = try OperationStore(bench.location, meaning: .assessment, isReadOnly: true)
      #expect(try store.logDigest(of: visit).position == 9)
      let verdict = try bench.service.verify(visit, store: store, meaning: .assessment)
      #expect(verdict.problems == [])
    }
  }

  @Test("What a push answered is in the file when the answer is there")
  func durable() async throws {
    try await withServer { bench, server in
      let anna = try bench.person("Anna", 1)
      let visit = try bench.visit(members: [(anna, .lead)])
      let device = try bench.device(of: anna, 11)
      try bench.pull(visit, to: device)
      let frame = try device.write("a", in: visit)
      let answer = try await server.push(
        [.certificate(device.certificate), frame],
        from: device.caller
      )
      #expect(codes(answer) == ["ok"])
      let hash = try #require(frame.sealed?.hash)
      let store = try OperationStore(bench.location, meaning: .assessment, isReadOnly: true)
      #expect(try store.holds(hash, of: visit))
    }
  }

  @Test("A full disk leaves a server that reads and says so, and room makes it whole again")
  func fullDisk() async throws {
    let disk = SimulatedDisk()
    let bench = try ServerBench(.file(disk.path("store.sqlite")))
    let anna = try bench.person("Anna", 1)
    let visit = try bench.visit(members: [(anna, .lead)])
    let device = try bench.device(of: anna, 11)
    try bench.pull(visit, to: device)
    let server = try bench.server()
    try await server.checkWriting()
    let frame = try device.write(String(repeating: "a", count: 8_000), in: visit)
    let body = [Frame.certificate(device.certificate), frame]
    disk.capacity = disk.size
    for _ in 1...2 {
      let problem = await #expect(throws: Problem.self) {
        try await server.push(body, from: device.caller)
      }
      #expect(problem?.code == .unavailable && problem?.detail.contains("disk is full") == true)
      let health = await #expect(throws: Problem.self) { try await server.checkWriting() }
      #expect(health?.detail.contains("disk is full") == true)
      let page = try await server.log(of: visit, after: nil, count: 10, for: device.caller)
      #expect(page.filter { $0.kind == "batch" }.count == 1)
      #expect(try await server.visits(of: device.caller).map(\.digest.position) == [1])
    }
    disk.capacity = nil
    #expect(codes(try await server.push(body, from: device.caller)) == ["ok"])
    try await server.checkWriting()
    let store = try OperationStore(bench.location, meaning: .assessment, isReadOnly: true)
    let verdict = try bench.service.verify(visit, store: store, meaning: .assessment)
    #expect(verdict.problems == [])
  }

  @Test("One sync greets, brings and fetches")
  func sync() async throws {
    try await withServer { bench, server in
      let anna = try bench.person("Anna", 1)
      let visit = try bench.visit(members: [(anna, .lead)])
      let device = try bench.device(of: anna, 11)
      try bench.pull(visit, to: device)
      let hello = Hello(
        client: "test",
        model: 1,
        clock: ServerBench.now,
        held: nil,
        proposed: Bits128(high: 1, low: 1),
        visits: [Hello.Progress(visit: visit, cursor: nil, digest: nil)]
      )
      let frames = [
        Frame.hello(hello.value), .certificate(device.certificate),
        try device.write("a", in: visit), .end,
      ]
      let answer = try await server.sync(frames, from: device.caller)
      #expect(
        answer.map(\.kind)
          == [
            "hello", "result", "certificate", "batch", "certificate", "batch", "page", "head",
            "intake", "end",
          ]
      )
    }
  }

  @Test("A running server answers the sync of a removed member as the plain call does")
  func removedMember() async throws {
    try await withServer { bench, server in
      let anna = try bench.person("Anna", 1)
      let visit = try bench.visit(1, members: [(anna, .peer)])
      let other = try bench.visit(2, members: [(anna, .lead)])
      let device = try bench.device(of: anna, 11)
      try bench.pull(visit, to: device)
      try bench.remove(anna, from: visit)
      let hello = Hello(
        client: "test",
        model: 1,
        clock: ServerBench.now,
        held: nil,
        proposed: Bits128(high: 1, low: 1),
        visits: [visit, other].map { Hello.Progress(visit: $0, cursor: nil, digest: nil) }
      )
      let frames = [
        Frame.hello(hello.value), .certificate(device.certificate),
        try device.write("a", in: visit), .end,
      ]
      let answer = try await server.sync(frames, from: device.caller)
      #expect(codes(answer) == ["held"])
      #expect(
        answer.map(\.kind) == [
          "hello", "result", "certificate", "batch", "page", "head", "intake", "end",
        ]
      )
      // Asked again, only the result differs: the batch is on disk by now.
      let again = try bench.sync(frames, from: device.caller)
      #expect(codes(again) == ["dup"])
      #expect(again.map(\.kind) == answer.map(\.kind))
      let problem = await #expect(throws: Problem.self) {
        try await server.log(of: visit, after: nil, count: 1, for: device.caller)
      }
      #expect(problem?.code == .notOnVisit)
    }
  }

  @Test("A sync that does not begin with a hello, or speaks only later versions, is refused")
  func badHello() async throws {
    try await withServer { bench, server in
      let device = try bench.device(of: try bench.person("Anna", 1), 11)
      let later = Value.object(["v": .list([.int(2)])])
      for (frames, code) in [([Frame.end], Problem.Code.malformed), ([.hello(later)], .upgrade)] {
        let problem = await #expect(throws: Problem.self) {
          try await server.sync(frames, from: device.caller)
        }
        #expect(problem?.code == code)
      }
    }
  }

  @Test("A device that enrols through the server is known at once")
  func enrolledIsKnown() async throws {
    try await withServer { bench, server in
      let code = try bench.code(for: try bench.person("Anna", 1), 3)
      let key = try #require(SigningKey(seed: Array(repeating: 9, count: 32)))
      _ = try await server.enrol(try EnrolRequest(code: code, key: key, deviceName: "Tablet"))
      let nonce = server.nonces.make(at: ServerBench.now)
      let proof = try RequestProof(
        method: "GET",
        target: "/v1/visits",
        body: [],
        nonce: nonce,
        key: key
      )
      let caller = try server.caller(proof, method: "GET", target: "/v1/visits", body: [])
      #expect(caller.replica == key.publicKey.replicaID)
      #expect(try await server.visits(of: caller).isEmpty)
    }
  }

  @Test("Without a proof, or with a nonce that is not the server's, a new nonce is offered")
  func nonces() async throws {
    try await withServer { bench, server in
      let device = try bench.device(of: try bench.person("Anna", 1), 11)
      let stale = server.nonces.make(at: ServerBench.now - (Nonces.lifetime + 1) * 1_000)
      for nonce in ["made-up", stale] {
        let proof = try RequestProof(
          method: "GET",
          target: "/v1/visits",
          body: [],
          nonce: nonce,
          key: device.key
        )
        let problem = #expect(throws: Problem.self) {
          try server.caller(proof, method: "GET", target: "/v1/visits", body: [])
        }
        #expect(problem?.code == .nonce)
      }
      let problem = #expect(throws: Problem.self) {
        try server.caller(nil, method: "GET", target: "/v1/visits", body: [])
      }
      #expect(problem?.code == .nonce)
    }
  }
}
