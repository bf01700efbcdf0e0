import AssessmentModel
import Convergence

extension Contents {
  /// Everything as one value.
  ///
  /// People, standards and items are named by their IDs; `clock` is what a device's clock showed,
  /// in milliseconds since 1970.
  var json: Value {
    .members(
      ("report", .int(1)),
      ("title", list(visit.title) { .string($0) }),
      ("readers", .string(audience.rawValue)),
      ("framework", list(visit.pin) { $0.value }),
      (
        "frameworkStatus",
        (visit.framework?.status.rawValue).map(Value.string)
      ),
      ("service", service),
      ("team", .list(visit.members.map(json))),
      ("progress", progressJSON),
      ("standards", .list(visit.standards.map(json))),
      ("evidence", .list(evidence.map(json))),
      ("comments", .list(comments.map(json))),
      ("incomplete", .list(incomplete))
    )
  }

  private var incomplete: [Value] {
    let shown = Set(
      evidence.map(\.dot) + comments.map(\.dot) + visit.service.locations.map(\.dot)
    )
    return visit.incomplete.compactMap { item in
      if case .item(let dot) = item.record, !shown.contains(dot) { return nil }
      return .members(
        ("kind", .string(item.kind.rawValue)),
        ("record", .string("\(item.record)")),
        ("location", item.location.map { .string("#\($0)") }),
        ("people", item.people.isEmpty ? nil : .list(item.people.map { .string($0.text) })),
        ("field", item.field.map(Value.string))
      )
    }
  }

  private var service: Value {
    .members(
      ("name", list(visit.service.name) { .string($0) }),
      ("provider", list(visit.service.provider) { .string($0) }),
      ("nation", list(visit.service.nation) { .string($0.rawValue) }),
      (
        "locations",
        .list(
          visit.service.locations.map { location in
            .members(
              ("id", .string("#\(location.dot)")),
              ("name", list(location.name) { .string($0) }),
              ("kind", list(location.kind) { .string($0.rawValue) }),
              ("archived", list(location.archived) { .string($0) })
            )
          }
        )
      )
    )
  }

  private var progressJSON: Value {
    let progress = visit.progress
    let numbers = [
      ("standards", progress.standards), ("notApplicable", progress.notApplicable),
      ("applicable", progress.applicable), ("judged", progress.judged),
      ("notJudged", progress.notJudged), ("met", progress.met), ("notMet", progress.notMet),
      ("disputed", progress.disputed), ("stale", progress.stale),
      ("contested", progress.contested), ("selfConflict", progress.selfConflict),
      ("incomplete", progress.incomplete),
    ]
    let members = numbers.map { Value.Map.Member(key: $0.0, value: .int(Int64($0.1))) }
    return Value.Map(members).map(Value.map) ?? .list([])
  }

  private func json(_ member: TeamMember) -> Value {
    .members(
      ("person", .string(member.person.text)),
      ("name", .string(member.name)),
      ("role", list(member.entries) { .string($0.role?.rawValue ?? "none") }),
      ("interest", list(member.interest) { .string($0) }),
      ("assigned", list(member.assigned) { .list($0.map(Value.string)) })
    )
  }

  private func json(_ standard: StandardView) -> Value {
    .members(
      ("id", .string(standard.id)),
      ("ref", .string(standard.ref)),
      ("title", .string(standard.title)),
      ("isNotApplicable", .bool(standard.isNotApplicable)),
      ("isJudgedButOutOfScope", .bool(standard.isJudgedButOutOfScope)),
      ("whole", json(standard.whole)),
      ("locations", standard.locations.isEmpty ? nil : .list(standard.locations.map(json))),
      ("scope", list(standard.scope) { $0.value }),
      (
        "linked",
        standard.linked.isEmpty
          ? nil
          : .list(
            standard.linked.map { link in
              .members(
                ("id", .string(link.id)),
                ("view", .string(link.teamView.name)),
                ("isContrary", .bool(link.isContrary))
              )
            }
          )
      )
    )
  }

  private func json(_ place: PlaceView) -> Value {
    .members(
      ("location", place.location.map { .string("#\($0)") }),
      ("view", .string(place.teamView.name)),
      ("outcome", (place.teamView.settledOutcome?.rawValue).map(Value.string)),
      (
        "judgements",
        place.slots.isEmpty
          ? nil
          : .list(
            place.slots.map { slot in
              .members(
                ("person", .string(slot.person.text)),
                ("isSelfConflict", .bool(slot.standing == .selfConflict)),
                ("versions", list(slot.versions) { $0.value })
              )
            }
          )
      ),
      ("resolutions", list(place.resolutions) { $0.value }),
      (
        "awareness",
        place.awareness.isEmpty
          ? nil
          : .list(
            place.awareness.map { awareness in
              .members(
                ("person", .string(awareness.person.text)),
                ("hadSeen", .string(awareness.hadSeen.text))
              )
            }
          )
      )
    )
  }

  private func json(_ item: EvidenceView) -> Value {
    .members(
      ("id", .string("#\(item.dot)")),
      ("author", .string(item.author.text)),
      ("clock", .int(item.clock)),
      ("title", list(item.title) { .string($0) }),
      ("kind", list(item.kind) { .string($0) }),
      ("reference", list(item.reference) { .string($0) }),
      ("status", list(item.status) { .string($0.rawValue) }),
      ("audience", .string(item.audience.rawValue)),
      ("supports", .list(item.supportedStandards.map(Value.string))),
      ("archived", list(item.archived) { .string($0) }),
      ("inUseBy", item.inUseBy.isEmpty ? nil : .list(item.inUseBy.map { .string($0.text) }))
    )
  }

  private func json(_ comment: CommentView) -> Value {
    let isShown = !comment.isWithdrawn || audience <= .team
    return .members(
      ("id", .string("#\(comment.dot)")),
      ("author", .string(comment.author.text)),
      ("clock", .int(comment.clock)),
      ("about", .string("\(comment.about)")),
      ("replyTo", comment.replyTo.map { .string("#\($0)") }),
      ("text", isShown ? list(comment.text) { .string($0) } : nil),
      ("audience", .string(comment.audience.rawValue)),
      ("isWithdrawn", .bool(comment.isWithdrawn)),
      ("withdrawn", isShown ? list(comment.withdrawn) { .string($0) } : nil)
    )
  }

  /// Every version with who wrote it; `nil` if there is none.
  private func list<Content>(
    _ versions: Versions<Content>,
    _ value: (Content) -> Value
  ) -> Value? {
    if versions.isEmpty { return nil }
    return .list(
      versions.all.map { version in
        .members(
          ("is", value(version.content)),
          ("author", .string(version.author.text)),
          ("clock", .int(version.clock)),
          ("operation", .string("#\(version.dot)")),
          (
            "cites",
            version.cites.isEmpty ? nil : .list(version.cites.map { .string("#\($0)") })
          )
        )
      }
    )
  }
}
