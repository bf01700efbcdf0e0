import Convergence
import SyncProtocol

/// The vectors of Swift origin about certificates, sealed lines, heads, requests and frames.
enum SealedVectors {
  static func all() throws -> [VectorFile] {
    try certificates() + batches() + heads() + requests() + frames()
  }

  private static func certificates() throws -> [VectorFile] {
    var kind = VectorKind("certificates")
    func add(_ slug: String, _ what: String, _ chain: [SealedCertificate], _ results: [Bool]) {
      kind.add(slug, what, members(of: chain, results))
    }
    func certificate(_ number: Int, _ person: Int?, by issuer: Int = 0) -> SealedCertificate {
      Names.certificate(number, of: person, by: issuer)
    }
    let first = certificate(1, 1)
    add(
      "line-of-three",
      "Each replica of a person vouches for the next",
      [first, certificate(2, 1, by: 1), certificate(3, 1, by: 2)],
      [true, true, true]
    )
    add(
      "missing-link",
      "A chain with a link missing does not hold, and holds once it is there",
      [first, certificate(3, 1, by: 2), certificate(2, 1, by: 1), certificate(3, 1, by: 2)],
      [true, false, true, true]
    )
    add(
      "person-taken-over",
      "A successor cannot become another person",
      [first, certificate(2, 2, by: 1)],
      [true, false]
    )
    add(
      "self-signed-successor",
      "A key does not vouch for itself, certified or not",
      [certificate(4, 1, by: 4), first, certificate(1, 1, by: 1)],
      [false, true, true]
    )
    add(
      "device-makes-authority",
      "A device makes no authority",
      [first, certificate(9, nil, by: 1), certificate(9, nil)],
      [true, false, true]
    )
    add(
      "authority-makes-device",
      "An authority vouches for nobody",
      [certificate(9, nil), certificate(2, 1, by: 9)],
      [true, false]
    )
    let line = first.line
    add(
      "signature-of-the-head",
      "A signature under another label is refused",
      [SealedCertificate(line: line, signature: try Names.identity.sign(Hash256(.head, line)))],
      [false]
    )
    add(
      "other-bytes-same-words",
      "A space more is another line",
      [SealedCertificate(line: line + [0x20], signature: first.signature)],
      [false]
    )
    return kind.files
  }

  private static func members(
    of chain: [SealedCertificate],
    _ results: [Bool]
  ) -> [(String, Value)] {
    let read = chain.map { try? Certificate(line: $0.line) }
    let good = zip(read, results).map { $0.1 ? $0.0 : nil }
    return [
      ("identity", .string(Names.identity.publicKey.text)),
      ("chain", .list(chain.map { VectorKind.sealed($0.line, $0.signature) })),
      ("results", .list(results.map { .string($0 ? "ok" : "bad/certificate") })),
      ("replicas", .list(good.map { .string($0?.replica.text ?? "") })),
      ("persons", .list(good.map { .string($0?.person.text ?? "") })),
    ]
  }

  private static func batches() throws -> [VectorFile] {
    var kind = VectorKind("batches")
    func add(_ slug: String, _ what: String, _ line: [UInt8], signer: SigningKey? = nil) throws {
      kind.add(slug, what, try members(of: line, signer: signer ?? Names.key(1)))
    }
    for (index, sealed) in try sealed().enumerated() {
      try add("as-sealed-\(index + 1)", "A batch as a device seals it", sealed.line)
    }
    let prev = "\"\(Hash256.plain([1]))\""
    let replica = Names.replica(2).text
    try add(
      "members-in-another-order",
      "Members may stand in any order",
      line(["v": "1", "visit": "\"\(Names.visit)\"", "b": "1"])
    )
    try add("signed-by-another", "Another key's signature is refused", line(), signer: Names.key(2))
    try add("number-2-without-prev", "Only the first batch has no `prev`", line(["b": "2"]))
    try add("first-with-prev", "The first batch has no `prev`", line(["prev": prev]))
    try add("first-counter-2", "The first counter is 1", line(["n": "2"]))
    try add(
      "deps-descending",
      "Deps are sorted",
      line([
        "deps": "[[\"\(replica)\",2,\"AAAAAAAAAAAAAAAAAAAAAA\"],"
          + "[\"\(replica)\",1,\"AAAAAAAAAAAAAAAAAAAAAA\"]]"
      ])
    )
    try add(
      "branch-of-who-short",
      "A branch in `who` has 8 bytes",
      line(["who": "[\"\(replica)/AAAA\"]"])
    )
    try add(
      "slash-of-who-alone",
      "A slash in `who` is followed by a branch",
      line(["who": "[\"\(replica)/\"]"])
    )
    try add("time-negative", "A clock may be before 1970", line(["t": "-1"]))
    try add(
      "operation-in-operation",
      "An operation may hold anything 8 deep",
      line(["ops": #"[{"k":"later","x":[[[[[1]]]]]}]"#])
    )
    try add(
      "operation-too-deep",
      "An operation counts from the outermost object of the line",
      line(["ops": #"[{"k":"later","x":[[[[[[1]]]]]]}]"#])
    )
    try add(
      "version-2-unread",
      "Of a later version the outline is read",
      line(["v": "2", "t": "", "who": "{}", "ops": #"["?",7]"#])
    )
    try add(
      "version-2-number-0",
      "Of a later version the outline has to be good",
      line(["v": "2", "b": "0"])
    )
    return kind.files
  }

  /// A line under a signature, and what a reader makes of it with the certificate of replica 1.
  private static func members(of line: [UInt8], signer: SigningKey) throws -> [(String, Value)] {
    let key = Names.key(1)
    let hash = Hash256(.batch, line)
    let signature = try signer.sign(hash)
    let certificate = Certificate(
      key: key.publicKey,
      holder: .device(person: Names.person(1), deviceName: "Tablet"),
      name: "Person 1",
      issuer: Names.identity.publicKey,
      clock: 0
    )
    var members: [(String, Value)] = [
      VectorKind.line(line), ("sig", .string(signature.text)),
      ("key", .string(key.publicKey.text)), ("hash", .string(hash.text)),
    ]
    do throws(ProtocolError) {
      let sealed = SealedBatch(line: line, signature: signature)
      let batch = try VerifiedBatch(sealed) { _ in certificate }.batch
      members.append(("code", .string("ok")))
      members.append(
        (
          "header",
          .object([
            "visit": .string(batch.visit.text), "replica": .string(batch.replica.text),
            "b": .int(batch.number), "n": .int(batch.firstCounter),
            "last": .int(batch.lastCounter),
          ])
        )
      )
    } catch {
      members.append(("code", .string("bad/\(error.code.rawValue)")))
    }
    return members
  }

  /// The outline of a batch, with some members changed or left out.
  private static func line(_ changes: KeyValuePairs<String, String> = [:]) -> [UInt8] {
    var members = [
      ("v", "1"), ("visit", "\"\(Names.visit)\""), ("replica", "\"\(Names.replica(1))\""),
      ("b", "1"), ("n", "1"), ("t", "\(Names.clock)"),
      ("ops", #"[{"k":"set","at":"visit","f":"interest","s":"@","v":{"declares":"none"}}]"#),
    ]
    for (key, value) in changes {
      members.removeAll { $0.0 == key }
      if !value.isEmpty { members.append((key, value)) }
    }
    return Array("{\(members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}".utf8)
  }

  /// Batches that the sealer makes of open operations: nothing here is written by hand.
  private static func sealed() throws -> [SealedBatch] {
    let person = Names.person(1)
    var drafts: [Draft] = []
    for number in 0..<300 {
      let location = Dot(replica: Names.replica(number % 7 + 2), counter: Int64(number + 1))
      drafts.append(
        Draft(
          Assignment(
            record: number % 3 == 0 ? .item(location) : .named("standard:A\(number)"),
            field: "judgement",
            slot: number % 2 == 0 ? person.text : Names.person(2).text,
            location: number % 5 == 0 ? location : nil,
            value: .object(["is": .string("met"), "because": .string("\u{E9}\"\n\(number)")]),
            over: number % 4 == 0 ? [location] : []
          ),
          cites: number % 6 == 0 ? [location] : []
        )
      )
    }
    drafts.append(
      Draft(
        Addition(
          type: "evidence",
          within: .named("visit"),
          fields: [Addition.Field(name: "supports", slot: "A1/2:3", value: .bool(true))]
        )
      )
    )
    let open = try drafts.enumerated().map { index, draft in
      try OpenOperation(
        counter: Int64(index + 1),
        clock: Names.clock + Int64(index * index % 11),
        draft: draft
      )
    }
    let deps = (2...8).map {
      Dependency(
        replica: Names.replica($0),
        lastCounter: 300,
        hashPrefix: Hash256.plain([1]).prefix
      )
    }
    return try Sealer(visit: Names.visit, key: Names.key(1), person: person)
      .seal(open, after: .start, deps: deps)
  }

  private static func heads() throws -> [VectorFile] {
    var kind = VectorKind("heads")
    let key = Names.key(Names.authority)
    var digest = LogDigest(emptyLogOf: Names.visit)
    for number in UInt8(0)..<3 { digest.append(Hash256.plain([number])) }
    let epoch = Epoch(bits: Hash256.plain([7]).prefix)
    func line(_ replica: ReplicaID) -> [UInt8] {
      Head(visit: Names.visit, epoch: epoch, digest: digest, replica: replica).line
    }
    let own = line(key.publicKey.replicaID)
    for (slug, what, line, signature, isGood) in [
      (
        "of-three-batches", "A head as a server signs it", own, try key.sign(Hash256(.head, own)),
        true
      ),
      (
        "of-another-replica", "A head names the replica that signs it", line(Names.replica(1)),
        try key.sign(Hash256(.head, line(Names.replica(1)))), false
      ),
      (
        "signed-as-a-certificate", "A signature under another label is refused", own,
        try key.sign(Hash256(.certificate, own)), false
      ),
    ] {
      kind.add(
        slug,
        what,
        [
          VectorKind.line(line), ("sig", .string(signature.text)),
          ("key", .string(key.publicKey.text)), ("ok", .bool(isGood)),
        ]
      )
    }
    return kind.files
  }

  private static func requests() throws -> [VectorFile] {
    var kind = VectorKind("requests")
    let key = Names.key(2)
    let nonce = Nonces(secret: [UInt8](repeating: 1, count: 32)).make(at: Names.clock)
    func add(_ slug: String, _ what: String, target: String, signed: String, body: [UInt8]) throws {
      let proof = try RequestProof(
        method: "GET",
        target: signed,
        body: body,
        nonce: nonce,
        key: key
      )
      let isGood = proof.holds(method: "GET", target: target, body: body, key: key.publicKey)
      var members: [(String, Value)] = [
        ("method", .string("GET")), ("target", .string(target)), ("nonce", .string(nonce)),
        ("body", .string(Text64.encode(body))), ("key", .string(key.publicKey.text)),
        ("sig", .string(proof.signature.text)), ("ok", .bool(isGood)),
      ]
      if isGood { members.append(("authorization", .string(proof.description))) }
      kind.add(slug, what, members)
    }
    let log = "/v1/visits/\(Names.visit)/log?after=\(Names.visit).7&limit=10"
    try add("log-page", "A request without a body is proved", target: log, signed: log, body: [])
    try add(
      "other-case",
      "The target is compared byte by byte",
      target: log,
      signed: log.replacing("after", with: "After"),
      body: []
    )
    try add(
      "escaped-target",
      "The target is signed as it is sent, escapes and all",
      target: "/v1/visits?x=%C3%A9",
      signed: "/v1/visits?x=%C3%A9",
      body: [0, 255]
    )
    return kind.files
  }

  private static func frames() throws -> [VectorFile] {
    var kind = VectorKind("frames")
    let certificate = Names.certificate(1, of: 1)
    let batch = try sealed()[0]
    let place = Frame.Place(position: 3, received: Names.clock)
    let digest = LogDigest(position: 3, hash: batch.hash)
    let frames: [Frame] = [
      .certificate(certificate), .batch(batch, place), .own(batch.hash, place),
      .result(BatchResult(try Batch(line: batch.line), .gap(next: 2))),
      .page(Page(visit: Names.visit, digest: digest, hasMore: false)), .end,
    ]
    let body = Frame.body(frames)
    func add(_ slug: String, _ what: String, _ body: [UInt8]) {
      var members: [(String, Value)] = [("body", .string(Text64.encode(body)))]
      if let read = try? FrameReader.frames(of: body) {
        members += [
          ("ok", .bool(true)), ("frames", .list(read.frames.map(described))),
          ("complete", .bool(read.isComplete)),
        ]
      } else {
        members.append(("ok", .bool(false)))
      }
      kind.add(slug, what, members)
    }
    add("answer", "A body as this program writes it", body)
    for cut in [1, 3, 10, 100, 2_000] {
      add(
        "cut-\(cut)-before-the-end",
        "Whole frames before a cut are good",
        Array(body.dropLast(cut))
      )
    }
    add(
      "unknown-between",
      "A frame of a later version is passed over",
      Array("{\"later\":[1]}\n".utf8) + body
    )
    add("end-and-space", "Nothing stands behind the end", body + [0x20])
    return kind.files
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
