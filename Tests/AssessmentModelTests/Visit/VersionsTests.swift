import AssessmentModel
import Convergence
import Testing

@Suite("Versions side by side")
struct VersionsTests {
  private func version(_ person: UInt64, _ replica: UInt64, _ text: String) -> Written<String> {
    Written(dot: Cast.dot(replica, 1), author: Cast.person(person), clock: 0, content: text)
  }

  @Test("Versions are listed by person, replica and counter, whatever the order they came in")
  func order() {
    let versions = [version(1, 9, "a"), version(2, 1, "b"), version(2, 3, "c")]
    #expect(Versions(versions.reversed()).all == versions)
    #expect(Versions(versions.reversed()).contents == ["a", "b", "c"])
  }

  @Test("Versions that say the same are one, and those that differ are split")
  func split() {
    #expect(Versions<String>().only == nil && !Versions<String>().isSplit)
    let same = Versions([version(1, 1, "a"), version(2, 2, "a")])
    #expect(same.only == "a" && !same.isSplit && same.all.count == 2)
    let differ = Versions([version(1, 1, "a"), version(2, 2, "b")])
    #expect(differ.only == nil && differ.isSplit)
  }
}
