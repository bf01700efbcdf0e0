/// Checks that every stored property takes part in equality, as it does where it is synthesized.
///
/// - Parameters:
///   - original: A structure.
///   - variants: Copies of it, each with exactly one property changed; together they change all.
/// - Throws: A property whose change goes unnoticed, or that no variant changes: a new property must
///   get its variant.
package func checkEveryPropertyCounts<Value: Hashable>(
  _ original: Value,
  variants: [Value]
) throws(BrokenLaw) {
  let before = properties(of: original)
  var changed: [String] = []
  for variant in variants {
    let differing = zip(before, properties(of: variant)).filter { $0.1 != $1.1 }
    guard differing.count == 1, let name = differing.first?.0.0 else {
      throw BrokenLaw("a variant changes \(differing.map(\.0.0)), not one property: \(variant)")
    }
    try demand(variant != original, "equality ignores \(name): \(original)")
    changed.append(name)
  }
  for (name, _) in before {
    try demand(changed.contains(name), "no variant changes \(name) of \(Value.self)")
  }
}

private func properties(of value: Any) -> [(String, String)] {
  Mirror(reflecting: value).children.map { ($0.label ?? "", String(reflecting: $0.value)) }
}
