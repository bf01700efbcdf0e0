import AssessmentModel
import Convergence
import FrameworkCatalogue
import SyncProtocol
import SyncServer

/// What the authority of this server writes: the founding and the rosters of assessments.
enum AssessmentDecrees {
  /// The decrees as a server takes them.
  static let all = Decrees(
    found: { (wanted, members, identity) throws(Problem) in
      try found(wanted, members: members, identity: identity)
    },
    put: { (member, cut, cells) throws(Problem) in
      let role = try role(member.role)
      return try drafts { () throws(EditError) in
        [
          try Roster(cells: cells)
            .put(member.person, as: role, name: member.name, cut: entries(cut))
        ]
      }
    },
    remove: { (person, cut, because, cells) throws(Problem) in
      let drafts = try drafts { () throws(EditError) in
        [try Roster(cells: cells).remove(person, cut: entries(cut))]
      }
      return try drafts.map { (draft) throws(Problem) in try draft.giving(reason: because) }
    },
    hold: { dot, person, authority in
      let reason = HoldReason(of: dot, by: person, under: authority)
      return Decrees.Hold(
        word: reason.rawValue,
        words: reason.words,
        canBeReleased: reason.canBeReleased
      )
    },
    decide: { (field, replica, ranges, because, cells) throws(Problem) in
      guard let decision = HoldDecision(rawValue: field) else { throw Decrees.unsupported }
      let batches = ranges.map { ($0.first, $0.last, $0.hashPrefix) }
      return try drafts { () throws(EditError) in
        [try Roster(cells: cells).decide(decision, batches, of: replica, because: because)]
      }
    },
    join: { (person, other, because, cells) throws(Problem) in
      try drafts { () throws(EditError) in
        [try Roster(cells: cells).join(person, with: other, because: because)]
      }
    }
  )

  private static func entries(_ cut: [Dependency]) -> [Roster.CutEntry] {
    cut.map {
      Roster.CutEntry(
        replica: $0.replica,
        lastCounter: $0.lastCounter,
        hashPrefix: $0.hashPrefix
      )
    }
  }

  private static func found(
    _ wanted: AdminCall.NewVisit,
    members: [Decrees.Member],
    identity: PublicKey
  ) throws(Problem) -> [Draft] {
    guard members.contains(where: { $0.role == Role.lead.rawValue }) else {
      throw Problem(.malformed, "A visit needs somebody who leads it: --member \"NAME:lead\".")
    }
    let (edition, hash) = try Frameworks.pin(id: wanted.framework, edition: wanted.edition)
    var people: [VisitFounding.Member] = []
    for member in members {
      people.append(
        VisitFounding.Member(
          person: member.person,
          role: try role(member.role),
          name: member.name
        )
      )
    }
    let founding = VisitFounding(
      title: wanted.title,
      framework: FrameworkPin(id: wanted.framework, edition: edition, hash: hash),
      identityKey: identity.text,
      members: people,
      serviceName: wanted.service
    )
    return try drafts { () throws(EditError) in try founding.drafts() }
  }

  private static func role(_ word: String) throws(Problem) -> Role {
    guard let role = Role(rawValue: word) else {
      let words = Role.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.malformed, "There is no role \(word). The roles are \(words).")
    }
    return role
  }

  private static func drafts(
    _ body: () throws(EditError) -> [Draft]
  ) throws(Problem) -> [Draft] {
    do throws(EditError) {
      return try body()
    } catch {
      throw Problem(.malformed, error.message)
    }
  }
}

extension Draft {
  /// The same removal with the reason in its value.
  fileprivate func giving(reason: String) throws(Problem) -> Draft {
    guard (1...Limits.textBytes).contains(reason.utf8.count) else {
      throw Problem(.malformed, "A reason has 1 to \(Limits.textBytes) bytes.")
    }
    guard case .set(let assignment) = action, case .map(let map) = assignment.value,
      let value = Value.Map(map.members + [.init(key: "because", value: .string(reason))])
    else { throw Problem(.malformed, "The removal cannot carry a reason.") }
    return Draft(
      Assignment(
        record: assignment.record,
        field: assignment.field,
        slot: assignment.slot,
        location: assignment.location,
        value: .map(value),
        over: assignment.over
      ),
      cites: cites
    )
  }
}
