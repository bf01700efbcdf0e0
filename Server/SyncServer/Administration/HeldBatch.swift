public import Convergence
public import SyncProtocol

/// A batch of operations that are held, as the operator of a server sees it.
public struct HeldBatch: Hashable, Sendable {
  /// The visit.
  public let visit: VisitID

  /// The visit's title.
  public let title: String

  /// The replica that wrote it.
  public let replica: ReplicaID

  /// Who wrote it, by its certificate.
  public let person: PersonID

  /// That person's name.
  public let name: String

  /// The device's name.
  public let device: String

  /// Its number in its stream; a copied device has several batches of one number.
  public let number: Int64

  /// The counters of its operations.
  public let counters: ClosedRange<Int64>

  /// Its hash.
  public let hash: Hash256

  /// The server's clock when it came, in milliseconds since 1970.
  public let received: Int64

  /// What its operations are, each kind once: `set judgement`, `add comment`.
  public let kinds: [String]

  /// Why it is held.
  public let why: Decrees.Hold

  /// Whether a person decided already that it stays held.
  public let isRefused: Bool

  /// The batch as an object.
  public var value: Value {
    .object([
      "batch": .int(number),
      "device": .string(device),
      "first": .int(counters.lowerBound),
      "hash": .string(hash.text),
      "kinds": .list(kinds.map { .string($0) }),
      "last": .int(counters.upperBound),
      "name": .string(name),
      "operations": .int(Int64(counters.count)),
      "person": .string(person.text),
      "received": .int(received),
      "refused": .bool(isRefused),
      "replica": .string(replica.text),
      "title": .string(title),
      "visit": .string(visit.text),
      "why": .string(why.word),
    ])
  }

  /// What operations of a batch are, each kind once, in the order in which they stand.
  static func kinds(of batch: Batch) -> [String] {
    var kinds: [String] = []
    for operation in batch.operations {
      let parts = [operation["k"], operation["f"] ?? operation["of"]].compactMap { $0 }
      let words = parts.map(word).joined(separator: " ")
      if !kinds.contains(words) { kinds.append(words) }
    }
    return kinds
  }

  /// A word as it stands in an operation, if it is one: nobody has looked at what it says yet, and an
  /// operator's terminal must not.
  private static func word(_ value: Value) -> String {
    guard let text = value.string, (1...32).contains(text.utf8.count),
      text.utf8.allSatisfy({ byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      })
    else { return "?" }
    return text
  }
}
