public import Convergence
public import SyncProtocol

/// What an operator asks of a server: by hand on its store, or of the daemon that runs.
///
/// Not part of the protocol: both sides are always the same program.
public enum AdminCall: Hashable, Sendable {
  /// A new visit, as the operator describes it.
  public struct NewVisit: Hashable, Sendable {
    /// Somebody who is on it from the start.
    public struct Member: Hashable, Sendable {
      /// An identifier, or the exact name.
      public let person: String

      /// The word of the role.
      public let role: String

      /// Puts somebody on the visit.
      public init(person: String, role: String) {
        self.person = person
        self.role = role
      }
    }

    /// Its title.
    public let title: String

    /// The name of the framework.
    public let framework: String

    /// The edition; `nil` where the framework has only one.
    public let edition: String?

    /// The name of the service that is visited, if it is known.
    public let service: String?

    /// The first members.
    public let members: [Member]

    /// Describes a visit.
    public init(
      title: String,
      framework: String,
      edition: String?,
      service: String?,
      members: [Member]
    ) {
      self.title = title
      self.framework = framework
      self.edition = edition
      self.service = service
      self.members = members
    }
  }

  /// Who is known here.
  case people

  /// Adds a person of this name.
  case addPerson(name: String)

  /// Makes an enrolment code for a person, by identifier or exact name.
  case issueCode(person: String)

  /// The visits with their members.
  case visits

  /// Makes a visit.
  case createVisit(NewVisit)

  /// Puts a person on a visit, or gives them another role.
  case addMember(visit: VisitID, person: String, role: String)

  /// Gives a person who is on a visit another role; what the server holds of them keeps its own.
  case changeRole(visit: VisitID, person: String, role: String)

  /// Takes a person off a visit; what the server holds of them stands.
  case removeMember(visit: VisitID, person: String, because: String)

  /// Takes in a bundle: the bytes of the file.
  case importBundle([UInt8])

  /// Says that batches are lost for good, so that nobody waits for them.
  case declareGap(GapDeclaration)

  /// Makes two people one human who was enrolled twice, on every visit where both are; with
  /// themselves, takes that back on every visit.
  case joinPeople(person: String, with: String, because: String)

  /// The devices, of everybody or of one person.
  case devices(person: String?)

  /// Revokes a device by its replica or its name, on every visit of its person.
  case revokeDevice(device: String, sparing: [String], because: String)

  /// What is held, on all visits or on one.
  case holds(visit: VisitID?)

  /// Decides on held batches of a replica; none named is all that wait.
  case decide(Decision)

  /// A decision on what is held.
  public struct Decision: Hashable, Sendable {
    /// Whether it takes effect; else it stays held.
    public let isRelease: Bool

    /// The visit.
    public let visit: VisitID

    /// Whose batches.
    public let replica: String

    /// Numbers or hashes of batches; none for all that wait.
    public let batches: [String]

    /// Why.
    public let because: String

    /// Decides.
    public init(
      isRelease: Bool,
      visit: VisitID,
      replica: String,
      batches: [String],
      because: String
    ) {
      self.isRelease = isRelease
      self.visit = visit
      self.replica = replica
      self.batches = batches
      self.because = because
    }
  }
}

extension AdminCall.Decision {
  /// The body of a request for it.
  public var value: Value {
    .object([
      "batches": .list(batches.map { .string($0) }), "because": .string(because),
      "release": .bool(isRelease), "replica": .string(replica),
    ])
  }

  /// Reads the body of a request.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ members: Members, visit: VisitID) throws(ProtocolError) {
    self.init(
      isRelease: try members.bool("release"),
      visit: visit,
      replica: try members.string("replica"),
      batches: try members.list("batches").compactMap(\.string),
      because: try members.string("because")
    )
  }
}

extension AdminCall.NewVisit {
  /// The body of a request for it.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "framework", value: .string(framework)),
      .init(
        key: "members",
        value: .list(
          self.members.map { .object(["person": .string($0.person), "role": .string($0.role)]) }
        )
      ),
      .init(key: "title", value: .string(title)),
    ]
    if let edition { members.append(.init(key: "edition", value: .string(edition))) }
    if let service { members.append(.init(key: "service", value: .string(service))) }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  /// Reads the body of a request.
  ///
  /// - Throws: ``ProtocolError`` `malformed`, naming the member.
  public init(_ value: Value) throws(ProtocolError) {
    let members = try Members(value, of: "visit")
    var people: [Member] = []
    for element in try members.list("members") {
      let member = try Members(element, of: "member")
      people.append(Member(person: try member.string("person"), role: try member.string("role")))
    }
    self.init(
      title: try members.string("title"),
      framework: try members.string("framework"),
      edition: members.has("edition") ? try members.string("edition") : nil,
      service: members.has("service") ? try members.string("service") : nil,
      members: people
    )
  }
}
