import AssessmentModel

/// Reads the text form of a scenario, line by line.
///
/// Every line is read by one function that says in its error what would be right there. No input
/// stops it: what cannot be read is an error with its place.
struct ScenarioParser {
  let file: String
  let framework: Framework

  var head: (name: String, title: String, basis: String)?
  var pending: Scenario.Pending?
  var remains: [Scenario.Pending] = []
  var cast = ScenarioCast()
  var statements: [ScenarioStatement] = []
  var lastLine = 1
  /// Devices that have no network where the reading stands.
  var offline: Set<Int> = []
  /// How many runs the orders named so far ask for.
  private var orders = 1
  private var block = Block.none

  private enum Block { case none, people, devices }

  init(file: String, framework: Framework) {
    self.file = file
    self.framework = framework
  }

  /// Reads all lines.
  mutating func read(_ text: String) throws(ScenarioError) {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, source) in lines.enumerated() {
      var line = try ScenarioLine(source, file: file, number: index + 1)
      if line.isEmpty { continue }
      lastLine = index + 1
      try read(&line)
    }
    if head != nil, cast.devices.isEmpty, statements.isEmpty { cast = .usual }
  }

  private mutating func read(_ line: inout ScenarioLine) throws(ScenarioError) {
    if head == nil { return try readHead(&line) }
    if line.isIndented, block == .people { return try readPeople(&line) }
    if line.isIndented, block == .devices { return try readDevice(&line) }
    if pending != nil {
      throw line.refused("a pending scenario says nothing more. Take \"pending\" away to run it")
    }
    block = .none
    if try readHeading(&line) { return }
    if cast.devices.isEmpty {
      guard cast.people.isEmpty else {
        throw line.refused("there are people and no devices. Write \"devices\" and one a line")
      }
      cast = .usual
    }
    let action = try action(&line)
    try line.needEnd()
    try take(action, line)
  }

  private mutating func take(
    _ action: ScenarioStatement.Action,
    _ line: ScenarioLine
  ) throws(ScenarioError) {
    switch action {
    case .offline(let devices): offline.formUnion(devices)
    case .online(let devices): offline.subtract(devices)
    case .settle: offline = []
    case .sync(let devices, _):
      if let device = devices.first(where: offline.contains) {
        let word = cast.devices[device].word
        throw line.refused("\(word) is offline here. Write before this line: \(word) is online")
      }
    case .everyOrder(let devices, let isOnce):
      if isOnce { offline.subtract(devices) } else { offline = [] }
      for count in 1...max(1, devices.count) {
        let (product, overflow) = orders.multipliedReportingOverflow(by: count)
        guard !overflow, product <= Scenario.orderLimit else {
          throw line.refused(
            """
            with this line there are more than \(Scenario.orderLimit) orders to try. Name fewer \
            devices: sync a and b in every order
            """
          )
        }
        orders = product
      }
    default: break
    }
    statements.append(ScenarioStatement(line: line.number, source: line.source, action: action))
  }

  // MARK: Head

  private static let headExample = "scenario C01: two reviewers differ"

  private mutating func readHead(_ line: inout ScenarioLine) throws(ScenarioError) {
    guard line.take("scenario"), let name = line.word(), line.source.contains(":") else {
      throw line.refused("a scenario begins with its name. Write: \(Self.headExample)")
    }
    guard !line.isAtEnd else {
      throw line.refused("the scenario does not say what it is about. Write: \(Self.headExample)")
    }
    let title = line.source.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
    head = (name, String(title.drop { $0.isWhitespace }), "")
  }

  /// Reads what stands between the head and what happens.
  private mutating func readHeading(_ line: inout ScenarioLine) throws(ScenarioError) -> Bool {
    switch line.word() {
    case "basis":
      head?.basis = String(line.source.dropFirst("basis".count).drop { $0.isWhitespace })
    case "framework": try readFramework(&line)
    case "pending": pending = try readPending(&line, "pending")
    case "remains": remains.append(try readPending(&line, "remains"))
    case "people": try begin(.people, line)
    case "devices": try begin(.devices, line)
    default:
      line.place = 0
      return false
    }
    return true
  }

  private mutating func begin(
    _ block: Block,
    _ line: ScenarioLine
  ) throws(ScenarioError) {
    try line.needEnd()
    guard statements.isEmpty else {
      throw line.refused("people and devices come before anything happens. Move the block up")
    }
    if block == .devices, cast.people.isEmpty { cast.people = ScenarioCast.usual.people }
    self.block = block
  }

  private mutating func readFramework(_ line: inout ScenarioLine) throws(ScenarioError) {
    let example = "framework qsi-imaging 2026-draft"
    guard let id = line.word().flatMap({ FrameworkID($0) }),
      let edition = line.word().flatMap({ FrameworkEdition($0) })
    else { throw line.refused("a framework has a name and an edition. Write: \(example)") }
    try line.needEnd()
    guard id == framework.id, edition == framework.edition else {
      throw line.refused("the framework at hand is \(framework.id) \(framework.edition)")
    }
  }

  private mutating func readPending(
    _ line: inout ScenarioLine,
    _ word: String
  ) throws(ScenarioError) -> Scenario.Pending {
    let example = "\(word) issue 7: tallies, or \(word) a later issue: sign-off"
    var issue: Int?
    if !line.take("a later issue") {
      guard line.take("issue"), case .word(let number) = line.next, let found = Int(number) else {
        throw line.refused("\(line.found) stands where the issue belongs. Write: \(example)")
      }
      issue = found
      line.place += 1
    }
    let what = line.source.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
    guard !line.isAtEnd, !what.isEmpty else {
      throw line.refused("the line does not say what is missing. Write: \(example)")
    }
    return Scenario.Pending(issue: issue, what: String(what.drop { $0.isWhitespace }))
  }

  // MARK: People and devices

  private static let peopleExample = """
    Lead leads, or Peer A and Peer B are peers, or Lay is a lay assessor, or Clerk is an observer
    """

  private mutating func readPeople(_ line: inout ScenarioLine) throws(ScenarioError) {
    var names: [String] = []
    var words: [String] = []
    while !line.isAtEnd, !["leads", "is", "are"].contains(line.next?.written) {
      let word = line.word() ?? ""
      if ["and", ","].contains(word) {
        names.append(words.joined(separator: " "))
        words = []
      } else {
        words.append(word)
      }
    }
    names.append(words.joined(separator: " "))
    let role: Role
    switch line.rest {
    case "leads", "is the lead", "is lead": role = .lead
    case "is a peer", "are peers": role = .peer
    case "is a lay assessor", "are lay assessors": role = .lay
    case "is an observer", "are observers": role = .observer
    default: throw line.refused("that says nobody's role. Write: \(Self.peopleExample)")
    }
    for name in names {
      guard !name.isEmpty else {
        throw line.refused("a name is missing. Write: \(Self.peopleExample)")
      }
      guard !cast.people.contains(where: { $0.name == name }) else {
        throw line.refused("\(name) is there already. Name everybody once")
      }
      cast.people.append(ScenarioCast.Person(name: name, role: role))
    }
  }

  /// Words that begin other lines, so that no device may bear them.
  private static let reserved: Set<String> = [
    "expect", "everyone", "sync", "the", "refused", "scenario", "basis", "framework", "people",
    "devices", "pending", "remains", "and", "is",
  ]

  private mutating func readDevice(_ line: inout ScenarioLine) throws(ScenarioError) {
    let example = "b is \(cast.people.last?.name ?? "Peer B")'s tablet"
    guard let word = line.word(), line.take("is") else {
      throw line.refused("a device has one word and somebody who holds it. Write: \(example)")
    }
    guard !Self.reserved.contains(word), word.first?.isLetter == true else {
      throw line.refused("no device can be called \(word). Choose another word: \(example)")
    }
    guard !cast.devices.contains(where: { $0.word == word }) else {
      throw line.refused("\(word) is there already. Call each device by a word of its own")
    }
    let person = try person(&line)
    try line.need("'s", example)
    let noun = line.rest
    guard !noun.isEmpty else { throw line.refused("that is no device. Write: \(example)") }
    cast.devices.append(ScenarioCast.Device(word: word, noun: noun, person: person))
  }
}
