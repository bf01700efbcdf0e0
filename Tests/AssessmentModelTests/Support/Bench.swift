import AssessmentModel
import Convergence
import Testing

/// A few devices on a table: they write offline and exchange everything when told to.
///
/// It keeps who had seen what, so that a scenario can be replayed in every order that respects it.
struct Bench {
  struct Device {
    let person: PersonID
    let replica: ReplicaID
    var counter: Int64 = 0
    var held: Set<Dot>
  }

  /// Everything that was written on the table, in the order in which it was.
  private(set) var log: [Operation] = []

  /// What each author had seen.
  private(set) var past: [Dot: Set<Dot>] = [:]

  private(set) var devices: [String: Device] = [:]
  private let founding: [Operation]
  private var authorityCounter: Int64
  private let framework: Framework

  /// Founds a visit and hands each device what the server wrote.
  init(founding: VisitFounding = Cast.founding, devices: [String: PersonID]) throws {
    framework = try #require(SmallFramework.framework)
    let server = Cast.replica(0)
    self.founding = try founding.drafts().enumerated().map { offset, draft in
      Operation(
        dot: Dot(replica: server, counter: Int64(offset) + 1),
        person: .authority,
        clock: 0,
        action: draft.action
      )
    }
    authorityCounter = Int64(self.founding.count)
    let dots = Set(self.founding.map(\.dot))
    for (number, name) in devices.keys.sorted().enumerated() {
      self.devices[name] = Device(
        person: try #require(devices[name]),
        replica: Cast.replica(UInt64(number) + 1),
        held: dots
      )
    }
  }

  /// Lets the person at a device edit what it shows.
  @discardableResult
  mutating func write(
    _ name: String,
    clock: Int64 = 0,
    _ edit: (Editor) throws -> Draft
  ) throws -> Dot {
    let device = try #require(devices[name])
    let editor = Editor(cells: try cells(name), me: device.person, framework: framework)
    return try write(name, clock: clock, draft: try edit(editor))
  }

  /// Writes a draft that no editor made, as another program might.
  @discardableResult
  mutating func write(_ name: String, clock: Int64 = 0, draft: Draft) throws -> Dot {
    var device = try #require(devices[name])
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

  /// Lets the server write, having seen everything.
  @discardableResult
  mutating func serve(_ edit: (Roster) throws -> Draft) throws -> Dot {
    let draft = try edit(Roster(cells: cells(holding: nil)))
    authorityCounter += 1
    let dot = Dot(replica: Cast.replica(0), counter: authorityCounter)
    past[dot] = Set((founding + log).map(\.dot))
    log.append(Operation(dot: dot, person: .authority, clock: 0, action: draft.action))
    return dot
  }

  /// Lets devices exchange everything, the server's operations included.
  mutating func sync(_ names: String...) throws {
    var union = Set(log.filter { $0.person == .authority }.map(\.dot))
    for name in names { union.formUnion(try #require(devices[name]).held) }
    for name in names { devices[name]?.held.formUnion(union) }
  }

  /// What a device shows.
  func cells(_ name: String) throws -> MemoryCells {
    cells(holding: try #require(devices[name]).held)
  }

  func view(_ name: String) throws -> VisitView { view(of: try cells(name)) }

  func view(of cells: MemoryCells) -> VisitView {
    VisitView(cells: cells, framework: framework, hasSeen: hasSeen)
  }

  func hasSeen(_ later: Dot, _ earlier: Dot) -> Bool {
    past[later]?.contains(earlier) ?? false
  }

  /// What everybody shows once everything has arrived everywhere.
  ///
  /// Applies the operations in every order in which whatever an author had seen comes first, and
  /// fails unless all of them lead to the same cells and the same effects.
  func settled(sourceLocation: SourceLocation = #_sourceLocation) -> VisitView {
    let orders = self.orders()
    #expect(!orders.isEmpty && orders.count <= 50_000, sourceLocation: sourceLocation)
    let expected = apply(founding + log)
    var differing = 0
    for order in orders {
      let result = apply(founding + order)
      if result.cells != expected.cells || result.effects != expected.effects { differing += 1 }
    }
    #expect(
      differing == 0,
      "\(differing) of \(orders.count) orders differ",
      sourceLocation: sourceLocation
    )
    return view(of: expected.cells)
  }

  /// What each operation does once everything has arrived.
  var effects: [Dot: Effect] { apply(founding + log).effects }

  /// The cells once everything has arrived.
  var allCells: MemoryCells { cells(holding: nil) }

  private func cells(holding dots: Set<Dot>?) -> MemoryCells {
    apply((founding + log).filter { dots?.contains($0.dot) ?? true }).cells
  }

  private func apply(_ operations: [Operation]) -> (cells: MemoryCells, effects: [Dot: Effect]) {
    var authority = Authority()
    for operation in operations { authority.absorb(operation) }
    var cells = MemoryCells()
    var effects: [Dot: Effect] = [:]
    for operation in operations {
      effects[operation.dot] =
        Meaning.assessment.apply(operation, authority: authority, to: &cells)
    }
    return (cells, effects)
  }

  /// Every order of the log in which each operation comes after all that its author had seen.
  func orders() -> [[Operation]] {
    let dots = Set(log.map(\.dot))
    let needed = log.map { (past[$0.dot] ?? []).intersection(dots) }
    var orders: [[Operation]] = []
    var order: [Int] = []
    var placed: Set<Dot> = []
    func extend() {
      if order.count == log.count {
        orders.append(order.map { log[$0] })
        return
      }
      for index in log.indices
      where !order.contains(index) && needed[index].isSubset(of: placed) {
        order.append(index)
        placed.insert(log[index].dot)
        extend()
        order.removeLast()
        placed.remove(log[index].dot)
      }
    }
    extend()
    return orders
  }
}
