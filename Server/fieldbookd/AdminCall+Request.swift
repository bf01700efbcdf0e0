import Convergence
import SyncServer

extension AdminCall {
  /// How the call is sent to a daemon that runs.
  var request: (method: String, target: String, body: Value) {
    let base = "/v1/admin"
    switch self {
    case .people:
      return ("GET", "\(base)/people", .object([:]))
    case .addPerson(let name):
      return ("POST", "\(base)/people", .object(["name": .string(name)]))
    case .issueCode(let person):
      return ("POST", "\(base)/codes", .object(["person": .string(person)]))
    case .visits:
      return ("GET", "\(base)/visits", .object([:]))
    case .createVisit(let visit):
      return ("POST", "\(base)/visits", visit.value)
    case .addMember(let visit, let person, let role):
      let body = Value.object(["person": .string(person), "role": .string(role)])
      return ("POST", "\(base)/visits/\(visit)/members", body)
    case .removeMember(let visit, let person, let because):
      let body = Value.object(["because": .string(because), "person": .string(person)])
      return ("POST", "\(base)/visits/\(visit)/removals", body)
    case .importBundle(let file):
      return ("POST", "\(base)/bundles", .object(["file": .string(Text64.encode(file))]))
    case .declareGap(let declaration):
      return ("POST", "\(base)/gaps", declaration.value)
    case .changeRole(let visit, let person, let role):
      let body = Value.object(["person": .string(person), "role": .string(role)])
      return ("POST", "\(base)/visits/\(visit)/roles", body)
    case .joinPeople(let person, let other, let because):
      let body = Value.object([
        "because": .string(because), "person": .string(person), "with": .string(other),
      ])
      return ("POST", "\(base)/joins", body)
    case .devices(let person):
      let body = Value.object(person.map { ["person": .string($0)] } ?? [:])
      return ("POST", "\(base)/devices", body)
    case .revokeDevice(let device, let spared, let because):
      let body = Value.object([
        "because": .string(because), "device": .string(device),
        "except": .list(spared.map { .string($0) }),
      ])
      return ("POST", "\(base)/revocations", body)
    case .holds(let visit):
      let body = Value.object(visit.map { ["visit": .string($0.text)] } ?? [:])
      return ("POST", "\(base)/holds", body)
    case .decide(let decision):
      return ("POST", "\(base)/visits/\(decision.visit)/decisions", decision.value)
    }
  }
}
