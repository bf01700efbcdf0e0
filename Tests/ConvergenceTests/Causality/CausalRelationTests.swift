import Convergence
import Testing

@Suite("Causal relations")
struct CausalRelationTests {
  @Test("Seen from the other side, before and after change places and the others stay")
  func reversed() {
    #expect(CausalRelation.before.reversed == .after)
    #expect(CausalRelation.after.reversed == .before)
    #expect(CausalRelation.equal.reversed == .equal)
    #expect(CausalRelation.concurrent.reversed == .concurrent)
  }
}
