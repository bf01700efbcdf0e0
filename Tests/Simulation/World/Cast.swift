package import AssessmentModel
package import Convergence

/// Who is on which visit with which devices: the same for the same seed and size.
package struct Cast: Sendable {
  /// A reviewer.
  package struct Person: Hashable, Sendable {
    package let id: PersonID
    package let name: String
    package let role: Role
    /// The visit that the person came for.
    package let visit: Int

    /// Describes a reviewer.
    package init(id: PersonID, name: String, role: Role, visit: Int = 0) {
      self.id = id
      self.name = name
      self.role = role
      self.visit = visit
    }
  }

  /// A device and the visits on it.
  package struct Device: Hashable, Sendable {
    package let name: String
    /// The person who holds it, as a number.
    package let person: Int
    /// The visits on it, as numbers, its own first.
    package let visits: [Int]
    package let server: Int

    /// Describes a device.
    package init(name: String, person: Int, visits: [Int] = [0], server: Int = 0) {
      self.name = name
      self.person = person
      self.visits = visits
      self.server = server
    }
  }

  /// A visit, its server and who is on it.
  package struct Visit: Hashable, Sendable {
    package let id: VisitID
    package let title: String
    package let server: Int
    /// People by number.
    package fileprivate(set) var members: [Int]

    /// Describes a visit.
    package init(id: VisitID, title: String, server: Int = 0, members: [Int]) {
      self.id = id
      self.title = title
      self.server = server
      self.members = members
    }
  }

  package private(set) var people: [Person] = []
  package private(set) var devices: [Device] = []
  package private(set) var visits: [Visit] = []

  /// A cast as it is given, such as a scenario's.
  package init(people: [Person], devices: [Device], visits: [Visit]) {
    self.people = people
    self.devices = devices
    self.visits = visits
  }

  /// Which person of a visit holds its first, second, … device: the lead, two peers, the second
  /// device of one of them, a lay assessor, and so on.
  private static let holders = [0, 1, 2, 1, 3, 0, 4, 2, 5, 4]

  /// Deals devices and people to visits in turn.
  package init(seed: UInt64, size: Size) {
    let names = Names(seed: seed)
    for number in 0..<size.visits {
      visits.append(
        Visit(
          id: VisitID(bits: names.bits("visit \(number)")),
          title: "Visit \(number + 1)",
          server: number % size.servers,
          members: []
        )
      )
    }
    var held: [[Int: Int]] = Array(repeating: [:], count: size.visits)
    for number in 0..<size.devices {
      let (visit, place) = (number % size.visits, number / size.visits)
      let round = place / Self.holders.count * 6
      let holder = Self.holders[place % Self.holders.count] + round
      let isFirst = held[visit][holder] == nil
      let person = held[visit][holder] ?? addPerson(holder, of: visit, names)
      held[visit][holder] = person
      var mine = [visit]
      // One peer in each team also belongs to the next team of the same server.
      let next = visit + size.servers
      if people[person].role == .peer, holder == 1, next < size.visits {
        mine.append(next)
        if !visits[next].members.contains(person) { visits[next].members.append(person) }
      }
      devices.append(
        Device(
          name: "\(people[person].name)'s \(isFirst ? "tablet" : "phone")",
          person: person,
          visits: mine,
          server: visits[visit].server
        )
      )
    }
  }

  private mutating func addPerson(_ holder: Int, of visit: Int, _ names: Names) -> Int {
    let role: Role = holder == 0 ? .lead : holder % 6 == 3 ? .lay : .peer
    let word = role == .lead ? "Lead" : role == .lay ? "Lay" : "Peer"
    people.append(
      Person(
        id: PersonID(bits: names.bits("person \(visit) \(holder)")),
        name: "\(word) \(visit + 1).\(holder + 1)",
        role: role,
        visit: visit
      )
    )
    visits[visit].members.append(people.count - 1)
    return people.count - 1
  }
}
