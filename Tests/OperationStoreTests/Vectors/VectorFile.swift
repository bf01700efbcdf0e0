import Convergence
import SyncProtocol

/// A vector of Swift origin in the making.
struct VectorFile: Hashable {
  /// `kind/NNN-what-it-shows.json`.
  let path: String

  /// The file.
  let bytes: [UInt8]
}

/// Numbers the vectors of one kind and lays them out as `Protocol/Vectors/README.md` asks.
struct VectorKind {
  private let name: String
  private(set) var files: [VectorFile] = []

  init(_ name: String) { self.name = name }

  /// Adds a vector.
  ///
  /// - Parameters:
  ///   - slug: What it shows, in kebab-case.
  ///   - what: A sentence that is true of a correct implementation.
  ///   - members: The rest, in the order of the file.
  mutating func add(_ slug: String, _ what: String, _ members: [(String, Value)]) {
    let number = String(files.count + 1)
    let padding = String(repeating: "0", count: 3 - number.count)
    let all = [("what", Value.string(what)), ("origin", .string("swift"))] + members
    let parts = all.map { "  \(Self.quoted($0.0)): \(Self.pretty($0.1, indent: 2))" }
    let text = "{\n\(parts.joined(separator: ",\n"))\n}\n"
    files.append(
      VectorFile(path: "\(name)/\(padding)\(number)-\(slug).json", bytes: Array(text.utf8))
    )
  }

  /// A sealed line as members: text where a JSON string carries it well, else Text64.
  static func line(_ line: [UInt8]) -> (String, Value) {
    let isPlain = line.allSatisfy { (0x20...0x7E).contains($0) }
    return isPlain
      ? ("line", .string(String(decoding: line, as: UTF8.self)))
      : ("bytes", .string(Text64.encode(line)))
  }

  /// A sealed line with its signature as an object.
  static func sealed(_ line: [UInt8], _ signature: Signature) -> Value {
    let (key, value) = Self.line(line)
    return .object([key: value, "sig": .string(signature.text)])
  }

  /// A value on one line if it fits, else an element a line.
  private static func pretty(_ value: Value, indent: Int) -> String {
    let short = String(decoding: value.canonical, as: UTF8.self)
    if indent + short.utf8.count <= 110 { return short }
    let pad = String(repeating: " ", count: indent + 2)
    let end = String(repeating: " ", count: indent)
    switch value {
    case .list(let list) where !list.isEmpty:
      let parts = list.map { pad + pretty($0, indent: indent + 2) }
      return "[\n\(parts.joined(separator: ",\n"))\n\(end)]"
    case .map(let map) where !map.members.isEmpty:
      let parts = map.members.map {
        "\(pad)\(quoted($0.key)): \(pretty($0.value, indent: indent + 2))"
      }
      return "{\n\(parts.joined(separator: ",\n"))\n\(end)}"
    default:
      return short
    }
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: Value.string(text).canonical, as: UTF8.self)
  }
}
