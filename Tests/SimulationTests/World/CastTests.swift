import AssessmentModel
import Simulation
import Testing

@Suite("Who is on which visit")
struct CastTests {
  @Test("Every visit with devices has one lead, and every device its person's visit first")
  func teams() {
    for visits in [1, 2, 3, 7] {
      for servers in 1...2 {
        let cast = Cast(seed: 3, size: Size(servers: servers, visits: visits, devices: 50))
        #expect(cast.devices.count == 50 && cast.visits.count == visits)
        for (number, visit) in cast.visits.enumerated() {
          let leads = visit.members.filter { cast.people[$0].role == .lead }
          #expect(leads.count == 1, "visit \(number)")
          #expect(Set(visit.members).count == visit.members.count)
        }
        for device in cast.devices {
          #expect(device.visits.first == cast.people[device.person].visit)
          for visit in device.visits {
            #expect(cast.visits[visit].server == device.server)
            #expect(cast.visits[visit].members.contains(device.person))
          }
        }
      }
    }
  }

  @Test("Somebody has two devices as soon as there are four, and somebody two visits")
  func shared() {
    let one = Cast(seed: 1, size: Size(devices: 4))
    #expect(Set(one.devices.map(\.person)).count == 3)
    let two = Cast(seed: 1, size: Size(visits: 2, devices: 4))
    #expect(two.devices.contains { $0.visits.count == 2 })
  }

  @Test("Five hundred devices have as many keys, and no two people one name")
  func many() {
    let cast = Cast(seed: 1, size: Size(visits: 50, devices: 500))
    #expect(Set(cast.people.map(\.id)).count == cast.people.count)
    #expect(Set(cast.people.map(\.name)).count == cast.people.count)
  }
}
