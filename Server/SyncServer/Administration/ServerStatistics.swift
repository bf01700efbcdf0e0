public import Convergence
public import SyncProtocol

/// What a server holds, in numbers.
public struct ServerStatistics: Hashable, Sendable {
  /// The server's name.
  public let name: String

  /// The history that positions count in.
  public let epoch: Epoch

  /// The identity key that enrolment codes name.
  public let identity: PublicKey

  /// How many people are known.
  public let people: Int

  /// How many devices were enrolled.
  public let devices: Int

  /// How many enrolment codes were issued and not used.
  public let openCodes: Int

  /// How many visits there are.
  public let visits: Int

  /// How many batches the logs hold together.
  public let batches: Int64

  /// The numbers as an object.
  public var value: Value {
    .object([
      "batches": .int(batches), "devices": .int(Int64(devices)), "epoch": .string(epoch.text),
      "identity": .string(identity.text), "name": .string(name),
      "openCodes": .int(Int64(openCodes)), "people": .int(Int64(people)),
      "visits": .int(Int64(visits)),
    ])
  }
}
