import AssessmentModel
import Convergence
import OperationStore

extension ScenarioRun {
  /// Somebody writes; the operation is noted as the simulator's ledger wants it.
  func write(
    _ edit: ScenarioEdit,
    on device: SimulatedDevice,
    by program: ScenarioStatement.Program
  ) throws {
    let visit = world.cast.visits[0].id
    // A newer program has a newer framework, of which this one knows nothing.
    let framework = program == .newer ? nil : world.framework
    let written = try device.write(
      to: visit,
      at: world.now,
      framework: world.framework
    ) { editor in
      let editor = Editor(cells: editor.cells, me: editor.me, framework: framework)
      return [try draft(edit, with: editor, by: program)]
    }
    world.summary.written += written.count
    for entry in written {
      world.ledger.wrote(entry, on: device.number, visit: 0)
      truth[entry.dot] = world.serverTime
      note(edit, as: entry.dot)
    }
    world.trace("\(device.name) writes \(written.count)")
  }

  /// Somebody tries what the product has to refuse.
  func refuse(
    _ edit: ScenarioEdit,
    on device: SimulatedDevice,
    _ code: String?,
    _ statement: ScenarioStatement
  ) throws {
    checks += 1
    do {
      try write(edit, on: device, by: .current)
    } catch let error as EditError {
      guard code == nil || code == error.code.rawValue else {
        throw failure(at: statement, "it was refused as \(error.code.rawValue): \(error.message)")
      }
      return
    }
    throw failure(at: statement, "it was not refused")
  }

  private func note(_ edit: ScenarioEdit, as dot: Dot) {
    switch edit {
    case .comment(let text, _), .reply(let text, _):
      items.append(Item(type: "comment", words: text, dot: dot))
    case .addEvidence(let title, _, _):
      items.append(Item(type: "evidence", words: title, dot: dot))
    case .addLocation(let name, _):
      items.append(Item(type: "location", words: name, dot: dot))
    default: return
    }
  }

  /// The item that was made with some words.
  ///
  /// - Throws: `EditError` if there is none, or several, as the product would.
  func item(_ type: String, _ words: String) throws -> Dot {
    let found = items.filter { $0.type == type && $0.words == words }
    guard found.count == 1 else {
      let many = found.isEmpty ? "no" : "more than one"
      throw EditError(
        .unknownItem,
        "There is \(many) \(type) \"\(words)\" in the scenario so far. Name it as it was made."
      )
    }
    return found[0].dot
  }

  private func place(named name: String?) throws -> Dot? {
    guard let name else { return nil }
    return try item("location", name)
  }

  // MARK: Drafts

  private func draft(
    _ edit: ScenarioEdit,
    with editor: Editor,
    by program: ScenarioStatement.Program
  ) throws -> Draft {
    switch edit {
    case .judge(let standard, let said, let place):
      let location = try self.place(named: place)
      if program == .older { return unchecked(said, of: standard, at: location, editor) }
      return try editor.judge(
        standard,
        said.outcome,
        because: said.because,
        reason: said.reason,
        part: said.part,
        at: location
      )
    case .withdraw(let standard, let because, let place):
      return try editor.withdraw(standard, because: because, at: try self.place(named: place))
    case .choose(let standard, let said, let place):
      let location = try self.place(named: place)
      let choices = editor.choices(standard, at: location).filter { said.fits($0.content) }
      guard let choice = choices.first, choices.count == 1 else {
        throw EditError(.nothingToChoose, "\(choices.count) versions say \(said).")
      }
      return try editor.choose(choice.dot, for: standard, at: location)
    case .resolve(let standard, let said, let place):
      return try editor.resolve(
        standard,
        as: said.outcome,
        because: said.because ?? "",
        reason: said.reason,
        at: try self.place(named: place)
      )
    case .scope(let standard, let applies, let extent, let reason, let because):
      return try editor.decideScope(
        standard,
        applies: applies,
        extent: extent,
        reason: reason,
        because: because
      )
    case .setNation(let nation): return try editor.setNation(nation)
    case .declareInterest(let interest): return try editor.declareInterest(interest)
    case .newerItem(let type, let standard):
      return Draft(Addition(type: type, within: .standard(standard)))
    default: return try itemDraft(edit, with: editor)
    }
  }

  private func itemDraft(_ edit: ScenarioEdit, with editor: Editor) throws -> Draft {
    switch edit {
    case .comment(let text, .standard(let standard)):
      return try editor.comment(text, about: .standard(standard))
    case .comment(let text, .evidence(let title)):
      return try editor.comment(text, about: .item(try item("evidence", title)))
    case .comment(let text, .service): return try editor.comment(text, about: .service)
    case .reply(let text, let comment):
      return try editor.reply(text, to: try item("comment", comment))
    case .editComment(let comment, let text):
      return try editor.editComment(try item("comment", comment), text)
    case .withdrawComment(let comment, let because):
      return try editor.withdrawComment(try item("comment", comment), because: because)
    case .addEvidence(let title, let status, let standards):
      return try editor.addEvidence(title, status: status, supports: standards)
    case .mark(let title, let status):
      return try editor.setStatus(status, of: try item("evidence", title))
    case .link(let title, let standard):
      return try editor.support(standard, with: try item("evidence", title))
    case .unlink(let title, let standard):
      return try editor.unsupport(standard, with: try item("evidence", title))
    case .retitle(let title, let new):
      return try editor.setText(.title, new, of: try item("evidence", title))
    case .archive(let title, let because):
      return try editor.archive(try item("evidence", title), because: because)
    case .addLocation(let name, let kind): return try editor.addLocation(name, kind: kind)
    default: throw BrokenWorld("an edit that nobody drafts: \(edit)")
    }
  }

  /// What a program writes that does not yet ask for a reason.
  private func unchecked(
    _ said: Said,
    of standard: StandardID,
    at location: Dot?,
    _ editor: Editor
  ) -> Draft {
    let key = CellKey(
      .standard(standard),
      "judgement",
      slot: editor.me.text,
      location: location
    )
    let judgement = Judgement(
      outcome: said.outcome,
      edition: framework.edition.text,
      because: said.because,
      reason: said.reason,
      part: said.part
    )
    return Draft(
      Assignment(
        record: .standard(standard),
        field: "judgement",
        slot: editor.me.text,
        location: location,
        value: judgement.value,
        over: editor.cells[key].siblings.map(\.dot)
      )
    )
  }
}
