import Convergence
import TestSupport

/// The slow obvious answer to what deeds lead to: no table and no order, only the whole set.
struct DeedModel {
  /// What each deed does.
  let effects: [Dot: Effect]

  /// The values of each cell that has one.
  let values: [CellKey: [Sibling]]

  init(_ deeds: [Deed], holding held: [Int]) {
    var effects: [Dot: Effect] = [:]
    for deed in deeds { effects[deed.dot] = Self.effect(of: deed, among: deeds, holding: held) }
    let effective = deeds.filter { effects[$0.dot] == .effective }
    var writes: [CellKey: [Write]] = [:]
    var values: [CellKey: [Sibling]] = [:]
    for deed in effective {
      let write = Write(deed.dot, by: deed.person, deed.value, over: deed.over)
      if let key = deed.key { writes[key, default: []].append(write) }
      if deed.isAddition {
        let existence = Write(deed.dot, by: deed.person, Self.existence(of: deed))
        values[Item.existenceKey(of: deed.dot)] = [existence.sibling]
      }
    }
    for (key, writes) in writes { values[key] = Write.survivors(of: writes) }
    self.effects = effects
    self.values = values
  }

  private static func effect(of deed: Deed, among deeds: [Deed], holding held: [Int]) -> Effect {
    if held.contains(deed.person) { return .held }
    if deed.kind == .unknown { return .uninterpreted }
    if deed.kind == .malformed { return .inert(.shape) }
    guard let target = deed.target else { return .effective }
    let found = deeds.first { $0.dot == target && $0.isAddition }
    guard let found, effect(of: found, among: deeds, holding: held) == .effective else {
      return deed.isAddition ? .inert(.reference) : .inert(.record)
    }
    if case .note = deed.kind, found.person != deed.person { return .inert(.author) }
    return .effective
  }

  private static func existence(of deed: Deed) -> Value {
    guard let target = deed.target else {
      return .object(["of": .string("finding"), "in": .string("visit")])
    }
    return .object(["of": .string("comment"), "re": .string("#\(target)")])
  }
}
