import Simulation

/// The devices of a run as a table that is drawn again as virtual time passes.
final class WatchTable {
  private let isTerminal = Terminal.isInteractive
  private var drawn = 0

  /// The most devices that are listed where no terminal says how many fit.
  private static let mostRows = 40

  /// Lines beside those of devices: two at the head, one for the rest, one for the cursor.
  private static let otherLines = 4

  /// Draws the world as it is now; over the last picture on a terminal, below it elsewhere.
  func show(_ world: World) {
    var lines = [
      "\(Moment(world.now))  \(world.summary.written) written, \(world.summary.delivered) delivered",
      row("device", "state", "clock", "held", "unsent", "syncs"),
    ]
    let rows = world.table()
    let most = isTerminal ? max(1, Terminal.rows - Self.otherLines) : Self.mostRows
    for device in rows.prefix(most) {
      lines.append(
        row(
          device.name,
          device.state,
          device.clock,
          "\(device.held)",
          "\(device.unsent)",
          "\(device.syncs)"
        )
      )
    }
    if rows.count > most { lines.append("and \(rows.count - most) more") }
    let erase = isTerminal && drawn > 0 ? "\u{1B}[\(drawn)A\u{1B}[J" : ""
    Terminal.out(erase + lines.joined(separator: "\n") + (isTerminal ? "" : "\n"))
    drawn = lines.count
  }

  private func row(_ cells: String...) -> String {
    zip(cells, [22, 14, 14, 9, 9]).map { $0.padding(to: $1) }.joined() + (cells.last ?? "")
  }
}
