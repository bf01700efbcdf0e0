import Convergence
import SyncProtocol
import Testing

@Suite("Proofs of requests")
struct RequestProofTests {
  private func proof(_ key: Int = 1) throws -> RequestProof {
    try RequestProof(
      method: "POST",
      target: "/v1/push?x=1",
      body: [1, 2],
      nonce: "nonce",
      key: Samples.key(key)
    )
  }

  @Test("A proof holds for its request and key alone")
  func holds() throws {
    let proof = try proof()
    let key = try Samples.key(1).publicKey
    #expect(proof.holds(method: "POST", target: "/v1/push?x=1", body: [1, 2], key: key))
    #expect(!proof.holds(method: "GET", target: "/v1/push?x=1", body: [1, 2], key: key))
    #expect(!proof.holds(method: "POST", target: "/v1/push?x=2", body: [1, 2], key: key))
    #expect(!proof.holds(method: "POST", target: "/v1/push?x=1", body: [1], key: key))
    let other = try Samples.key(2).publicKey
    #expect(!proof.holds(method: "POST", target: "/v1/push?x=1", body: [1, 2], key: other))
    let later = RequestProof(replica: proof.replica, nonce: "later", signature: proof.signature)
    #expect(!later.holds(method: "POST", target: "/v1/push?x=1", body: [1, 2], key: key))
  }

  @Test("A header is read as it was written")
  func header() throws {
    let proof = try proof()
    #expect(RequestProof(header: proof.description) == proof)
  }

  @Test("Anything else is no proof")
  func refused() throws {
    let text = try proof().description
    for header in [
      "", "Fieldbook ", "Bearer x", text + ".x", String(text.dropLast()),
      text.replacing("nonce", with: ""), text.replacing("Fieldbook", with: "fieldbook"),
      text + String(repeating: "x", count: 400),
    ] {
      #expect(RequestProof(header: header) == nil, "\(header)")
    }
  }
}
