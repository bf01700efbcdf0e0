import Convergence

/// The folder in which one device lives, and what lies in it.
struct Home {
  /// The folder.
  let path: String

  /// The database: the log, the state and small documents.
  var store: String { path + "/store.sqlite" }

  /// The seed of the replica's key, readable by its owner alone.
  var key: String { path + "/replica.key" }

  /// The key of an enrolment that is not done yet, while the device goes on with its present one.
  var nextKey: String { key + ".new" }

  /// The key of one replica: of one that writes no more, or of a successor until it takes its place.
  func key(of replica: ReplicaID) -> String { "\(key).\(replica)" }

  /// A random name of this installation, to be found in the store too.
  var installation: String { path + "/installation" }

  /// Framework editions that did not come with the program.
  var frameworks: String { path + "/frameworks" }

  /// Takes the folder that the person named, in an option or in the environment, or the usual one.
  init(named option: String?) throws(CommandFailure) {
    func set(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
    if let option = set(option) {
      path = Self.trimmed(option)
    } else if let named = set(Environment["FIELDBOOK_HOME"]) {
      path = Self.trimmed(named)
    } else if let data = set(Environment["XDG_DATA_HOME"]) {
      path = Self.trimmed(data) + "/fieldbook"
    } else if let person = set(Environment["HOME"]) {
      path = Self.trimmed(person) + "/.local/share/fieldbook"
    } else {
      throw .refused("Say where this device keeps its data: --home DIR, or set FIELDBOOK_HOME.")
    }
  }

  /// Whether a device has begun to live here.
  var isThere: Bool { Files.exists(store) }

  private static func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }
}
