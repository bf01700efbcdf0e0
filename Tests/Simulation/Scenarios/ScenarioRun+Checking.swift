import AssessmentModel
import Convergence
import OperationStore

extension ScenarioRun {
  /// Looks wherever something must be seen.
  ///
  /// Afterwards, when the world is healed, nothing waits any more on any device.
  func check(
    _ expectation: Expectation,
    at place: ScenarioStatement.Place,
    _ statement: ScenarioStatement,
    isAfterwards: Bool
  ) throws {
    // These are facts of one device, not of what the visit shows.
    switch expectation {
    case .toSend(let device, let count):
      guard !isAfterwards else { return }
      checks += 1
      let store = world.devices[device].store
      let counts = try store?.unsentCounts(of: world.cast.visits[0].id)
      let found = counts.map { Int($0.operations) } ?? 0
      guard found == count else {
        throw failure(at: statement, "\(world.devices[device].name) has \(found) to send")
      }
      return
    case .clockTold(let device, let error):
      checks += 1
      if let seen = clockTold(device, otherThan: error) { throw failure(at: statement, seen) }
      return
    default: break
    }
    for reading in try readings(at: place) {
      checks += 1
      if let seen = try seen(insteadOf: expectation, in: reading) {
        throw failure(at: statement, "\(reading.name) shows: \(seen)")
      }
    }
  }

  /// The screens of a place; those of everybody who is still on the visit, and the server's.
  func readings(at place: ScenarioStatement.Place) throws -> [ScenarioReading] {
    switch place {
    case .device, .server: return [try reading(at: place)]
    case .everywhere:
      let members = world.devices.filter { world.isMember($0, 0) }
      return try members.map { try reading(at: .device($0.number)) } + [reading(at: .server)]
    }
  }

  private func reading(at place: ScenarioStatement.Place) throws -> ScenarioReading {
    if let reading = shown[place] { return reading }
    var name = "the server"
    var store = world.servers[0].store
    if case .device(let number) = place {
      name = world.devices[number].name
      store = world.devices[number].store
    }
    guard let store else { throw BrokenWorld("\(name) is down") }
    let reading = try ScenarioReading(
      name,
      store,
      world.cast.visits[0].id,
      framework,
      known: &known
    )
    shown[place] = reading
    return reading
  }

  private func clockTold(_ device: Int, otherThan error: Int64) -> String? {
    // The difference is the server's clock less the device's; the client tells of five minutes.
    let difference = clockDifferences[device] ?? 0
    let told = abs(difference) < 300_000 ? 0 : -difference
    guard abs(told - error) >= 60_000 else { return nil }
    let name = world.devices[device].name
    return told == 0 ? "\(name) is told nothing" : "\(name) is told: \(Self.clockWords(told))"
  }

  /// A clock's error in words.
  static func clockWords(_ error: Int64) -> String {
    let minutes = abs(error) / 60_000
    let amount = minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes) min"
    return error == 0 ? "right" : "\(amount) \(error > 0 ? "fast" : "slow")"
  }

  // MARK: Everything that a screen shows

  /// What a screen shows instead of what is expected; `nil` if it is that.
  private func seen(
    insteadOf expectation: Expectation,
    in reading: ScenarioReading
  ) throws -> String? {
    switch expectation {
    case .standard(let standard, let place, let shown):
      return try seen(standard, place, insteadOf: shown, in: reading)
    case .slot(let standard, let place, let person, let alternatives):
      return try slot(of: person, on: standard, at: place, otherThan: alternatives, in: reading)
    case .resolution, .resolutionUnverified, .resolutionMisses:
      return try resolution(otherThan: expectation, in: reading)
    case .hadSeen, .nobodyHadSeen: return awareness(otherThan: expectation, in: reading)
    case .history(let standard, let person, let outcomes):
      let found = reading.judgements(of: standard, by: id(person)).map(\.outcome)
      return found == outcomes ? nil : Self.list(found.map(\.words))
    case .labelOff(let standard, let person, let error):
      return labels(of: person, on: standard, notOffBy: error, in: reading)
    case .comment(let text, let expected):
      return try comment(text, otherThan: expected, in: reading)
    case .evidence(let title, let expected):
      return try evidence(title, otherThan: expected, in: reading)
    case .nation(let nations):
      let found = reading.view.service.nation.contents.map(\.rawValue).sorted()
      return found == nations.map(\.rawValue) ? nil : Self.list(found)
    case .progress(let counts):
      return Self.difference(counts) { reading.progress($0) ?? 0 }
    case .notices(let counts): return Self.difference(counts, reading.count)
    case .toSend, .clockTold: return nil
    }
  }

  private static func difference(
    _ counts: [Expectation.Count],
    _ found: (String) -> Int
  ) -> String? {
    guard counts.contains(where: { found($0.what) != $0.number }) else { return nil }
    return list(counts.map { "\(found($0.what)) \($0.what)" })
  }

  /// Things in a row, or that there is nothing.
  static func list(_ items: [String]) -> String {
    items.isEmpty ? "nothing" : items.joined(separator: ", ")
  }

  /// The person of a number of the cast.
  func id(_ person: Int) -> PersonID { world.cast.people[person].id }

  /// A location by the name that it was added with.
  func location(_ name: String?) throws -> Dot? {
    guard let name else { return nil }
    return items.first { $0.type == "location" && $0.words == name }?.dot
  }

  private func awareness(
    otherThan expectation: Expectation,
    in reading: ScenarioReading
  ) -> String? {
    func words(_ standard: StandardID) -> [String] {
      (reading.place(standard, nil)?.awareness ?? []).map {
        "\(reading.view.name(of: $0.person)) had seen \(reading.view.name(of: $0.hadSeen))'s"
      }
    }
    switch expectation {
    case .nobodyHadSeen(let standard):
      let found = words(standard)
      return found.isEmpty ? nil : Self.list(found)
    case .hadSeen(let standard, let person, let other, let isExpected):
      let pair = Awareness(person: id(person), hadSeen: id(other))
      let isSeen = reading.place(standard, nil)?.awareness.contains(pair) ?? false
      guard isSeen != isExpected else { return nil }
      let found = words(standard)
      return found.isEmpty ? "nobody had seen anybody's" : Self.list(found)
    default: return nil
    }
  }

  private func labels(
    of person: Int,
    on standard: StandardID,
    notOffBy error: Int64,
    in reading: ScenarioReading
  ) -> String? {
    let versions = reading.place(standard, nil)?.slot(of: id(person))?.versions.all ?? []
    let errors = versions.compactMap { version in truth[version.dot].map { version.clock - $0 } }
    guard errors.isEmpty || errors.contains(where: { abs($0 - error) >= 60_000 }) else {
      return nil
    }
    return Self.list(errors.map(Self.clockWords))
  }
}
