import Convergence
import SyncProtocol
import Testing

@Suite("Vectors of bundles")
struct BundleVectorTests {
  @Test("What is whole in a file is read as the vector says", arguments: Vector.all("bundles"))
  func bundles(vector: Vector) throws {
    let read = try? BundleReader.read(try vector.bytes("file"))
    #expect(try (read != nil) == vector.bool("ok"))
    guard let read else { return }
    #expect(try !read.problems.isEmpty == vector.bool("damaged"))
    #expect(vector["items"] == .list(read.entries.map { Self.described($0.item) }))
    #expect(vector["header"].map(Self.sorted) == read.header.map { Self.sorted(Self.stated($0)) })
    let verdict = read.closing.verdict(maker: try maker(of: read, vector.publicKey("identity")))
    #expect(try verdict.rawValue == vector.string("closing"))
  }

  /// The key of the maker, if the certificates of the file alone prove it.
  private func maker(of contents: BundleContents, _ identity: PublicKey) throws -> PublicKey? {
    var held: [ReplicaID: Certificate] = [:]
    for _ in 0..<3 {
      for entry in contents.entries {
        guard case .certificate(let sealed) = entry.item else { continue }
        let certificate = try? sealed.certificate(identity: identity) { held[$0.replicaID] }
        if let certificate { held[certificate.replica] = certificate }
      }
    }
    return contents.header?.maker.flatMap { held[$0]?.key }
  }

  private static func described(_ item: BundleItem) -> Value {
    switch item {
    case .certificate(let sealed):
      return .object([
        "item": .string("certificate"), "line": .string(Text64.encode(sealed.line)),
      ])
    case .batch(let sealed, let place):
      let line = Value.string(Text64.encode(sealed.line))
      guard let place else { return .object(["item": .string("batch"), "line": line]) }
      return .object(["at": .int(place.position), "item": .string("batch"), "line": line])
    case .rescued(let sealed, _):
      return .object(["item": .string("rescued"), "line": .string(Text64.encode(sealed.line))])
    case .open(let open):
      return .object(["counter": .int(open.counter), "item": .string("open")])
    }
  }

  /// The members of a header that a vector names.
  private static func stated(_ header: BundleHeader) -> Value {
    guard case .map(let map) = header.value else { return .list([]) }
    return Value.Map(map.members.filter { $0.key != "v" }).map { .map($0) } ?? .list([])
  }

  private static func sorted(_ value: Value) -> [UInt8] { value.canonical }
}
