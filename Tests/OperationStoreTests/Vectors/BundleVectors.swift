import Convergence
import SyncProtocol

/// The vectors of Swift origin about bundles.
enum BundleVectors {
  static func all() throws -> [VectorFile] {
    var kind = VectorKind("bundles")
    func add(_ slug: String, _ what: String, _ file: [UInt8]) {
      kind.add(slug, what, members(of: file))
    }
    let whole = try stored(bundle())
    add("as-written", "A bundle as a device writes it", whole)
    add("many-members", "A larger one is many members", try stored(bundle(rounds: 6)))
    let rescue = try stored(
      bundle(
        maker: nil,
        more: [
          .rescued(scene.entries[1].sealed, why: "chain"),
          .open(
            BundleItem.OpenOperation(
              visit: Names.visit,
              replica: Names.replica(1),
              counter: 9,
              operation: .object(["d": .int(Names.clock), "k": .string("later")])
            )
          ),
        ]
      )
    )
    add("rescue-without-key", "A rescue that nobody could sign", rescue)
    add("cut-in-the-length", "A cut within the last four bytes is a cut", Array(whole.dropLast(2)))
    add("one-byte-more", "One byte behind the last member is told", whole + [0])
    var other = whole
    other[other.count - 6] ^= 1
    add("checksum", "A checksum that is not that of the bytes is told", other)
    return kind.files
  }

  private static var scene: Scene {
    var scene = Scene()
    scene.certify(Names.authority, of: nil)
    scene.certify(1, of: 1)
    scene.certify(2, of: 1, by: 1)
    let founding = scene.seal(Scene.founding(["lead"]), by: Names.authority)
    let first = scene.seal([Scene.judgement(of: 1, "met")], by: 1, deps: [founding])
    scene.seal([Scene.judgement(of: 1, "not-met")], by: 2, deps: [founding, first])
    return scene
  }

  private static func bundle(
    maker: SigningKey? = Names.key(2),
    rounds: Int = 1,
    more: [BundleItem] = []
  ) throws(ProtocolError) -> [[UInt8]] {
    let scene = scene
    let header = BundleHeader(
      maker: maker?.publicKey.replicaID,
      clock: Names.clock,
      parts: [BundleHeader.Part(visit: Names.visit, first: 1, last: 3, batches: 3)]
    )
    var items = scene.certificates.map { BundleItem.certificate($0) }
    for (index, entry) in scene.entries.enumerated() {
      let place = Frame.Place(position: Int64(index) + 1, received: Names.clock)
      items.append(.batch(entry.sealed, place))
    }
    items += more
    var writer = try BundleWriter(header)
    for _ in 0..<rounds {
      for item in items { try writer.append(item) }
    }
    return rounds == 1
      ? try members(of: try writer.finish(key: maker))
      : try split(members(of: try writer.finish(key: maker)), every: 1_000)
  }

  /// What the members of a file hold.
  private static func members(of file: [UInt8]) throws(ProtocolError) -> [[UInt8]] {
    var members: [[UInt8]] = []
    var rest = file[...]
    while !rest.isEmpty {
      let inflater = try Inflater(atMost: Limits.bundleMemberBytes, ratio: .max)
      var text: [UInt8] = []
      rest = rest.dropFirst(try inflater.take(rest, into: &text))
      members.append(text)
    }
    return members
  }

  /// Smaller members, each of whole frames.
  private static func split(_ members: [[UInt8]], every size: Int) -> [[UInt8]] {
    var parts: [[UInt8]] = [[]]
    var isSealed = false
    for line in members.joined().split(separator: UInt8(ascii: "\n")) {
      let isAnnounced = isSealed
      let announcing = ["{\"batch\":", "{\"certificate\":", "{\"rescued\":"]
      isSealed = announcing.contains { line.starts(with: $0.utf8) }
      if !isAnnounced, parts[parts.count - 1].count > size { parts.append([]) }
      parts[parts.count - 1] += line + [UInt8(ascii: "\n")]
    }
    return parts
  }

  /// A file of members that are stored as they are: the same bytes with every library.
  private static func stored(_ members: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for member in members {
      bytes += [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] as [UInt8]
      for start in stride(from: 0, to: member.count, by: 65_535) {
        let piece = Array(member[start..<min(start + 65_535, member.count)])
        let size = UInt32(piece.count)
        bytes.append(start + 65_535 >= member.count ? 1 : 0)
        bytes += little(size).prefix(2)
        bytes += little(~size).prefix(2)
        bytes += piece
      }
      bytes += little(checksum(member))
      bytes += little(UInt32(member.count))
    }
    return bytes
  }

  private static func little(_ number: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// CRC-32 as RFC 1952 gives it.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 {
        let isOdd = sum & 1 == 1
        sum >>= 1
        if isOdd { sum ^= 0xEDB8_8320 }
      }
    }
    return ~sum
  }

  private static func members(of file: [UInt8]) -> [(String, Value)] {
    let identity = Names.identity.publicKey
    var members: [(String, Value)] = [
      ("file", .string(Text64.encode(file))), ("identity", .string(identity.text)),
    ]
    guard let read = try? BundleReader.read(file) else { return members + [("ok", .bool(false))] }
    members.append(("ok", .bool(true)))
    if case .map(let map)? = read.header?.value {
      let stated = Value.Map(map.members.filter { $0.key != "v" })
      members.append(("header", stated.map { .map($0) } ?? .list([])))
    }
    let isMade = read.header?.maker == Names.replica(2)
    let verdict = read.closing.verdict(maker: isMade ? Names.key(2).publicKey : nil)
    return members + [
      ("items", .list(read.entries.map { described($0.item) })),
      ("damaged", .bool(!read.problems.isEmpty)), ("closing", .string(verdict.rawValue)),
    ]
  }

  private static func described(_ item: BundleItem) -> Value {
    func line(_ name: String, _ line: [UInt8]) -> [String: Value] {
      ["item": .string(name), "line": .string(Text64.encode(line))]
    }
    var members: [String: Value]
    switch item {
    case .certificate(let sealed): members = line("certificate", sealed.line)
    case .rescued(let sealed, _): members = line("rescued", sealed.line)
    case .open(let open): members = ["counter": .int(open.counter), "item": .string("open")]
    case .batch(let sealed, let place):
      members = line("batch", sealed.line)
      if let place { members["at"] = .int(place.position) }
    }
    let sorted = members.map { Value.Map.Member(key: $0.key, value: $0.value) }
      .sorted { $0.key < $1.key }
    return Value.Map(sorted).map { .map($0) } ?? .list([])
  }
}
