import Convergence
import SyncProtocol
import Testing

@Suite("The answer of a poll")
struct PokeListTests {
  private let first = Poke(visit: VisitID(bits: Bits128(high: 1, low: 2)), position: 7)
  private let second = Poke(visit: VisitID(bits: Bits128(high: 3, low: 4)), position: 8)

  @Test("It reads as it was written, in one order")
  func roundTrip() throws {
    for list in [PokeList([]), PokeList([first]), PokeList([second, first])] {
      #expect(try PokeList(body: list.body) == list)
    }
    #expect(PokeList([second, first]).pokes == [first, second])
  }

  @Test("Its name is another one as soon as anything is")
  func name() {
    let names = [
      PokeList([]), PokeList([first]), PokeList([first, second]),
      PokeList([Poke(visit: first.visit, position: 8)]),
      PokeList([Poke(visit: second.visit, position: 7)]),
    ].map(\.name)
    #expect(Set(names).count == names.count)
    // As computed by hand with another program: the first 16 bytes of SHA-256 of the list's JSON.
    #expect(PokeList([first]).name == "vG1KHnYqQgGQoR0zz6b7UA")
  }

  @Test("A list that does not read, or bears the name of another, is refused")
  func malformed() {
    let other = PokeList([second]).name
    for text in [
      "", "{}", "{\"name\":\"\(other)\",\"visits\":[]}", "{\"name\":1,\"visits\":[]}",
      "{\"name\":\"\(other)\",\"visits\":[1]}", "{\"name\":\"\(other)\",\"visits\":{}}",
    ] {
      let error = #expect(throws: ProtocolError.self) { try PokeList(body: Array(text.utf8)) }
      #expect(error?.code == .malformed, "\(text)")
    }
  }
}
