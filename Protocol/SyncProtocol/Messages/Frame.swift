public import Convergence

/// One step of a body (section 8): a control line, or a sealed line with what rides beside it.
public enum Frame: Hashable, Sendable {
  /// Where a batch stands in a server's log, and when the server received it.
  public struct Place: Hashable, Sendable {
    /// Its position, from 1.
    public let position: Int64

    /// The server's clock when it came, in milliseconds since 1970.
    public let received: Int64

    /// Describes a place.
    public init(position: Int64, received: Int64) {
      self.position = position
      self.received = received
    }
  }

  /// What an enrolment gave.
  public struct Enrolled: Hashable, Sendable {
    /// The server's identity key.
    public let identity: PublicKey

    /// The server's name.
    public let server: String

    /// The history that positions count in.
    public let epoch: Epoch

    /// Who the device now writes as.
    public let person: PersonID

    /// The person's name.
    public let name: String

    /// Describes an enrolment.
    public init(identity: PublicKey, server: String, epoch: Epoch, person: PersonID, name: String) {
      self.identity = identity
      self.server = server
      self.epoch = epoch
      self.person = person
      self.name = name
    }
  }

  /// A hello, of a client or a server.
  case hello(Value)

  /// A certificate.
  case certificate(SealedCertificate)

  /// A batch, and from a server where it stands.
  case batch(SealedBatch, Place?)

  /// In place of a batch that the asking replica sealed itself.
  case own(Hash256, Place)

  /// A signed head.
  case head(line: [UInt8], signature: Signature)

  /// What became of a batch.
  case result(BatchResult)

  /// The end of a visit's batches.
  case page(Page)

  /// How much of a visit is in.
  case intake(Intake)

  /// What an enrolment gave.
  case enrolled(Enrolled)

  /// How far the sender holds the streams of a visit.
  case streams(StreamList)

  /// Which ends of a list of streams the server holds.
  case held(HeldStreams)

  /// The history that the server's positions count in.
  case history(Epoch)

  /// The end of the body.
  case end
}
