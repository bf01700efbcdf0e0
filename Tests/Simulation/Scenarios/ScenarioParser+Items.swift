import AssessmentModel

extension ScenarioParser {
  /// Reads what somebody does with a comment, an evidence item or a location.
  func itemEdit(
    _ verb: String,
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> ScenarioEdit {
    switch verb {
    case "comments":
      try line.need("on", "lay comments on XR-105 \"…\"")
      let subject = try subject(&line)
      return .comment(try line.needText("the comment"), on: subject)
    case "replies":
      let text = try line.needText("the answer")
      try line.need("to", "lead replies \"…\" to \"the comment\"")
      return .reply(text, to: try line.needText("the comment that is answered"))
    case "edits":
      try line.need("the comment", "lay edits the comment \"old\" to \"new\"")
      let comment = try line.needText("the comment as it was written first")
      try line.need("to", "lay edits the comment \"old\" to \"new\"")
      return .editComment(comment, to: try line.needText("the new words"))
    case "withdraws":
      // "the comment" was read by whoever called.
      let comment = try line.needText("the comment")
      return .withdrawComment(comment, because: try because(&line))
    case "adds": return try addition(&line)
    case "marks":
      let title = try evidence(&line)
      return .mark(title, try line.needOne(of: EvidenceStatus.self, "a status"))
    case "links":
      let title = try evidence(&line)
      try line.need("to", "b links the evidence \"Rota\" to XR-305")
      return .link(title, try standard(&line))
    case "unlinks":
      let title = try evidence(&line)
      try line.need("from", "a unlinks the evidence \"Rota\" from XR-306")
      return .unlink(title, try standard(&line))
    case "renames":
      let title = try evidence(&line)
      try line.need("to", "a renames the evidence \"Rota\" to \"Rota of May\"")
      return .retitle(title, to: try line.needText("the new title"))
    case "archives":
      let title = try evidence(&line)
      guard let because = try because(&line) else {
        throw line.refused("whoever archives says why. Write: a archives the evidence … because …")
      }
      return .archive(title, because: because)
    default:
      throw line.refused(
        """
        "\(verb)" is nothing that a device does. It judges, withdraws, chooses, resolves, decides, \
        comments, replies, edits, adds, marks, links, unlinks, renames, archives, sets, declares, \
        syncs, is offline, is online
        """
      )
    }
  }

  private func addition(_ line: inout ScenarioLine) throws(ScenarioError) -> ScenarioEdit {
    if line.take("the location") {
      let name = try line.needText("the name of the location")
      var kind: LocationKind?
      if line.take("kind") { kind = try line.needOne(of: LocationKind.self, "a kind") }
      return .addLocation(name, kind)
    }
    let title = try evidence(&line)
    var status = EvidenceStatus.seen
    var supported: [StandardID] = []
    while true {
      if line.take("for") {
        supported = try standards(&line)
      } else if line.take("status") {
        status = try line.needOne(of: EvidenceStatus.self, "a status")
      } else {
        return .addEvidence(title, status, supported)
      }
    }
  }

  /// Reads `evidence "Rota"`, with or without "the".
  private func evidence(_ line: inout ScenarioLine) throws(ScenarioError) -> String {
    _ = line.take("the")
    try line.need("evidence", "a adds evidence \"Rota\" for XR-802")
    return try line.needText("the title of the evidence")
  }

  private func subject(
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> ScenarioEdit.Subject {
    if line.take("the evidence") { return .evidence(try line.needText("the title")) }
    if line.take("the service") { return .service }
    return .standard(try standard(&line))
  }

  private func because(_ line: inout ScenarioLine) throws(ScenarioError) -> String? {
    guard line.take("because") else { return nil }
    return try line.needText("why")
  }
}
