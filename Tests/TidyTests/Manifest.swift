/// What `Package.swift` declares, read from its text.
///
/// Asking SwiftPM would start a second build inside the tests; the manifest's shape is plain enough.
struct Manifest {
  struct Target: Hashable {
    let name: String
    let path: String
    let isTest: Bool
    /// Names of modules: a package's product is taken to be named like its module.
    let dependencies: Set<String>
  }

  let targets: [Target]

  init(_ text: String) {
    let kinds = [".target(", ".executableTarget(", ".testTarget(", ".systemLibrary("]
    var targets: [Target] = []
    for kind in kinds {
      for declaration in Self.calls(of: kind, in: text) {
        guard let name = Self.string(after: "name:", in: declaration),
          let path = Self.string(after: "path:", in: declaration)
        else { continue }
        targets.append(
          Target(
            name: name,
            path: path,
            isTest: kind == ".testTarget(",
            dependencies: Self.dependencies(in: declaration, modules: Self.modules(in: text))
          )
        )
      }
    }
    self.targets = targets
  }

  /// The target that the file at `path` belongs to.
  func target(for path: String) -> Target? { targets.first { path.hasPrefix($0.path + "/") } }

  /// The text between the parentheses of every call that starts a line.
  private static func calls(of call: String, in text: String) -> [Substring] {
    var calls: [Substring] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "\n    " + call) {
      rest = rest[start.upperBound...]
      let body = prefix(of: rest, from: "(", to: ")")
      calls.append(body)
      rest = rest[body.endIndex...]
    }
    return calls
  }

  /// The module behind each shorthand, as `static var shorthand: … .product(name: "Module"` says.
  private static func modules(in text: String) -> [Substring: String] {
    var modules: [Substring: String] = [:]
    var rest = text[...]
    while let start = rest.firstRange(of: "static var ") {
      rest = rest[start.upperBound...]
      modules[rest.prefix { $0 != ":" }] = string(after: "name:", in: rest)
    }
    return modules
  }

  private static func dependencies(
    in declaration: Substring,
    modules: [Substring: String]
  ) -> Set<String> {
    guard let start = declaration.firstRange(of: "dependencies: [") else { return [] }
    let list = prefix(of: declaration[start.upperBound...], from: "[", to: "]")
    let entries = list.split { $0 == "," || $0.isWhitespace }
    return Set(
      entries.map { entry in
        entry.hasPrefix(".")
          ? modules[entry.dropFirst()]
            ?? entry.dropFirst().prefix(1).uppercased() + entry.dropFirst(2)
          : entry.filter { $0 != "\"" }
      }
    )
  }

  private static func string(after label: String, in text: Substring) -> String? {
    guard let start = text.firstRange(of: label + " \"") else { return nil }
    return text[start.upperBound...].prefix { $0 != "\"" }.description
  }

  private static func prefix(
    of text: Substring,
    from opening: Character,
    to closing: Character
  ) -> Substring {
    var depth = 1
    let end = text.firstIndex {
      depth += $0 == opening ? 1 : ($0 == closing ? -1 : 0)
      return depth == 0
    }
    return text[..<(end ?? text.endIndex)]
  }
}
