import Convergence
import SyncProtocol
import Testing

@Suite("Vectors of sealed lines and frames")
struct SealedVectorTests {
  @Test("Certificates are judged as the vector says", arguments: Vector.all("certificates"))
  func certificates(vector: Vector) throws {
    let identity = try vector.publicKey("identity")
    var held: [ReplicaID: Certificate] = [:]
    var results: [Value] = []
    var replicas: [Value] = []
    var persons: [Value] = []
    for entry in try #require(vector["chain"]?.list) {
      let signature = try #require(entry["sig"]?.string.flatMap { Signature(text: $0) })
      let sealed = SealedCertificate(line: try Vector.line(entry), signature: signature)
      let read = try? sealed.certificate(identity: identity) { held[$0.replicaID] }
      // A store keeps the first; of another person it takes none (section 2.5).
      let stands = read.flatMap { held[$0.replica] } ?? read
      let valid = read.flatMap { $0.person == stands?.person ? $0 : nil }
      if let valid, held[valid.replica] == nil { held[valid.replica] = valid }
      results.append(.string(valid == nil ? "bad/certificate" : "ok"))
      replicas.append(.string(valid?.replica.text ?? ""))
      persons.append(.string(valid?.person.text ?? ""))
    }
    #expect(vector["results"] == .list(results))
    #expect(vector["replicas"] == .list(replicas))
    #expect(vector["persons"] == .list(persons))
  }

  @Test("A sealed batch is judged as the vector says", arguments: Vector.all("batches"))
  func batches(vector: Vector) throws {
    let key = try vector.publicKey("key")
    let sealed = SealedBatch(line: try vector.line, signature: try vector.signature())
    #expect(sealed.hash.text == vector["hash"]?.string)
    let certificate = Certificate(
      key: key,
      holder: .authority,
      name: "Server",
      issuer: key,
      clock: 0
    )
    let code: String
    do throws(ProtocolError) {
      let verified = try VerifiedBatch(sealed) { $0 == key.replicaID ? certificate : nil }
      code = "ok"
      #expect(vector["header"] == Self.header(verified.batch))
      #expect(verified.hash == sealed.hash)
    } catch {
      code = "bad/\(error.code.rawValue)"
    }
    #expect(code == vector["code"]?.string)
  }

  private static func header(_ batch: Batch) -> Value {
    .object([
      "visit": .string(batch.visit.text), "replica": .string(batch.replica.text),
      "b": .int(batch.number), "n": .int(batch.firstCounter), "last": .int(batch.lastCounter),
    ])
  }

  @Test("A head is judged as the vector says", arguments: Vector.all("heads"))
  func heads(vector: Vector) throws {
    let key = try vector.publicKey("key")
    let line = try vector.line
    let signature = try vector.signature()
    let head = try? Head(line: line)
    let isGood = head?.replica == key.replicaID && key.verifies(signature, of: Hash256(.head, line))
    #expect(try isGood == vector.bool("ok"))
  }

  @Test("The proof of a request is judged as the vector says", arguments: Vector.all("requests"))
  func requests(vector: Vector) throws {
    let key = try vector.publicKey("key")
    let proof = RequestProof(
      replica: key.replicaID,
      nonce: try vector.string("nonce"),
      signature: try vector.signature()
    )
    let holds = proof.holds(
      method: try vector.string("method"),
      target: try vector.string("target"),
      body: try vector.bytes("body"),
      key: key
    )
    #expect(try holds == vector.bool("ok"))
    if holds {
      #expect(proof.description == vector["authorization"]?.string)
      #expect(RequestProof(header: proof.description) == proof)
    }
  }

  @Test("A body is cut into frames as the vector says", arguments: Vector.all("frames"))
  func frames(vector: Vector) throws {
    let body = try vector.bytes("body")
    let read = try? FrameReader.frames(of: body)
    #expect(try (read != nil) == vector.bool("ok"))
    guard let read else { return }
    #expect(try read.isComplete == vector.bool("complete"))
    #expect(vector["frames"] == .list(read.frames.map(Self.described)))
  }

  private static func described(_ frame: Frame) -> Value {
    func sealed(_ name: String, _ line: [UInt8]) -> Value {
      .object(["frame": .string(name), "line": .string(Text64.encode(line))])
    }
    return switch frame {
    case .hello: .object(["frame": .string("hello")])
    case .certificate(let certificate): sealed("certificate", certificate.line)
    case .batch(let batch, _): sealed("batch", batch.line)
    case .own: .object(["frame": .string("own")])
    case .head(let line, _): sealed("head", line)
    case .result: .object(["frame": .string("result")])
    case .page: .object(["frame": .string("page")])
    case .intake: .object(["frame": .string("intake")])
    case .enrolled: .object(["frame": .string("enrolled")])
    case .streams: .object(["frame": .string("streams")])
    case .held: .object(["frame": .string("held")])
    case .history: .object(["frame": .string("history")])
    case .end: .object(["frame": .string("end")])
    }
  }
}
