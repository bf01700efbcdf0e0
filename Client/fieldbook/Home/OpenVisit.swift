import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol

/// A visit on the device, as a command reads and writes it.
struct OpenVisit {
  let device: Device
  let id: VisitID

  /// Opens the visit that an option names, or the current one.
  init(_ device: Device, named option: String?) throws {
    self.device = device
    if let option {
      let known = try KnownVisit.find(option, in: KnownVisit.all(device.store))
      guard known.isOpened else {
        throw CommandFailure.refused(
          "\"\(known.title)\" is not on this device yet: fieldbook open \(known.id)"
        )
      }
      id = known.id
      return
    }
    let current = try device.store.document("device", "current")?.string
    guard let current = current.flatMap({ VisitID(text: $0) }) else {
      throw CommandFailure.refused(
        "No visit is open. List yours and open one: fieldbook visits, then fieldbook open VISIT."
      )
    }
    id = current
  }

  /// The state, with everything written here so far.
  func cells() throws(StoreError) -> MemoryCells { try device.store.cells(of: id) }

  /// The framework that the visit pins, if it says which and it is at hand.
  func framework(_ cells: MemoryCells) throws -> Framework? {
    guard let pin = Self.pin(cells) else { return nil }
    return try FrameworkShelf(home: device.home).framework(pin)
  }

  /// The edition that the visit pins; `nil` before the first sync, or while it pins several.
  static func pin(_ cells: MemoryCells) -> FrameworkPin? {
    cells[CellKey(.named("visit"), "framework")].only.flatMap { FrameworkPin($0.value) }
  }

  /// Everything that a person sees of the visit at one moment.
  struct Reading {
    let view: VisitView
    let digest: Hash256
    let notices: [OperationStore.Notice]

    /// What is held without effect, by person.
    let held: HeldWork
  }

  /// Reads the visit.
  ///
  /// Who had seen what is worked out from the whole log, so only where it is asked for.
  func read() throws -> Reading {
    let store = device.store
    let (cells, digest, notices) = try store.snapshot { () throws(StoreError) in
      (try store.cells(of: id), try store.stateDigest(of: id), try store.notices(of: id))
    }
    let framework = try framework(cells)
    var causality: Causality?
    var failure: StoreError?
    let view = VisitView(cells: cells, framework: framework) { later, earlier in
      do throws(StoreError) {
        if causality == nil { causality = try store.history(of: id).causality }
        return causality?.hasSeen(later, earlier) ?? false
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    var held = HeldWork()
    if notices.contains(where: { $0.effect == .held }) {
      held = HeldWork(try store.history(of: id).entries, under: try store.authority(of: id))
    }
    return Reading(view: view, digest: digest, notices: notices, held: held)
  }

  /// Writes what an edit makes, as one: all of it is on the disk when this returns, or nothing.
  ///
  /// - Parameters:
  ///   - framework: The framework at hand; `nil` where standards were checked before.
  ///   - edit: What to write, from what is on the screen.
  /// - Returns: The names of what was written, and the state from which it was made.
  /// - Throws: What the edit throws; ``CommandFailure`` if the device may not write; `StoreError`.
  @discardableResult
  func write(
    framework: Framework? = nil,
    _ edit: (Editor) throws -> [Draft]
  ) throws -> (dots: [Dot], before: MemoryCells) {
    let enrolment = try device.enrolment()
    if let obstacle = try device.obstacle(enrolment) {
      throw CommandFailure.refused(obstacle.message)
    }
    let store = device.store
    // A file may have brought the other half of a copied device: no network is needed to go on.
    if try store.hasForked(enrolment.replica, in: id) {
      let retirement = try RetirementDesk(device: device).retire(enrolment, because: .forked)
      Terminal.say(Words.retirement(retirement.reason))
    }
    var refusal: (any Error)?
    do throws(StoreError) {
      return try store.transaction { () throws(StoreError) in
        let cells = try store.cells(of: id)
        let editor = Editor(cells: cells, me: enrolment.person, framework: framework)
        let drafts: [Draft]
        do {
          drafts = try edit(editor)
        } catch {
          refusal = error
          throw StoreError(.refused, "")
        }
        let written = try store.write(drafts, to: id, clock: Environment.clock())
        return (written.map(\.dot), cells)
      }
    } catch {
      throw refusal ?? error
    }
  }
}
