import AssessmentModel
import Convergence

/// Who is in a scenario, with which devices.
struct ScenarioCast: Hashable, Sendable {
  /// Somebody on the visit.
  struct Person: Hashable, Sendable {
    let name: String
    let role: Role
  }

  /// A device: the word by which the scenario calls it, and its holder as a number.
  struct Device: Hashable, Sendable {
    let word: String
    let noun: String
    let person: Int
  }

  var people: [Person] = []
  var devices: [Device] = []

  /// Who is there where a scenario says nothing: the team of most scenarios, a tablet each.
  static let usual = ScenarioCast(
    people: [
      Person(name: "Lead", role: .lead), Person(name: "Peer A", role: .peer),
      Person(name: "Peer B", role: .peer),
    ],
    devices: ["lead", "a", "b"].enumerated().map { number, word in
      Device(word: word, noun: "tablet", person: number)
    }
  )

  /// The cast as a world takes it.
  func cast(names: Names) -> Cast {
    Cast(
      people: people.enumerated().map { number, person in
        Cast.Person(
          id: PersonID(bits: names.bits("person \(number)")),
          name: person.name,
          role: person.role
        )
      },
      devices: devices.map { Cast.Device(name: name(of: $0), person: $0.person) },
      visits: [
        Cast.Visit(
          id: VisitID(bits: names.bits("visit")),
          title: "Scenario",
          members: Array(people.indices)
        )
      ]
    )
  }

  /// A device as people speak of it: `b, Peer B's tablet`.
  func name(of device: Device) -> String {
    "\(device.word), \(people[device.person].name)'s \(device.noun)"
  }
}
