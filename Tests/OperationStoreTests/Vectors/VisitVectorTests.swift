import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Vectors of whole visits")
struct VisitVectorTests {
  @Test("A visit comes out as the vector says, however it arrives", arguments: Vector.all("visits"))
  func visits(vector: Vector) throws {
    for arrival in try #require(vector["arrivals"]?.list) {
      let bench = try VisitBench(vector)
      let order = try #require(arrival["order"]?.list).compactMap { $0.int.map { Int($0) } }
      let isComplete = arrival["complete"] == .bool(true)
      let found = try bench.arrival(order, isComplete: isComplete)
      #expect(lines(found) == lines(arrival))
      guard isComplete else { continue }
      #expect(try lines(bench.final()) == lines(vector["final"]))
      // What was merged step by step is what the whole log gives.
      try bench.rederive()
      #expect(try lines(bench.final()) == lines(vector["final"]))
    }
  }

  @Test("Certificates are taken in as the vector says", arguments: Vector.all("certificates"))
  func certificates(vector: Vector) throws {
    let store = try OperationStore(.memory, meaning: .inertTitles)
    let identity = try vector.publicKey("identity")
    var results: [Value] = []
    for entry in try #require(vector["chain"]?.list) {
      let signature = try #require(entry["sig"]?.string.flatMap { Signature(text: $0) })
      let sealed = SealedCertificate(line: try Vector.line(entry), signature: signature)
      let outcome = try store.transaction { () throws(StoreError) in
        try store.admit(sealed, identity: identity)
      }
      switch outcome {
      case .success(let certificate):
        results.append(.string("ok"))
        #expect(try store.certificate(of: certificate.replica) == certificate)
      case .failure(let error): results.append(.string("bad/\(error.code.rawValue)"))
      }
    }
    #expect(vector["results"] == .list(results))
  }

  /// One line an element of each member, so that a failure shows which differ.
  private func lines(_ value: Value?) -> [String] {
    guard case .map(let map)? = value else { return ["absent"] }
    return map.members.flatMap { member -> [String] in
      (member.value.list ?? [member.value]).map {
        "\(member.key): \(String(decoding: $0.canonical, as: UTF8.self))"
      }
    }
  }
}
