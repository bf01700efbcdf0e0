import Convergence
import OperationStore
import SyncProtocol
import Testing

@Suite("Certificates in a store")
struct OperationStoreReplicasTests {
  private func admit(
    _ sealed: SealedCertificate,
    to store: OperationStore
  ) throws -> Result<Certificate, ProtocolError> {
    try store.transaction { () throws(StoreError) in
      try store.admit(sealed, identity: Names.identity.publicKey)
    }
  }

  @Test("The first certificate of a replica stands", arguments: StoreKind.allCases)
  func first(kind: StoreKind) throws {
    try kind.withLocation { location in
      let store = try OperationStore(location, meaning: .inertTitles)
      let sealed = Names.certificate(1, of: 1)
      let first = try admit(sealed, to: store).get()
      #expect(try admit(sealed, to: store) == .success(first))
      let renamed = Certificate(
        key: first.key,
        holder: .device(person: first.person, deviceName: "Other"),
        name: "Other",
        issuer: Names.identity.publicKey,
        clock: 9
      )
      #expect(try admit(renamed.sealed(by: Names.identity), to: store) == .success(first))
      let stolen = Names.certificate(1, of: 2)
      #expect(throws: ProtocolError.self) { try admit(stolen, to: store).get() }
      #expect(try store.certificates() == [first])
      #expect(try store.sealedCertificate(of: first.replica) == sealed)
      #expect(try store.sealedCertificate(of: Names.replica(2)) == nil)
      #expect(try store.certificate(of: Names.replica(2)) == nil)
    }
  }

  @Test("A successor is taken once the certificate that vouches for it is held")
  func successor() throws {
    let store = try OperationStore(.memory, meaning: .inertTitles)
    let next = Names.certificate(2, of: 1, by: 1)
    #expect(throws: ProtocolError.self) { try admit(next, to: store).get() }
    _ = try admit(Names.certificate(1, of: 1), to: store).get()
    #expect(try admit(next, to: store).get().person == Names.person(1))
    #expect(throws: ProtocolError.self) {
      try admit(Names.certificate(3, of: 2, by: 2), to: store).get()
    }
  }

  @Test("Certificates are listed in the order of replicas")
  func order() throws {
    let store = try OperationStore(.memory, meaning: .inertTitles)
    for number in 1...9 { _ = try admit(Names.certificate(number, of: number), to: store).get() }
    let listed = try store.certificates().map(\.replica)
    #expect(listed == listed.sorted())
    #expect(listed.count == 9)
  }
}
