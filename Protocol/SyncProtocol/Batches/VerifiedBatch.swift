public import Convergence

/// A batch that reads, and that its replica's certified key signed: what a log may admit.
///
/// Making one costs a parse, a hash and a signature check, so it is done in parallel, before the
/// one writer sees it. The writer trusts the type.
public struct VerifiedBatch: Hashable, Sendable {
  /// The bytes and the signature.
  public let sealed: SealedBatch

  /// What the bytes say.
  public let batch: Batch

  /// The hash that names it.
  public let hash: Hash256

  /// Who wrote it, by the certificate.
  public let person: PersonID

  /// Reads and checks a batch (admission, steps 1 to 3).
  ///
  /// - Parameters:
  ///   - sealed: The bytes and the signature.
  ///   - certificate: The valid certificate of a replica, or `nil` if none is held.
  /// - Throws: ``ProtocolError``: `too-large`, `malformed`, `version`, `certificate`, `signature`.
  public init(
    _ sealed: SealedBatch,
    certificate: (ReplicaID) -> Certificate?
  ) throws(ProtocolError) {
    let batch = try Batch(line: sealed.line)
    guard let certificate = certificate(batch.replica) else {
      throw ProtocolError(.certificate, "no certificate is held for replica \(batch.replica)")
    }
    try self.init(sealed, batch: batch, certificate: certificate)
  }

  /// Checks the signature of a batch that was read already.
  ///
  /// - Throws: ``ProtocolError`` `signature`.
  public init(
    _ sealed: SealedBatch,
    batch: Batch,
    certificate: Certificate
  ) throws(ProtocolError) {
    let hash = sealed.hash
    guard certificate.key.verifies(sealed.signature, of: hash) else {
      throw ProtocolError(
        .signature,
        "the signature of batch \(batch.number) of replica \(batch.replica) is not over these bytes"
      )
    }
    self.init(trusted: sealed, batch: batch, hash: hash, person: certificate.person)
  }

  /// Takes back a batch that a store verified before it stored it.
  package init(trusted sealed: SealedBatch, batch: Batch, hash: Hash256, person: PersonID) {
    self.sealed = sealed
    self.batch = batch
    self.hash = hash
    self.person = person
  }
}
