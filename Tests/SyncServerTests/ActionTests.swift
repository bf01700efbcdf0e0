import SyncServer
import Testing

@Suite("Who may do what on the wire")
struct ActionTests {
  private static let roles: [String?] = [
    nil, "none", "lead", "peer", "lay", "observer", "staff", "a role of a later version",
  ]

  @Test("Everybody may greet", arguments: roles)
  func greet(_ role: String?) {
    #expect(Action.greet.isAllowed(role: role))
  }

  @Test("Strangers and removed members do not read; everybody else does", arguments: roles)
  func read(_ role: String?) {
    #expect(Action.read.isAllowed(role: role) == (role != nil && role != "none"))
  }

  @Test("Strangers do not push; a removed member may still bring old work", arguments: roles)
  func push(_ role: String?) {
    #expect(Action.push.isAllowed(role: role) == (role != nil))
  }

  @Test("There is no action that this table forgets")
  func table() {
    #expect(Action.allCases == [.greet, .read, .push])
  }
}
