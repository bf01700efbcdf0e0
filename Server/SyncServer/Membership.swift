import Convergence

/// Who is on a visit, read from what the authority said of it.
struct Membership {
  let authority: Authority

  /// The role of a person: `none` for one who was removed, `nil` for one who never was a member.
  ///
  /// Where authority replicas disagree, as they may after a restore, the narrower holds until a
  /// person decides: whom one of them took off reads no more. What holds for effects is decided by
  /// the meaning.
  func role(of person: PersonID) -> String? {
    let cell = authority[CellKey(.named("visit"), "member", slot: person.text)]
    let roles = cell.siblings.compactMap { $0.value["role"]?.string }
    return roles.contains("none") ? "none" : roles.first
  }

  /// The title of the visit.
  var title: String {
    authority[CellKey(.named("visit"), "title")].siblings.first?.value.string ?? ""
  }

  /// The framework that the visit pins.
  var framework: Value {
    authority[CellKey(.named("visit"), "framework")].siblings.first?.value ?? .object([:])
  }

  /// Everybody who is or was on the visit, by identifier.
  var members: [VisitOverview.Member] {
    var members: [VisitOverview.Member] = []
    let keys = authority.cells.keys.filter { $0.record == .named("visit") && $0.field == "member" }
    for key in keys.sorted() {
      guard let person = PersonID(text: key.slot), let role = role(of: person)
      else { continue }
      let names = authority[key].siblings.compactMap { $0.value["name"]?.string }
      members.append(VisitOverview.Member(person: person, name: names.first ?? "", role: role))
    }
    return members
  }
}
