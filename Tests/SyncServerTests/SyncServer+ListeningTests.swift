import AssessmentModel
import Convergence
import Foundation
import OperationStore
import SyncProtocol
import SyncServer
import TestSupport
import Testing

@Suite("Who listens to a server")
struct SyncServerListeningTests {
  /// A running server with Anna and Ben on a visit.
  private struct Team {
    let server: SyncServer
    let anna: Device
    let ben: Device
    let visit: VisitID

    init(in folder: URL) throws {
      let bench = try ServerBench(.file(folder.appendingPathComponent("store.sqlite").path))
      (anna, ben, visit) = try bench.team()
      try bench.pull(visit, to: anna)
      server = try bench.server()
    }

    func listen(_ device: Device) async throws -> Listener {
      try await server.listen(for: device.caller, atMost: 2)
    }
  }

  @Test("After a commit everybody who may read the visit is told how far its log goes")
  func told() async throws {
    try await withFolderAsync { folder in
      let team = try Team(in: folder)
      let (first, second) = (try await team.listen(team.anna), try await team.listen(team.ben))
      #expect(first.take().isEmpty)
      let frames = try ["a", "b"].map { try team.anna.write($0, in: team.visit) }
      _ = try await team.server.push([frames[0]], from: team.anna.caller)
      #expect(first.take() == [Poke(visit: team.visit, position: 2)])
      // One slot: whoever was slow hears of the end alone.
      _ = try await team.server.push([frames[1]], from: team.anna.caller)
      #expect(second.take() == [Poke(visit: team.visit, position: 3)])
      #expect(first.take() == [Poke(visit: team.visit, position: 3)])
      #expect(first.take().isEmpty)
    }
  }

  @Test("What brought nothing new is told to nobody")
  func nothingNew() async throws {
    try await withFolderAsync { folder in
      let team = try Team(in: folder)
      let listener = try await team.listen(team.ben)
      let frame = try team.anna.write("a", in: team.visit)
      _ = try await team.server.push([frame], from: team.anna.caller)
      #expect(listener.take().count == 1)
      _ = try await team.server.push([frame], from: team.anna.caller)
      _ = try await team.server.administer { _, _, _ in }
      #expect(listener.take().isEmpty)
    }
  }

  @Test("Whoever was removed hears of the visit no more; the others hear of the removal")
  func removed() async throws {
    try await withFolderAsync { folder in
      let team = try Team(in: folder)
      let (first, second) = (try await team.listen(team.anna), try await team.listen(team.ben))
      let (ben, visit) = (team.ben.caller.person, team.visit)
      try await team.server.administer { (service, store, now) throws(Problem) in
        do {
          let draft = try Roster(cells: try store.cells(of: visit)).remove(ben, cut: [])
          try service.decree([draft], in: visit, now: now, store: store)
        } catch {
          throw error as? Problem ?? Problem(.unavailable, "\(error)")
        }
      }
      #expect(first.take().map(\.visit) == [visit])
      #expect(second.take().isEmpty)
    }
  }

  @Test("As many listen as are allowed, and whoever is let go makes room")
  func bounded() async throws {
    try await withFolderAsync { folder in
      let team = try Team(in: folder)
      var listeners = [try await team.listen(team.anna), try await team.listen(team.ben)]
      let problem = await #expect(throws: Problem.self) { try await team.listen(team.anna) }
      #expect(problem?.code == .busy)
      listeners.removeLast()
      _ = try await team.listen(team.anna)
      #expect(listeners.count == 1)
    }
  }

  @Test("Rings become one while nobody looks, and end when it is finished")
  func rings() async throws {
    try await withFolderAsync { folder in
      let team = try Team(in: folder)
      let listener = try await team.listen(team.anna)
      for _ in 0..<3 { listener.ring() }
      var count = 0
      for await _ in listener.rings {
        count += 1
        listener.finish()
      }
      #expect(count == 1)
    }
  }
}
