import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("How cell keys are kept")
struct OperationStoreKeysTests {
  /// Writes the member cell of person 1 over what stands there.
  private func appoint(_ role: String, in store: OperationStore) throws {
    let key = CellKey(.named("visit"), "member", slot: Names.person(1).text)
    try store.transaction { () throws(StoreError) in
      let over = try store.cells(of: Names.visit)[key].siblings.map(\.dot)
      let assignment = Assignment(
        record: .named("visit"),
        field: "member",
        slot: Names.person(1).text,
        value: .object(["role": .string(role)]),
        over: over
      )
      _ = try store.write([Draft(assignment)], to: Names.visit, clock: Names.clock)
    }
  }

  private func roles(in store: OperationStore) throws -> [String?] {
    try store.cells(of: Names.visit).cells.values.flatMap(\.siblings).map {
      $0.value["role"]?.string
    }
  }

  @Test("A person's cell stays one cell when the person enrols a device after it was written")
  func enrolledLater() throws {
    try StoreKind.file.withLocation { location in
      do {
        let store = try OperationStore(location, meaning: .inertTitles)
        try store.transaction { () throws(StoreError) in
          try store.addVisit(Names.visit)
          for (number, person) in [(Names.authority, nil), (2, 2)] {
            _ = try store.admit(
              Names.certificate(number, of: person),
              identity: Names.identity.publicKey
            )
          }
          try store.setOwnReplica(Names.replica(Names.authority))
        }
        try appoint("peer", in: store)
        try store.transaction { () throws(StoreError) in
          _ = try store.admit(
            Names.certificate(1, of: 1),
            identity: Names.identity.publicKey
          )
        }
        try appoint("none", in: store)
        #expect(try roles(in: store) == ["none"])
      }
      let again = try OperationStore(location, meaning: .inertTitles)
      #expect(try roles(in: again) == ["none"])
    }
  }

  @Test("What is read again and again is what another connection wrote meanwhile")
  func otherConnection() throws {
    try StoreKind.file.withLocation { location in
      let first = try Device(1, location)
      try first.write(Device.title("a"))
      let reader = try OperationStore(location, meaning: .inertTitles, isReadOnly: true)
      for title in ["b", "c"] {
        let before = try reader.cells(of: Names.visit)
        #expect(try before == first.store.cells(of: Names.visit))
        try first.write(Device.title(title))
        #expect(try reader.cells(of: Names.visit) == first.store.cells(of: Names.visit))
        #expect(try reader.cells(of: Names.visit) != before)
      }
    }
  }
}
