import Convergence
import OperationStore
import SyncProtocol

/// The last head that the server signed of a visit, as the device keeps it: what the server cannot
/// take back.
struct SignedHead {
  /// What it says.
  let head: Head

  private let line: [UInt8]
  private let signature: Signature

  /// Takes one that was checked.
  init(_ head: Head, line: [UInt8], signature: Signature) {
    self.head = head
    self.line = line
    self.signature = signature
  }

  /// The one that is kept of a visit, if any.
  init?(of visit: VisitID, _ store: OperationStore) throws(StoreError) {
    guard let value = try store.document("head", visit.text), let text = value["line"]?.string,
      let signature = value["sig"]?.string.flatMap({ Signature(text: $0) }),
      let head = try? Head(line: Array(text.utf8))
    else { return nil }
    self.init(head, line: Array(text.utf8), signature: signature)
  }

  /// How it is brought as proof.
  var frame: Frame { .head(line: line, signature: signature) }

  /// Whether a later head of the same history can be true beside this one.
  func allows(_ later: Head) -> Bool {
    guard later.epoch == head.epoch else { return true }
    return later.digest.position > head.digest.position || later.digest == head.digest
  }

  /// Keeps it in place of an earlier one.
  func save(in store: OperationStore) throws(StoreError) {
    try store.setDocument(
      "head",
      head.visit.text,
      .object([
        "line": .string(String(decoding: line, as: UTF8.self)), "sig": .string(signature.text),
      ])
    )
  }
}
