import Simulation
import Testing

@Suite("Faults")
struct FaultTests {
  @Test("What nothing defends against yet is off, and says which issue builds the defence")
  func pending() {
    let pending = Fault.allCases.filter { !$0.isOnByDefault }
    #expect(pending == [.serverRollback, .restoredDevice, .clonedDevice, .lostBytes])
    #expect(pending.allSatisfy { $0.pendingIssue == 4 })
    #expect(Set(Fault.usual).isDisjoint(with: pending))
  }
}
