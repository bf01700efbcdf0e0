import AssessmentModel
import Convergence
import OperationStore
import TestSupport

/// What a store lives on, and how it goes down and comes up again.
struct Machine {
  /// The disk under the store; absent for memory and real files.
  private(set) var disk: SimulatedDisk?

  private let location: OperationStore.Location

  /// A machine of a kind; real files go into a folder, under a name.
  init(_ kind: Size.Disk, folder: String?, name: String) throws(BrokenWorld) {
    switch kind {
    case .memory:
      location = .memory
    case .simulated, .lying:
      let disk = SimulatedDisk(ignoresSync: kind == .lying)
      self.disk = disk
      location = .file(disk.path("store.sqlite"))
    case .files:
      guard let folder else { throw BrokenWorld("real files need a folder") }
      location = .file("\(folder)/\(name).sqlite")
    }
  }

  private init(disk: SimulatedDisk) {
    self.disk = disk
    location = .file(disk.path("store.sqlite"))
  }

  /// Another machine with the same disk content; `nil` without a simulated disk.
  func cloned() -> Machine? { (disk?.copy()).map { Machine(disk: $0) } }

  /// Opens the store.
  func open() throws(StoreError) -> OperationStore {
    try OperationStore(location, meaning: .assessment)
  }

  /// Whether what was written survives when the store is dropped.
  var isDurable: Bool { location != .memory }

  /// Whether the power is cut.
  var isDown: Bool { disk?.isDown ?? false }
}
