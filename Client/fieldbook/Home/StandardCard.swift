import AssessmentModel
import Convergence
import OperationStore

/// What a command needs to know of a standard to take a judgement of it, without the framework.
///
/// Reading a whole framework takes longer than everything else that `judge` does, so the store
/// keeps one card for each ref that finds a standard.
struct StandardCard {
  let id: StandardID
  let ref: String
  let title: String

  /// Whether the document says that a policy alone does not meet it (R6).
  let warnsOfPolicyAlone: Bool

  /// Linked standards by ID and ref, to be shown beside it (R8).
  let linked: [(id: StandardID, ref: String)]

  /// Reads the card of a ref; `nil` if there is none.
  init?(
    _ ref: String,
    of framework: FrameworkPin,
    in store: OperationStore
  ) throws(StoreError) {
    let key = RefKey(ref).text
    guard let value = try store.document(Self.kind(framework), key),
      let id = value["id"]?.string.flatMap({ StandardID($0) }), let ref = value["ref"]?.string,
      let title = value["title"]?.string
    else { return nil }
    self.id = id
    self.ref = ref
    self.title = title
    warnsOfPolicyAlone = value["policy"]?.bool ?? false
    linked = (value["linked"]?.list ?? []).compactMap { pair in
      guard let parts = pair.list, parts.count == 2, let ref = parts[1].string,
        let id = parts[0].string.flatMap({ StandardID($0) })
      else { return nil }
      return (id, ref)
    }
  }

  /// Makes the card of a standard.
  init(_ standard: Standard, in framework: Framework) {
    id = standard.id
    ref = standard.ref
    title = standard.title
    warnsOfPolicyAlone = standard.policyAloneIsNotMet
    linked = framework.linkedStandards(of: standard.id).map { ($0.id, $0.ref) }
  }

  /// Writes the cards of a framework, unless they are there.
  ///
  /// Call it in a transaction.
  static func keep(
    _ framework: Framework,
    pinned pin: FrameworkPin,
    in store: OperationStore
  ) throws(StoreError) {
    guard try store.document("device", kind(pin)) == nil else { return }
    for standard in framework.standards.reversed() {
      let value = StandardCard(standard, in: framework).value
      // What a ref finds is the framework's to say: it may stand for several.
      for ref in standard.allRefs where framework.standard(ref: ref)?.id == standard.id {
        try store.setDocument(kind(pin), RefKey(ref).text, value)
      }
    }
    try store.setDocument("device", kind(pin), .bool(true))
  }

  private static func kind(_ pin: FrameworkPin) -> String { "cards/\(pin.hash)" }

  private var value: Value {
    .object([
      "id": .string(id.text),
      "linked": .list(linked.map { .list([.string($0.id.text), .string($0.ref)]) }),
      "policy": .bool(warnsOfPolicyAlone),
      "ref": .string(ref),
      "title": .string(title),
    ])
  }
}
