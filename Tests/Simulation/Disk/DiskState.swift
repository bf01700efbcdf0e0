import CSQLite
import TestSupport

/// What is on a simulated disk, who has it open, and what goes wrong next.
///
/// Used behind the lock of a ``Volume``. What SQLite calls is in the extensions and answers with its
/// result codes.
struct DiskState {
  var files: [String: DiskFile] = [:]

  /// What happened to the directory since it was last synced.
  var directoryChanges: [DirectoryChange] = []

  var handles: [OpenFile?] = []
  var freeHandles: [Int] = []
  var capacity: Int?

  /// The faults to come, each with how many of its kind are spared first.
  var faults: [SimulatedDisk.Fault: Int] = [:]

  private(set) var events = 0
  private(set) var syncs = 0
  private(set) var isDown = false

  /// How often everything that was open died.
  private(set) var generation = 0

  let ignoresSync: Bool
  private var lastFile = 0
  private var failingEvent: Int?

  init(ignoresSync: Bool) { self.ignoresSync = ignoresSync }

  var size: Int { files.values.reduce(0) { $0 + $1.content.size } }

  var isUnused: Bool { handles.count == freeHandles.count }

  /// The files as they are seen.
  var image: [String: FileContent] { files.mapValues(\.content) }

  mutating func newFile(_ content: FileContent = FileContent()) -> DiskFile {
    lastFile += 1
    return DiskFile(lastFile, content)
  }

  // MARK: What goes wrong

  mutating func failAfter(_ events: Int) {
    failingEvent = self.events + events
    if events <= 0 { isDown = true }
  }

  /// Counts an event.
  ///
  /// - Returns: Whether there was power to the end of it.
  mutating func event(isSync: Bool = false) -> Bool {
    events += 1
    if isSync { syncs += 1 }
    if let failingEvent, events >= failingEvent { isDown = true }
    return !isDown
  }

  /// Whether a fault strikes now.
  mutating func strikes(_ fault: SimulatedDisk.Fault) -> Bool {
    guard !faults.isEmpty, let spared = faults[fault] else { return false }
    faults[fault] = spared > 0 ? spared - 1 : nil
    return spared == 0
  }

  /// An open file, unless it died or has no power.
  func live(_ number: Int) -> OpenFile? {
    guard !isDown, let handle = handles[number], handle.generation == generation else { return nil }
    return handle
  }

  mutating func powerOn() {
    isDown = false
    failingEvent = nil
  }

  mutating func powerCut(using random: inout SeededGenerator, loss: SimulatedDisk.Loss) {
    isDown = true
    failingEvent = nil
    faults = [:]
    endConnections()
    guard loss != .nothing else { return }
    // In the order of creation, so that the same chance takes the same.
    let known = Array(files.values) + directoryChanges.map(\.file)
    var last = 0
    for file in known.sorted(by: { $0.number < $1.number }) where file.number != last {
      last = file.number
      if loss == .any { file.loseSome(using: &random) } else { file.loseEverything() }
    }
    for change in directoryChanges.reversed() {
      files[change.name] = change.isDeletion ? change.file : nil
    }
    for change in directoryChanges where loss == .any && random.chance(1, in: 2) {
      files[change.name] = change.isDeletion ? nil : change.file
    }
    directoryChanges = []
  }

  mutating func replace(by image: [String: FileContent]) {
    endConnections()
    directoryChanges = []
    files = [:]
    for name in image.keys.sorted() {
      if let content = image[name] { files[name] = newFile(content) }
    }
  }

  /// Whatever is open is dead from now on; its locks and its shared memory are no one's.
  private mutating func endConnections() {
    generation += 1
    for file in Array(files.values) + directoryChanges.map(\.file) {
      file.locks = FileLocks()
      file.memory = nil
    }
  }
}
