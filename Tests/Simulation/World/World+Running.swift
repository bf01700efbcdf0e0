import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import TestSupport

extension World {
  /// Lets everything planned happen, and whatever follows from it.
  ///
  /// - Parameter end: Stops before the first event after this moment.
  /// - Throws: ``Violation`` where a promise is broken.
  package func run(until end: Int64 = .max) throws {
    while let time = queue.nextTime, time <= end, let (time, event) = queue.next() {
      now = max(now, time)
      try happen(event)
    }
    summary.end = now
  }

  private func happen(_ event: Event) throws {
    switch event {
    case .step(let step): try take(step)
    case .request(let message): try arrive(message)
    case .answer(let answer, let message): try arrive(answer, message)
    case .timeout(let device, let sync, let request):
      guard devices[device].sync?.number == sync, devices[device].sync?.requests == request
      else { return }
      try endSync(devices[device], failure: SyncFailure(.noAnswer, "No answer came in time."))
    case .wake(let device): try wake(devices[device])
    case .wakeServer(let server): try wakeServer(servers[server])
    }
  }

  private func take(_ step: Step) throws {
    var random = SeededGenerator(seed: step.salt)
    summary.mark(UInt64(bitPattern: step.time))
    switch step.action {
    case .edit(let edit, let device, let visit):
      try self.edit(edit, on: device, visit: visit, &random)
    case .sync(let device):
      guard devices.indices.contains(device) else { return }
      try beginSync(devices[device], random: random)
    default:
      try strike(step.action, &random)
    }
  }

  /// Somebody edits.
  private func edit(
    _ edit: Edit,
    on number: Int,
    visit: Int,
    _ random: inout SeededGenerator
  ) throws {
    guard devices.indices.contains(number), cast.visits.indices.contains(visit) else { return }
    let device = devices[number]
    guard device.store != nil, device.visits.contains(visit) else { return }
    let id = cast.visits[visit].id
    let met = ledger.items(of: number, visit: visit)
    guard try goesOn(device, in: id) else { return }
    do {
      let written = try device.write(to: id, at: now, framework: framework) { editor in
        try Desk(
          editor: editor,
          framework: framework,
          comments: met.comments,
          ownComments: met.ownComments,
          evidence: met.evidence,
          locations: met.locations
        )
        .drafts(for: edit, using: &random)
      }
      guard !device.machine.isDown else { return try goDown(device) }
      if written.isEmpty { summary.idleEdits += 1 }
      summary.written += written.count
      for entry in written {
        ledger.wrote(entry, on: number, visit: visit)
        summary.mark(UInt64(bitPattern: entry.dot.counter))
      }
      if edit == .newer { summary.count(.newer) }
      trace("\(device.name) writes \(written.count) in visit \(visit + 1): \(edit.source)")
    } catch let error as EditError {
      try refuse(error, device, edit)
    } catch let error as StoreError {
      try failed(error, device)
    }
  }

  /// Before the first sync, and after a removal, a device rightly refuses to write.
  private func refuse(_ error: EditError, _ device: SimulatedDevice, _ edit: Edit) throws {
    switch error.code {
    case .notOnVisit, .noEdition:
      summary.refusedEdits += 1
    default:
      throw Violation(
        .conduct,
        at: now,
        "\(device.name) was refused \(edit.source): \(error.code) \(error.message)"
      )
    }
  }

  /// A store failed: because the power is gone or the disk is full, or it is a fault.
  func failed(_ error: StoreError, _ device: SimulatedDevice) throws {
    if device.machine.isDown { return try goDown(device) }
    if error.code == .full, device.machine.disk?.capacity != nil {
      summary.count(.diskFull)
      return trace("\(device.name): the disk is full")
    }
    throw Violation(.conduct, at: now, "\(device.name): \(error.code): \(error.message)")
  }
}
