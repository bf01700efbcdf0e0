import AssessmentModel
import Convergence
import OperationStore
import SyncClient
import SyncProtocol
import TestSupport

/// A reviewer's device: the production store and conversation, with a person, a clock and a disk.
final class SimulatedDevice {
  let number: Int
  let name: String
  let person: PersonID
  private(set) var key: SigningKey
  let cast: Cast.Device
  let server: Int
  /// The visits on it, as numbers of the cast.
  let visits: [Int]
  var enrolment: Enrolment
  var clock = DeviceClock()
  var machine: Machine
  /// `nil` while it is down.
  var store: OperationStore?
  var reach = Action.Reach.open
  var nonce: String?
  /// The sync under way.
  var sync: SyncUnderWay?
  /// How many syncs were begun.
  var syncCount = 0
  /// The last backup.
  var backup: SimulatedDisk?
  /// Whether the store was put back or copied: its replica may have to retire then.
  var hasForked = false
  /// Whether it is gone for good.
  var isDestroyed = false
  /// The key of every replica that it ever was.
  private var keys: [ReplicaID: SigningKey] = [:]
  /// How often it retired.
  private(set) var retirements = 0

  /// A sync under way.
  struct SyncUnderWay {
    /// Which one it is, so that answers of an earlier one are nobody's.
    let number: Int
    var conversation: SyncConversation
    var random: SeededGenerator
    /// How many requests were made.
    var requests = 0
    /// The server that is asked.
    let server: Int
    /// Whether the links are good: the healed phase.
    let isHealed: Bool
  }

  init(
    number: Int,
    cast: Cast.Device,
    person: PersonID,
    key: SigningKey,
    enrolment: Enrolment,
    machine: Machine,
    store: OperationStore
  ) {
    self.number = number
    self.cast = cast
    name = cast.name
    self.person = person
    self.key = key
    keys[key.publicKey.replicaID] = key
    server = cast.server
    visits = cast.visits
    self.enrolment = enrolment
    self.machine = machine
    self.store = store
  }

  /// What the device shows as the time.
  func reading(at time: Int64) -> Int64 { clock.reading(at: time) }

  /// Writes what an edit makes, as one transaction, as every command does.
  ///
  /// - Returns: What was written.
  /// - Throws: `StoreError` if the store refuses or fails; `EditError` if the edit does.
  func write(
    to visit: VisitID,
    at time: Int64,
    framework: Framework,
    _ edit: (Editor) throws -> [Draft]
  ) throws -> [Written] {
    guard let store else { return [] }
    let now = reading(at: time)
    var refusal: (any Error)?
    do throws(StoreError) {
      return try store.transaction { () throws(StoreError) in
        let editor = Editor(
          cells: try store.cells(of: visit),
          me: enrolment.person,
          framework: framework
        )
        let drafts: [Draft]
        do {
          drafts = try edit(editor)
        } catch {
          refusal = error
          throw StoreError(.refused, "")
        }
        let written = try store.write(drafts, to: visit, clock: now)
        return zip(written, drafts).map { Written(dot: $0.dot, clock: now, draft: $1) }
      }
    } catch {
      throw refusal ?? error
    }
  }

  /// An operation that the device said it had written.
  struct Written {
    let dot: Dot
    let clock: Int64
    let draft: Draft
  }
}

extension SimulatedDevice {
  /// The replicas that it ever was, in the order of their names.
  var replicas: [ReplicaID] { keys.keys.sorted() }

  /// Another device with all that this one knows of itself, as when its folder is copied.
  func copied(to number: Int, _ machine: Machine) throws -> SimulatedDevice {
    let copy = SimulatedDevice(
      number: number,
      cast: Cast.Device(
        name: "\(name) (copy \(number))",
        person: cast.person,
        visits: cast.visits,
        server: cast.server
      ),
      person: person,
      key: key,
      enrolment: enrolment,
      machine: machine,
      store: try machine.open()
    )
    copy.keys = keys
    copy.clock = clock
    try copy.findItself()
    return copy
  }

  /// Reads from the store who the device is, as every command does; its key lies beside the store.
  func findItself() throws {
    guard let store else { return }
    guard let found = try Enrolment(store) else {
      throw StoreError(.damaged, "Nothing in the store says whose device it is.")
    }
    guard let key = keys[found.replica] else {
      throw BrokenWorld("\(name) has a store of somebody else's")
    }
    enrolment = found
    self.key = key
  }

  /// Goes on as a successor, as `sync` does: the key first, which is never one that was used before.
  ///
  /// - Throws: `SyncFailure` if the store refuses or fails.
  func retire(because reason: RetireReason, at time: Int64, names: Names) throws -> Retirement? {
    guard let store else { return nil }
    retirements += 1
    let successor = try names.key("device \(number) successor \(retirements)")
    keys[successor.publicKey.replicaID] = successor
    let retirement = try Retirement(
      of: enrolment,
      key: key,
      to: successor,
      because: reason,
      now: reading(at: time),
      store: store
    )
    enrolment = retirement.enrolment
    key = successor
    return retirement
  }
}
