/// One named value of an object.
struct JSONMember: Hashable, Sendable {
  let name: String
  let value: JSONValue
}
