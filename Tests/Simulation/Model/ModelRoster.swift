import Convergence
import SyncProtocol

/// Who may do what, by the operations of the authority in the whole set (section 5).
struct ModelRoster: Sendable {
  /// What a batch's author may do in it.
  enum Standing: Sendable {
    /// A server's own replica.
    case authority

    /// All of these roles have to give a right.
    case roles([String])

    /// Nothing that is written here has effect.
    case held
  }

  /// A write to a cell of the roster.
  private struct Write: Sendable {
    let name: Dot
    let value: Value
    let over: Set<Dot>
  }

  private let log: ModelLog
  private var writes: [String: [Write]] = [:]

  /// Gathers what the authority says with effect.
  ///
  /// Its operations are never held, and what it says of a person or a replica is about no item, so
  /// nothing else has to be known for this.
  init(_ log: ModelLog, _ readings: [ModelReader.Reading], _ names: ModelNames) {
    self.log = log
    var known: Set<Dot> = []
    for (node, reading) in readings.enumerated() where log.person(node) == .authority {
      guard case .set(let target, let value, let over, _) = reading.statement,
        case .named("visit") = target.record,
        ["member", "revoked", "release", "joined"].contains(target.field),
        target.location == nil,
        let row = ModelRegistry.fields(ofRecord: "visit")?[target.field],
        row.slot.allows(target.slot), row.allows?(value) ?? false,
        known.insert(names[node]).inserted
      else { continue }
      let write = Write(name: names[node], value: value, over: Set(over.map { names[$0] }))
      writes[target.field + "|" + target.slot, default: []].append(write)
    }
  }

  /// The standing of the author of an operation.
  func standing(of node: Int) -> Standing {
    let batch = log.nodes[node].batch
    let author = log.batches[batch]
    if author.person == .authority { return .authority }
    let isReleased = isReleased(node)
    let revocations = current(writes["revoked|" + author.content.replica.text] ?? [])
    guard isReleased || revocations.allSatisfy({ isInside(batch, cut: $0.value["cut"]) }) else {
      return .held
    }
    let cell = writes["member|" + author.person.text] ?? []
    guard let roles = roles(current(cell), of: cell, batch, isReleased: isReleased) else {
      return .held
    }
    return .roles(roles)
  }

  /// Everybody who is one human with a person: whoever can be reached from one to the next, along
  /// cells that name one person alone.
  func people(oneWith person: PersonID) -> Set<PersonID> {
    var links: [(PersonID, PersonID)] = []
    for (key, cell) in writes where key.hasPrefix("joined|") {
      let named = Set(current(cell).compactMap { $0.value["with"]?.string })
      guard named.count == 1, let text = named.first, let other = PersonID(text: text),
        let one = PersonID(text: String(key.dropFirst("joined|".count)))
      else { continue }
      if one != .authority, other != .authority { links.append((one, other)) }
    }
    var found: Set = [person]
    var count = 0
    while count != found.count {
      count = found.count
      for (one, other) in links where found.contains(one) || found.contains(other) {
        found.formUnion([one, other])
      }
    }
    return found
  }

  /// Whether every release that stands of an operation's replica lists it, in the line of a batch
  /// that exists.
  private func isReleased(_ node: Int) -> Bool {
    let batch = log.nodes[node].batch
    let content = log.batches[batch].content
    let counter = content.firstCounter + Int64(log.nodes[node].index)
    let releases = current(writes["release|" + content.replica.text] ?? [])
    return !releases.isEmpty
      && releases.allSatisfy { release in
        (release.value["batches"]?.list ?? []).contains { entry in
          guard let parts = entry.list, parts.count == 3,
            let first = parts[0].int, let last = parts[1].int, first <= counter, counter <= last
          else { return false }
          let end = Value.list([.string(content.replica.text), parts[1], parts[2]])
          return isInside(batch, cut: .list([end]))
        }
      }
  }

  /// The writes of a cell that no other write of the cell is over.
  private func current(_ cell: [Write]) -> [Write] {
    cell.filter { write in
      !cell.contains { $0.name != write.name && $0.over.contains(write.name) }
    }
  }

  /// What some writes of a member's cell give together; `nil` where one of them holds the operation,
  /// or where nothing was said.
  ///
  /// Inside a cut it is what the write was over; what was released counts as inside a removal.
  private func roles(
    _ writes: [Write],
    of cell: [Write],
    _ batch: Int,
    isReleased: Bool
  ) -> [String]? {
    var roles: [String] = []
    for write in writes {
      let role = write.value["role"]?.string ?? ""
      if isInside(batch, cut: write.value["cut"]) || isReleased && role == "none" {
        let replaced = cell.filter { write.over.contains($0.name) }
        guard let before = self.roles(replaced, of: cell, batch, isReleased: isReleased) else {
          return nil
        }
        roles += before
      } else if role == "none" {
        return nil
      } else {
        roles.append(role)
      }
    }
    return roles.isEmpty ? nil : roles
  }

  /// Whether a batch is one that a cut names, or in the chain of one.
  private func isInside(_ batch: Int, cut: Value?) -> Bool {
    (cut?.list ?? []).contains { entry in
      guard let name = Dependency(entry), let named = log.batch(name) else { return false }
      return named == batch || log.batches[named].chain.contains(batch)
    }
  }
}
