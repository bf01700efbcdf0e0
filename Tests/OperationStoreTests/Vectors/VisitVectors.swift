import Convergence
import SyncProtocol
import TestSupport

/// The vectors of Swift origin about whole visits: by hand where a rule is subtle, by chance where
/// only many histories will do.
enum VisitVectors {
  static func all() throws -> [VectorFile] {
    var kind = VectorKind("visits")
    for (slug, what, scene) in scenes() {
      try add(slug, what, scene, seed: UInt64(kind.files.count), to: &kind)
    }
    let options = [
      ("plain", History.Options(batches: 9, forks: false, moves: false, roster: false)),
      ("roster", History.Options(replicas: 3, batches: 10, forks: false, moves: false)),
      ("forks", History.Options(people: 2, replicas: 3, batches: 10, moves: false, roster: false)),
      ("moves", History.Options(people: 2, replicas: 3, batches: 10, forks: false, roster: false)),
      ("all", History.Options(people: 3, replicas: 4, batches: 13)),
    ]
    for round in UInt64(1)...6 {
      for (name, options) in options {
        let history = History(seed: 1_000 * round + UInt64(name.utf8.count), options)
        let what = "A visit by chance comes out alike whatever the order of arrival"
        try add("chance-\(name)-\(round)", what, history.scene, seed: round, to: &kind)
      }
    }
    return kind.files
  }

  /// Three arrivals: as it came about, another such order, and one with no order at all.
  private static func add(
    _ slug: String,
    _ what: String,
    _ scene: Scene,
    seed: UInt64,
    to kind: inout VectorKind
  ) throws {
    var random = SeededGenerator(seed: seed)
    let count = scene.entries.count
    let inOrder = Array(0..<count)
    let other = Orders.linearExtension(count, using: &random) { scene.precedes($0, $1) }
    var arrivals: [Value] = []
    var final: Value?
    for order in [inOrder, other, random.repeated(inOrder) + other] {
      let bench = try VisitBench(scene)
      arrivals.append(try bench.arrival(order, isComplete: true))
      final = try bench.final()
    }
    let certificates = scene.certificates.map { VectorKind.sealed($0.line, $0.signature) }
    let batches = scene.entries.map { VectorKind.sealed($0.sealed.line, $0.sealed.signature) }
    kind.add(
      slug,
      what,
      [
        ("identity", .string(Names.identity.publicKey.text)), ("visit", .string(Names.visit.text)),
        ("certificates", .list(certificates)), ("batches", .list(batches)),
        ("arrivals", .list(arrivals)), ("final", final ?? .list([])),
      ]
    )
  }
}
