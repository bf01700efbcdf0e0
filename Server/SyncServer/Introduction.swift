import Convergence
import SyncProtocol

/// A replica that the server does not know and that brings the certificates which vouch for it: a
/// successor, or a device that is newer than the backup of a restored server (section 9.1).
struct Introduction {
  /// The certificates, those first on which others rest.
  let chain: [SealedCertificate]

  /// What the last of them says; not checked yet.
  let certificate: Certificate

  /// The calls that may carry certificates.
  private static let targets = ["/v1/sync", "/v1/hello", "/v1/push", "/v1/reconcile"]

  /// How long a chain may be.
  private static let longest = 64

  /// How much of a compressed body is inflated to look for them: a hello, and as many certificates as
  /// a chain may have, each with the frame before it.
  private static let beginningBytes = Limits.frameBytes + longest * 2 * Limits.smallLineBytes

  /// Looks for the certificates of a replica in front of a body; `nil` if there are none.
  ///
  /// Only what stands before the first batch is read: nobody has proved anything yet.
  init?(of replica: ReplicaID, to target: String, in body: [UInt8], isCompressed: Bool) {
    guard Self.targets.contains(target) else { return nil }
    var brought: [ReplicaID: (sealed: SealedCertificate, certificate: Certificate)] = [:]
    var reader = FrameReader(isCompressed ? Self.beginning(of: body) : body)
    reading: while brought.count < Self.longest, let frame = try? reader.next() {
      switch frame {
      case .certificate(let sealed):
        guard let certificate = try? Certificate(line: sealed.line) else { continue }
        brought[certificate.replica] = (sealed, certificate)
      case .hello: continue
      case .batch, .own, .head, .result, .page, .intake, .enrolled, .streams, .held, .history, .end:
        break reading
      }
    }
    var chain: [SealedCertificate] = []
    var next = brought[replica]
    while let found = next, chain.count < Self.longest {
      chain.insert(found.sealed, at: 0)
      let issuer = found.certificate.issuer.replicaID
      next = issuer == found.certificate.replica ? nil : brought[issuer]
    }
    guard let own = brought[replica] else { return nil }
    certificate = own.certificate
    self.chain = chain
  }

  private static func beginning(of body: [UInt8]) -> [UInt8] {
    var beginning: [UInt8] = []
    // What came out before an error is good as far as it goes; what is wrong is said after the proof.
    if let inflater = try? Inflater(atMost: beginningBytes) {
      _ = try? inflater.take(body[...], into: &beginning)
    }
    return beginning
  }

  /// Whether every certificate is valid under the server's own identity, or rests on one that is held.
  func isValid(
    identity: PublicKey,
    held: (ReplicaID) throws(Problem) -> Certificate?
  ) throws(Problem) -> Bool {
    var valid: [ReplicaID: Certificate] = [:]
    for sealed in chain {
      guard let claimed = try? Certificate(line: sealed.line) else { return false }
      var issuer = valid[claimed.issuer.replicaID]
      if issuer == nil, claimed.issuer != identity { issuer = try held(claimed.issuer.replicaID) }
      guard let checked = try? sealed.certificate(identity: identity, issuer: { _ in issuer })
      else { return false }
      valid[checked.replica] = checked
    }
    return valid[certificate.replica] != nil
  }
}
