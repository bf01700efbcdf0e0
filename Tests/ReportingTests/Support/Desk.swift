import AssessmentModel
import Convergence
import Testing

/// A few devices that write offline and exchange everything when told to, to make a visit of.
struct Desk {
  private struct Device {
    let person: PersonID
    let replica: ReplicaID
    var counter: Int64 = 0
    var held: Set<Dot>
  }

  private var log: [Operation]
  private var past: [Dot: Set<Dot>] = [:]
  private var devices: [String: Device] = [:]
  private let framework: Framework?

  init(_ founding: VisitFounding, framework: Framework?, people: [String: PersonID]) throws {
    self.framework = framework
    let server = ReplicaID(bits: Bits128(high: 0xD, low: 0))
    log = try founding.drafts().enumerated().map { offset, draft in
      Operation(
        dot: Dot(replica: server, counter: Int64(offset) + 1),
        person: .authority,
        clock: 0,
        action: draft.action
      )
    }
    for (number, name) in people.keys.sorted().enumerated() {
      devices[name] = Device(
        person: try #require(people[name]),
        replica: ReplicaID(bits: Bits128(high: 0xD, low: UInt64(number) + 1)),
        held: Set(log.map(\.dot))
      )
    }
  }

  @discardableResult
  mutating func write(
    _ name: String,
    at clock: Int64,
    _ edit: (Editor) throws -> Draft
  ) throws -> Dot {
    var device = try #require(devices[name])
    let cells = cells { device.held.contains($0.dot) }
    let draft = try edit(Editor(cells: cells, me: device.person, framework: framework))
    device.counter += 1
    let dot = Dot(replica: device.replica, counter: device.counter)
    past[dot] = device.held
    device.held.insert(dot)
    devices[name] = device
    log.append(
      Operation(
        dot: dot,
        person: device.person,
        clock: clock,
        action: draft.action,
        cites: draft.cites
      )
    )
    return dot
  }

  mutating func sync() {
    for name in devices.keys { devices[name]?.held = Set(log.map(\.dot)) }
  }

  var visit: VisitView {
    VisitView(cells: cells { _ in true }, framework: framework) { later, earlier in
      past[later]?.contains(earlier) ?? false
    }
  }

  private func cells(_ isIncluded: (Operation) -> Bool) -> MemoryCells {
    var authority = Authority()
    for operation in log { authority.absorb(operation) }
    var cells = MemoryCells()
    for operation in log where isIncluded(operation) {
      _ = Meaning.assessment.apply(operation, authority: authority, to: &cells)
    }
    return cells
  }
}
