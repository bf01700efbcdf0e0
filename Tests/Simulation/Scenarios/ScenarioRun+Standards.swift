import AssessmentModel
import Convergence

extension ScenarioRun {
  /// What a screen shows of a standard instead of what is expected; `nil` if it is that.
  func seen(
    _ standard: StandardID,
    _ name: String?,
    insteadOf shown: Expectation.Shown,
    in reading: ScenarioReading
  ) throws -> String? {
    let location = try location(name)
    if name != nil, location == nil { return "there is no location \(name ?? "")" }
    let view = reading.view.standard(standard)
    let place = reading.place(standard, location)
    switch shown {
    case .view(let expected):
      let found = place?.teamView ?? .notJudged
      return found == expected ? nil : found.words
    case .outOfScope(let isExpected):
      let isFound = view?.isOutOfScope ?? false
      return isFound == isExpected ? nil : isFound ? "out of scope" : "in scope"
    case .judgedButOutOfScope(let isExpected):
      let isFound = view?.isJudgedButOutOfScope ?? false
      guard isFound != isExpected else { return nil }
      return isFound ? "judged but out of scope" : "not judged but out of scope"
    case .notApplicable(let isExpected):
      let isFound = view?.isNotApplicable ?? false
      return isFound == isExpected ? nil : isFound ? "left out of the counts" : "counted"
    case .attention(let kind, let isExpected):
      let kinds = Self.kinds(about: .standard(standard), at: location, in: reading)
      return kinds.contains(kind) == isExpected ? nil : Self.list(kinds.map(\.rawValue))
    case .unknown:
      guard let view else { return "nothing at all" }
      return view.standard == nil ? nil : "it is known as \(view.ref), \(view.title)"
    case .comments(let expected):
      let found = (view?.comments ?? []).flatMap(\.text.contents).sorted()
      return found == expected ? nil : Self.list(found)
    case .evidence(let expected):
      let found = (view?.evidence ?? []).map(\.name).sorted()
      return found == expected ? nil : Self.list(found)
    case .resolutions(let count):
      let found = place?.resolutions.all ?? []
      return found.count == count ? nil : Self.list(found.map { "\(Said($0.content))" })
    case .linked(let other, let isContrary):
      guard let linked = view?.linked.first(where: { $0.id == other.text }) else {
        return "the two are not linked"
      }
      guard linked.isContrary != isContrary else { return nil }
      return linked.isContrary ? "as contrary" : "as linked, not as contrary"
    }
  }

  /// What wants attention about a record, each kind once.
  static func kinds(
    about record: RecordID,
    at location: Dot?,
    in reading: ScenarioReading
  ) -> [IncompleteItem.Kind] {
    let found = reading.view.incomplete.filter { $0.record == record && $0.location == location }
    return IncompleteItem.Kind.allCases.filter { kind in found.contains { $0.kind == kind } }
  }

  /// What stands in somebody's slot instead of one of the alternatives.
  func slot(
    of person: Int,
    on standard: StandardID,
    at name: String?,
    otherThan alternatives: [[Said]],
    in reading: ScenarioReading
  ) throws -> String? {
    let location = try location(name)
    let place = reading.place(standard, location)
    let versions = (place?.slot(of: id(person))?.versions.all ?? []).map(\.content)
    let isExpected = alternatives.contains { alternative in
      Self.match(alternative, versions) { $0.fits($1) }
    }
    return isExpected ? nil : Self.list(versions.map { "\(Said($0))" })
  }

  /// Whether each of the expected fits one of the found of its own.
  private static func match<Found>(
    _ expected: [Said],
    _ found: [Found],
    _ fits: (Said, Found) -> Bool
  ) -> Bool {
    guard expected.count == found.count, let first = expected.first else {
      return expected.count == found.count
    }
    return found.indices.contains { index in
      guard fits(first, found[index]) else { return false }
      var rest = found
      rest.remove(at: index)
      return match(Array(expected.dropFirst()), rest, fits)
    }
  }

  /// What resolutions say instead of what is expected.
  func resolution(
    otherThan expectation: Expectation,
    in reading: ScenarioReading
  ) throws -> String? {
    func resolutions(
      _ standard: StandardID,
      _ name: String?
    ) throws -> (place: PlaceView?, all: [Written<Resolution>]) {
      let place = reading.place(standard, try location(name))
      return (place, place?.resolutions.all ?? [])
    }
    func words(_ all: [Written<Resolution>]) -> String {
      Self.list(all.map { "\(Said($0.content)) by \(reading.view.name(of: $0.author))" })
    }
    switch expectation {
    case .resolution(let standard, let name, let person, let said):
      let all = try resolutions(standard, name).all
      let isFound = all.contains { resolution in
        said.fits(resolution.content) && (person == nil || person.map(id) == resolution.author)
      }
      return isFound ? nil : words(all)
    case .resolutionUnverified(let standard, let name, let isExpected):
      let (place, all) = try resolutions(standard, name)
      let isFound = all.contains { place?.isUnverified($0) ?? false }
      guard isFound != isExpected || all.isEmpty else { return nil }
      return all.isEmpty ? "no resolution" : isFound ? "unverified" : "verified"
    case .resolutionMisses(let standard, let name, let person):
      let (place, all) = try resolutions(standard, name)
      let missed = all.flatMap { place?.judgements(notCoveredBy: $0) ?? [] }.map(\.author)
      guard !missed.contains(id(person)) else { return nil }
      return missed.isEmpty
        ? "it covers everybody" : "it does not cover " + missed.map(reading.view.name).joined()
    default: return nil
    }
  }
}
