import AssessmentModel

extension ScenarioParser {
  /// Reads the name of somebody on the visit.
  func person(_ line: inout ScenarioLine) throws(ScenarioError) -> Int {
    guard let person = takePerson(&line) else {
      let names = cast.people.map(\.name).joined(separator: ", ")
      throw line.refused("\(line.found) is nobody on this visit. On it are: \(names)")
    }
    return person
  }

  /// Reads the name of somebody, if one comes next; the longest that fits.
  func takePerson(_ line: inout ScenarioLine) -> Int? {
    let byLength = cast.people.indices.sorted {
      cast.people[$0].name.count > cast.people[$1].name.count
    }
    return byLength.first { line.take(cast.people[$0].name) }
  }

  /// Reads the word of a device, if one comes next.
  func takeDevice(_ line: inout ScenarioLine) -> Int? {
    cast.devices.firstIndex { line.take($0.word) }
  }

  /// Reads the word of a device.
  func device(_ line: inout ScenarioLine) throws(ScenarioError) -> Int {
    guard let device = takeDevice(&line) else {
      let words = cast.devices.map(\.word).joined(separator: ", ")
      throw line.refused("\(line.found) is no device here. There are: \(words)")
    }
    return device
  }

  /// Reads one device or several, such as `a, b and lead`; `everyone` is all of them.
  func devices(_ line: inout ScenarioLine) throws(ScenarioError) -> [Int] {
    if line.take("everyone") { return Array(cast.devices.indices) }
    var devices = [try device(&line)]
    while true {
      let start = line.place
      let isAnd = line.take("and")
      guard isAnd || line.take(",") else { return devices }
      // Behind a comma something else may follow: a, with an older program, judges …
      guard isAnd || takeDevice(&line) != nil else {
        line.place = start
        return devices
      }
      if !isAnd { line.place = start + 1 }
      let device = try device(&line)
      guard !devices.contains(device) else {
        throw line.refused("\(cast.devices[device].word) is named twice. Name it once")
      }
      devices.append(device)
    }
  }

  /// Reads the ref of a standard; one with a slash is an identity that the framework may not know.
  func standard(_ line: inout ScenarioLine) throws(ScenarioError) -> StandardID {
    guard let id = takeStandard(&line) else {
      guard case .word(let word) = line.next else {
        throw line.refused("\(line.found) stands where a standard belongs. Write its ref: XR-304")
      }
      let near = framework.nearestRefs(to: word).map(\.ref).joined(separator: ", ")
      let advice = near.isEmpty ? "Write a ref such as XR-304" : "The nearest are: \(near)"
      throw line.refused("\(framework.title) has no standard \"\(word)\". \(advice)")
    }
    return id
  }

  /// Reads the ref of a standard, if one comes next.
  func takeStandard(_ line: inout ScenarioLine) -> StandardID? {
    guard case .word(let word) = line.next else { return nil }
    let id =
      framework.standard(ref: word)?.id ?? (word.contains("/") ? StandardID(word) : nil)
    if id != nil { line.place += 1 }
    return id
  }

  /// Reads one standard or several, such as `XR-305, XR-306 and XR-802`.
  func standards(_ line: inout ScenarioLine) throws(ScenarioError) -> [StandardID] {
    var standards = [try standard(&line)]
    while line.take(",") || line.take("and") { standards.append(try standard(&line)) }
    return standards
  }

  /// Reads one text or several, such as `"a", "b" and "c"`.
  func texts(_ line: inout ScenarioLine, _ what: String) throws(ScenarioError) -> [String] {
    var texts = [try line.needText(what)]
    while line.take(",") || line.take("and") { texts.append(try line.needText(what)) }
    return texts
  }

  /// Reads `at "Main site"`, if it comes next.
  func takePlace(_ line: inout ScenarioLine) throws(ScenarioError) -> String? {
    guard line.take("at") else { return nil }
    return try line.needText("the name of a location")
  }

  private static let outcomes: [(name: String, value: Outcome)] = [
    ("not-applicable", .notApplicable), ("not-met", .notMet), ("met", .met),
  ]

  /// Reads an outcome and whatever is said with it, in any order.
  func said(_ line: inout ScenarioLine) throws(ScenarioError) -> (said: Said, place: String?) {
    var said = Said(try line.needOne(of: Self.outcomes, "an outcome"))
    let place = try readWords(&line, into: &said)
    return (said, place)
  }

  /// Reads `because`, `reason`, `part` and `at` in any order.
  func readWords(
    _ line: inout ScenarioLine,
    into said: inout Said
  ) throws(ScenarioError) -> String? {
    var place: String?
    while true {
      let start = line.place
      _ = line.take(",")
      if line.take("because") {
        said.because = try line.needText("what somebody says")
      } else if line.take("reason") {
        said.reason = try line.needOne(of: NotApplicableReason.self, "a reason")
      } else if line.take("part") {
        said.part = try line.needText("which part")
      } else if let found = try takePlace(&line) {
        place = found
      } else {
        line.place = start
        return place
      }
    }
  }

  /// Reads a length of time such as `24 h`, in milliseconds.
  func duration(_ line: inout ScenarioLine) throws(ScenarioError) -> Int64 {
    let count = Int64(try line.needNumber("a length of time"))
    let hour: Int64 = 3_600_000
    let units: [(name: String, value: Int64)] = [
      ("h", hour), ("hours", hour), ("hour", hour), ("minutes", 60_000), ("minute", 60_000),
      ("min", 60_000), ("days", 24 * hour), ("day", 24 * hour), ("years", 8_766 * hour),
      ("year", 8_766 * hour),
    ]
    return min(count, 10_000) * (try line.needOne(of: units, "a unit of time"))
  }
}
