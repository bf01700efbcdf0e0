import Convergence
import TestSupport
import Testing

@Suite("Streams")
struct StreamIDTests {
  @Test("A stream is shown as its replica, with the branch behind a slash off the trunk")
  func text() {
    #expect(StreamID.of(0).description == Cast.replica(0).text)
    #expect(
      StreamID.of(0, branch: 2).description == "\(Cast.replica(0))/\(Cast.branch(2).description)"
    )
  }

  @Test("Streams sort by replica, then by branch, the trunk first")
  func order() throws {
    let streams = (0..<Cast.count).flatMap { replica in
      (0..<Cast.count).map { StreamID.of(replica, branch: $0) }
    }
    try checkTotalOrder(streams)
    #expect(StreamID.of(0, branch: 3) < .of(1))
    #expect(StreamID.of(0) < .of(0, branch: 2))
  }

  @Test("Equality counts replica and branch")
  func equality() throws {
    try checkEveryPropertyCounts(
      StreamID.of(0, branch: 1),
      variants: [.of(1, branch: 1), .of(0, branch: 2)]
    )
  }
}
