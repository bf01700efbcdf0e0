import Convergence
import SyncProtocol
import Testing

@Suite("Pages")
struct PageTests {
  @Test("A page is read as it was written", arguments: [true, false])
  func roundTrip(hasMore: Bool) throws {
    let page = Page(
      visit: Samples.visit,
      digest: LogDigest(position: 0, hash: Samples.hash(1)),
      hasMore: hasMore
    )
    #expect(try Page(page.value) == page)
  }

  @Test("A page without one of its members is malformed")
  func refused() throws {
    let page = Page(
      visit: Samples.visit,
      digest: LogDigest(position: 0, hash: Samples.hash(1)),
      hasMore: false
    )
    guard case .map(let map) = page.value else { return }
    for member in map.members {
      let rest = try #require(Value.Map(map.members.filter { $0 != member }))
      #expect(throws: ProtocolError.self) { try Page(.map(rest)) }
    }
  }
}
