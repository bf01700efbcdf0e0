public import Convergence
public import SyncProtocol

/// A body of batches, read and checked before the one writer sees it.
///
/// Parsing, hashing and signatures are most of the work of a push and need no store, so they are
/// done by whoever received the body, in parallel with others.
public struct Push: Sendable {
  /// One batch of the body, in order: ready, or refused and why.
  public enum Item: Hashable, Sendable {
    /// Reads and is signed by its certified replica.
    case ready(VerifiedBatch)

    /// Will be answered `bad`.
    case refused(BatchResult)
  }

  /// The certificates that came with the batches and are valid.
  public private(set) var certificates: [SealedCertificate] = []

  /// One item a batch, in the order of the body.
  public private(set) var items: [Item] = []

  /// Whether the body brought nothing to store and nothing to answer.
  public var isEmpty: Bool { items.isEmpty && certificates.isEmpty }

  /// The visits of the batches that are ready, sorted.
  public var visits: [VisitID] {
    Set(
      items.compactMap { item in
        guard case .ready(let batch) = item else { return nil }
        return batch.batch.visit
      }
    ).sorted()
  }

  /// The batches that are ready, as deps name them.
  var names: Set<Dependency> {
    Set(
      items.compactMap { item in
        guard case .ready(let verified) = item else { return nil }
        return Dependency(
          replica: verified.batch.replica,
          lastCounter: verified.batch.lastCounter,
          hashPrefix: verified.hash.prefix
        )
      }
    )
  }

  /// Reads and checks the certificates and batches among some frames.
  ///
  /// - Parameters:
  ///   - frames: The frames of a body.
  ///   - identity: The server's identity key.
  ///   - held: The certificate that the server holds of a replica.
  public init(
    _ frames: some Sequence<Frame>,
    identity: PublicKey,
    held: (ReplicaID) -> Certificate?
  ) {
    var brought: [ReplicaID: Certificate] = [:]
    for frame in frames {
      switch frame {
      case .certificate(let sealed):
        let certificate = try? sealed.certificate(identity: identity) { key in
          brought[key.replicaID] ?? held(key.replicaID)
        }
        // An invalid one is worth nothing; the batches that need it are refused for want of it.
        guard let certificate else { continue }
        brought[certificate.replica] = certificate
        certificates.append(sealed)
      case .batch(let sealed, _):
        items.append(Self.item(sealed) { brought[$0] ?? held($0) })
      case .hello, .own, .head, .result, .page, .intake, .enrolled, .streams, .held, .history,
        .end:
        continue
      }
    }
  }

  private static func item(
    _ sealed: SealedBatch,
    certificate: (ReplicaID) -> Certificate?
  ) -> Item {
    var batch: Batch?
    do throws(ProtocolError) {
      let read = try Batch(line: sealed.line)
      batch = read
      guard let certificate = certificate(read.replica) else {
        throw ProtocolError(.certificate, "no certificate is held")
      }
      return .ready(try VerifiedBatch(sealed, batch: read, certificate: certificate))
    } catch {
      let result = BatchResult(
        visit: batch?.visit,
        replica: batch?.replica,
        number: batch?.number,
        outcome: .bad(error.code)
      )
      return .refused(result)
    }
  }
}
