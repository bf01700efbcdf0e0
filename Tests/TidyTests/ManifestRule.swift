/// The manifest declares what the table of imports allows, and confines each package.
enum ManifestRule {
  /// Where the targets that we ship and the table differ.
  static func disagreements(_ manifest: Manifest, table: [ImportTable.Row]) -> [Finding] {
    let shipped = manifest.targets.filter { !$0.path.hasPrefix("Tests/") }
    let missing = shipped.filter { target in !table.contains { $0.target == target.name } }
      .map { Finding($0.path, "has no row in the table of imports") }
    return missing
      + table.flatMap { row -> [Finding] in
        guard let target = shipped.first(where: { $0.name == row.target }) else {
          return [Finding(row.path, "has a row but is not a target of Package.swift")]
        }
        if target.path != row.path {
          return [Finding(target.path, "is at \(row.path) in the table of imports")]
        }
        // A target may declare more than it imports today, never import what it did not declare.
        return row.modules.subtracting(target.dependencies).sorted()
          .map { Finding(row.path, "may import \($0) but does not declare it") }
      }
  }

  /// Targets that depend on a package that is not theirs to use, tests aside.
  static func strayPackages(
    _ manifest: Manifest,
    confinedTo: [String: Set<String>]
  ) -> [Finding] {
    manifest.targets.filter { !$0.isTest }.flatMap { target -> [Finding] in
      target.dependencies.sorted()
        .filter { confinedTo[$0].map { !$0.contains(target.name) } ?? false }
        .map { Finding(target.path, "may not depend on \($0)") }
    }
  }

  /// Targets that depend on something that is neither a target nor a package of the table.
  static func unknownPackages(
    _ manifest: Manifest,
    confinedTo: [String: Set<String>]
  ) -> [Finding] {
    let targets = Set(manifest.targets.map(\.name))
    return manifest.targets.filter { !$0.isTest }.flatMap { target -> [Finding] in
      target.dependencies.subtracting(targets).sorted()
        .filter { confinedTo[$0] == nil }
        .map { Finding(target.path, "depends on \($0), which no decision record allows") }
    }
  }

  /// Products of packages that would be resolved even with the trait `Edges` off.
  static func unguardedProducts(_ text: String) -> [Finding] {
    text.split(separator: ".product(").dropFirst()
      .filter { !$0.prefix { $0 != ")" }.contains("condition: edges") }
      .map { product in
        let name = product.prefix { $0 != "," }.description
        return Finding("Package.swift", "uses a product without the trait Edges: \(name)")
      }
  }
}
