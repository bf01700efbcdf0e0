import Convergence
import SyncProtocol
import Testing

@Suite("Cursors")
struct CursorTests {
  @Test("A cursor is read as written", arguments: [0, 1, Limits.greatestInteger])
  func roundTrip(position: Int64) {
    let cursor = Cursor(epoch: Samples.epoch, position: position)
    #expect(Cursor(text: cursor.description) == cursor)
  }

  @Test(
    "Anything else is none",
    arguments: [
      "", ".", ".1", "E.", "E", "E.-1", "E.+1", "E.01", "E. 1", "E.1.", "E.1.2",
      "E.9007199254740992", "E.99999999999999999999", "x.1",
    ]
  )
  func refused(text: String) {
    #expect(Cursor(text: text.replacing("E", with: Samples.epoch.text)) == nil)
  }
}
