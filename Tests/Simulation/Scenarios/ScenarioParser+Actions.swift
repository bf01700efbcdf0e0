import AssessmentModel

extension ScenarioParser {
  private static let example = """
    a judges XR-304 met because "…", or a syncs, or sync in every order, or expect XR-304 is disputed
    """

  /// Reads a line on which something happens or must be seen.
  func action(_ line: inout ScenarioLine) throws(ScenarioError) -> ScenarioStatement.Action {
    if line.take("expect") { return try expectation(&line) }
    if line.take("refused") { return try refusal(&line) }
    if line.take("the organiser removes") { return .remove(person: try person(&line)) }
    if line.take("the server is backed up") { return .backUp }
    if line.take("the server is restored") { return .putBack(isTold: true) }
    if line.take("the server is put back silently") { return .putBack(isTold: false) }
    if line.take("sync") { return try everyOrder(&line) }
    if case .word(let word) = line.next, Int(word) != nil {
      let time = try duration(&line)
      guard line.take("pass") || line.take("passes") else {
        throw line.refused("\(line.found) stands behind a time. Write: 2 h pass")
      }
      return .wait(time)
    }
    let start = line.place
    guard line.take("everyone") || takeDevice(&line) != nil else {
      let words = cast.devices.map(\.word).joined(separator: ", ")
      throw line.refused(
        "\(line.found) begins no line. The devices are \(words). Write: \(Self.example)"
      )
    }
    line.place = start
    return try deed(&line)
  }

  /// Reads a line that begins with a device or several.
  private func deed(_ line: inout ScenarioLine) throws(ScenarioError) -> ScenarioStatement.Action {
    let isEveryone = line.next?.written == "everyone"
    var devices = try devices(&line)
    if line.take("syncs until all is in") || line.take("sync until all is in") { return .settle }
    if line.take("syncs") || line.take("sync") {
      if isEveryone { devices.removeAll { offline.contains($0) } }
      return .sync(devices, try quality(of: &line))
    }
    if line.take("is offline") || line.take("are offline") { return .offline(devices) }
    if line.take("is online") || line.take("are online") { return .online(devices) }
    guard devices.count == 1, !isEveryone else {
      throw line.refused(
        "several devices can only sync, be offline or be online together. Write a line for each"
      )
    }
    if line.take("'s clock") { return try clock(&line, of: devices[0]) }
    var program = ScenarioStatement.Program.current
    if line.take(",") || line.next?.written == "with" {
      if line.take("with an older program") {
        program = .older
      } else {
        try line.need("with a newer program", "b, with a newer program, judges qsi/xr-999 met")
        program = .newer
      }
      _ = line.take(",")
    }
    return .edit(try edit(&line, program), device: devices[0], by: program)
  }

  private func refusal(_ line: inout ScenarioLine) throws(ScenarioError) -> ScenarioStatement.Action
  {
    var code: String?
    if line.take("as") { code = line.word() }
    if let given = code, EditError.Code(rawValue: given) == nil {
      throw line.refused("\"\(given)\" is no reason to refuse. Write one such as not-yours")
    }
    let device = try device(&line)
    return .refused(try edit(&line, .current), device: device, code: code)
  }

  private func everyOrder(
    _ line: inout ScenarioLine
  ) throws(ScenarioError) -> ScenarioStatement.Action {
    var listed = Array(cast.devices.indices)
    if !["once", "in"].contains(line.next?.written) { listed = try devices(&line) }
    let isOnce = line.take("once")
    try line.need("in every order", "sync in every order, or sync a and b once in every order")
    return .everyOrder(listed, isOnce: isOnce)
  }

  private func quality(
    of line: inout ScenarioLine
  ) throws(ScenarioError) -> ScenarioStatement.Line {
    _ = line.take(",")
    if line.take("cut at every byte") { return .cut(every: 1) }
    if line.take("cut at every") {
      let step = max(1, try line.needNumber("a number of bytes"))
      try line.need("bytes", "a syncs, cut at every 7 bytes")
      return .cut(every: step)
    }
    if line.take("with every request twice") { return .doubled }
    guard line.isAtEnd else {
      throw line.refused(
        """
        \(line.found) says nothing of a sync. Write: a syncs, or a syncs, cut at every byte, or \
        a syncs, with every request twice
        """
      )
    }
    return .good
  }

  private func clock(
    _ line: inout ScenarioLine,
    of device: Int
  ) throws(ScenarioError) -> ScenarioStatement.Action {
    if line.take("is right") { return .clockOff(device: device, 0) }
    if line.take("is set back") { return .clockMoved(device: device, -(try duration(&line))) }
    if line.take("is set forward") { return .clockMoved(device: device, try duration(&line)) }
    let example = "b's clock is 24 h fast, or slow; b's clock is set back 2 h; b's clock is right"
    try line.need("is", example)
    let time = try duration(&line)
    if line.take("fast") { return .clockOff(device: device, time) }
    try line.need("slow", example)
    return .clockOff(device: device, -time)
  }

  /// Reads what somebody writes, behind the word of the device.
  private func edit(
    _ line: inout ScenarioLine,
    _ program: ScenarioStatement.Program
  ) throws(ScenarioError) -> ScenarioEdit {
    guard case .word(let verb) = line.next else {
      throw line.refused("the line does not say what happens. Write: \(Self.example)")
    }
    line.place += 1
    switch verb {
    case "judges":
      let standard = try standard(&line)
      let (said, place) = try said(&line)
      return .judge(standard, said, at: place)
    case "withdraws" where !line.take("the comment"):
      let standard = try standard(&line)
      var said = Said(.notJudged)
      let place = try readWords(&line, into: &said)
      return .withdraw(standard, because: said.because, at: place)
    case "chooses":
      let standard = try standard(&line)
      let (said, place) = try said(&line)
      return .choose(standard, said, at: place)
    case "resolves": return try resolution(&line)
    case "decides": return try scope(&line)
    case "sets":
      try line.need("the nation to", "lead sets the nation to wales")
      return .setNation(try line.needOne(of: Nation.self, "a nation"))
    case "declares":
      if line.take("no interest") { return .declareInterest(nil) }
      return .declareInterest(try line.needText("an interest"))
    case "writes" where program == .newer:
      guard line.take("a") || line.take("an"), let type = line.word(), line.take("about") else {
        throw line.refused("write what the newer program makes: b writes a tally about XR-103")
      }
      return .newerItem(type, try standard(&line))
    default: return try itemEdit(verb, &line)
    }
  }

  private func resolution(_ line: inout ScenarioLine) throws(ScenarioError) -> ScenarioEdit {
    let standard = try standard(&line)
    let example = "lead resolves XR-304 as met because \"…\", or lead resolves XR-304 no more …"
    var said = Said(.notJudged)
    var place: String?
    if line.take("no more") {
      place = try readWords(&line, into: &said)
    } else {
      try line.need("as", example)
      (said, place) = try self.said(&line)
    }
    guard said.because != nil else {
      throw line.refused("a resolution says why. Write: \(example)")
    }
    return .resolve(standard, said, at: place)
  }

  private func scope(_ line: inout ScenarioLine) throws(ScenarioError) -> ScenarioEdit {
    let standard = try standard(&line)
    let extent: Extent = line.take("in part") ? .part : .whole
    let verdicts: [(name: String, value: Bool)] = [
      ("applies", true), ("applicable", true), ("not-applicable", false),
    ]
    let applies = try line.needOne(of: verdicts, "what is decided")
    var said = Said(applies ? .met : .notApplicable)
    _ = try readWords(&line, into: &said)
    guard let because = said.because else {
      throw line.refused(
        "a scope decision says why. Write: lead decides NM-903 not-applicable reason … because \"…\""
      )
    }
    return .scope(standard, applies: applies, extent, said.reason, because: because)
  }
}
