import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Register")
struct OperationStoreRegisterTests {
  @Test("A document is what was put there last, until it is removed", arguments: StoreKind.allCases)
  func documents(kind: StoreKind) throws {
    try kind.withLocation { location in
      let store = try OperationStore(location, meaning: .inertTitles)
      func set(_ key: String, _ value: Value?) throws {
        try store.transaction { () throws(StoreError) in
          try store.setDocument("setting", key, value)
        }
      }
      #expect(try store.document("setting", "a") == nil)
      try set("b", .object(["x": .string("\u{E9}\"\n")]))
      try set("a", .int(1))
      try set("a", .int(2))
      #expect(try store.document("setting", "a") == .int(2))
      #expect(try store.document("other", "a") == nil)
      #expect(try store.documents("setting").map(\.key) == ["a", "b"])
      #expect(try store.documents("setting")[1].value["x"] == .string("\u{E9}\"\n"))
      try set("a", nil)
      try set("nothing", nil)
      #expect(try store.documents("setting").map(\.key) == ["b"])
    }
  }
}
