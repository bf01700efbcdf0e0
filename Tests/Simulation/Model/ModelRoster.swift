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
        case .named("visit") = target.record, ["member", "revoked"].contains(target.field),
        target.location == nil,
        let row = ModelRegistry.fields(ofRecord: "visit")?[target.field],
        row.slot.allows(target.slot), row.allows?(value) ?? false,
        known.insert(names[node]).inserted
      else { continue }
      let write = Write(name: names[node], value: value, over: Set(over.map { names[$0] }))
      writes[target.field + "|" + target.slot, default: []].append(write)
    }
  }

  /// The standing of the author of a batch, for all that is in the batch: a cut names batches.
  func standing(in batch: Int) -> Standing {
    let author = log.batches[batch]
    if author.person == .authority { return .authority }
    let revocations = current(writes["revoked|" + author.content.replica.text] ?? [])
    guard revocations.allSatisfy({ isInside(batch, cut: $0.value["cut"]) }) else { return .held }
    let cell = writes["member|" + author.person.text] ?? []
    guard let roles = roles(current(cell), of: cell, batch) else { return .held }
    return .roles(roles)
  }

  /// The writes of a cell that no other write of the cell is over.
  private func current(_ cell: [Write]) -> [Write] {
    cell.filter { write in
      !cell.contains { $0.name != write.name && $0.over.contains(write.name) }
    }
  }

  /// What some writes of a member's cell give together; `nil` where one of them holds the batch, or
  /// where nothing was said.
  ///
  /// Inside the cut of a removal, it is what the removal was written over.
  private func roles(_ writes: [Write], of cell: [Write], _ batch: Int) -> [String]? {
    var roles: [String] = []
    for write in writes {
      let role = write.value["role"]?.string ?? ""
      if role != "none" {
        roles.append(role)
        continue
      }
      guard isInside(batch, cut: write.value["cut"]),
        let before = self.roles(
          cell.filter { write.over.contains($0.name) },
          of: cell,
          batch
        )
      else { return nil }
      roles += before
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
