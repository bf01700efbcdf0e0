import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import TestSupport

extension World {
  /// What one device holds goes to another on a stick: the very bytes that the command line writes
  /// and reads, all of them or some, now and then cut or damaged on the way, now and then twice.
  func carry(
    from: SimulatedDevice,
    to: SimulatedDevice,
    _ random: inout SeededGenerator
  ) throws(StoreError) {
    guard let source = from.store, let target = to.store, from.server == to.server, to.sync == nil
    else { return }
    let visits = from.visits.filter { to.visits.contains($0) }.map { cast.visits[$0].id }
    guard !visits.isEmpty else { return }
    let made = try BundleExport(
      identity: from.enrolment.identity,
      key: from.key,
      now: from.reading(at: now)
    ).bundle(of: visits, choice(from, &random), from: source)
    var file = made.file
    let isWhole = !damage(&file, &random)
    guard let contents = try? BundleReader.read(file) else {
      guard isWhole else { return }
      throw StoreError(.fault, "A bundle that was made here does not read.")
    }
    let taker = BundleImport(
      identity: to.enrolment.identity,
      key: to.key,
      person: to.person,
      now: to.reading(at: now)
    )
    let report = try taker.take(contents, into: target)
    guard !isWhole || (report.refused.isEmpty && report.closing == .good) else {
      throw StoreError(.fault, "A bundle that was made here is refused: \(report.refused).")
    }
    if random.chance(1, in: 4) {
      let again = try taker.take(contents, into: target)
      guard again.parts.allSatisfy({ $0.new == 0 }) else {
        throw StoreError(.fault, "A bundle that was taken in twice brought something twice.")
      }
    }
    summary.count(.carried)
    trace("\(from.name) hands a file to \(to.name)\(isWhole ? "" : ", damaged")")
  }

  private func choice(
    _ device: SimulatedDevice,
    _ random: inout SeededGenerator
  ) -> BundleExport.Choice {
    switch random.below(5) {
    case 0: .unsent
    case 1: .of(device.person)
    default: .everything
    }
  }

  /// What happens to a file on a stick; answers whether anything did.
  private func damage(_ file: inout [UInt8], _ random: inout SeededGenerator) -> Bool {
    switch random.below(6) {
    case 0:
      file.removeSubrange(random.below(file.count)...)
      return true
    case 1:
      file[random.below(file.count)] ^= UInt8(truncatingIfNeeded: 1 << random.below(8))
      return true
    case 2:
      let start = random.below(file.count)
      for index in start..<min(start + 512, file.count) { file[index] = 0 }
      return true
    default: return false
    }
  }
}
