public import Convergence
import SyncProtocol

extension BundleReport {
  /// The report as an object, for programs.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "closing", value: .string(closing.rawValue)),
      .init(key: "complete", value: .bool(isComplete)),
    ]
    if let maker { members.append(.init(key: "maker", value: Self.value(maker))) }
    members += [
      .init(key: "neverSigned", value: .int(Int64(openOperations))),
      .init(key: "problems", value: .list(problems.map(Self.value))),
      .init(key: "refused", value: .list(refused.map(Self.value))),
      .init(key: "visits", value: .list(parts.map(\.value))),
    ]
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  private static func value(_ maker: Certificate) -> Value {
    .object([
      "device": .string(maker.deviceName), "name": .string(maker.name),
      "replica": .string(maker.replica.text),
    ])
  }

  private static func value(_ problem: BundleProblem) -> Value {
    .object([
      "inner": .int(Int64(problem.inner)), "kind": .string(problem.kind.rawValue),
      "offset": .int(Int64(problem.offset)), "words": .string(problem.message),
    ])
  }

  private static func value(_ refusal: Refusal) -> Value {
    var members: [Value.Map.Member] = [
      .init(key: "inner", value: .int(Int64(refusal.inner))),
      .init(key: "offset", value: .int(Int64(refusal.offset))),
      .init(key: "why", value: .string(refusal.code.rawValue)),
      .init(key: "words", value: .string(refusal.message)),
    ]
    if let number = refusal.number { members.append(.init(key: "batch", value: .int(number))) }
    if let replica = refusal.replica {
      members.append(.init(key: "replica", value: .string(replica.text)))
    }
    return Value.Map(members.sorted { $0.key < $1.key }).map { .map($0) } ?? .list([])
  }

  /// What happened, for people, one line each: the visits first, then what went wrong.
  ///
  /// - Parameter name: What a replica is called, where that is known.
  /// - Returns: The lines, without line feeds.
  public func lines(name: (ReplicaID) -> String) -> [String] {
    var lines = parts.flatMap { $0.lines(name: name) }
    if let words = closing.words { lines.append("\(words) Every batch was checked by itself.") }
    lines += problems.map { "Not read, \($0)." }
    for refusal in refused {
      var what = "Refused"
      if let replica = refusal.replica, let number = refusal.number {
        what = "Refused batch \(number) of \(name(replica))"
      }
      lines.append("\(what), at byte \(refusal.offset)+\(refusal.inner): \(refusal.message).")
    }
    if openOperations > 0 {
      lines.append(
        "\(Self.count(Int64(openOperations), "change")) in the file were never signed by a device. "
          + "They cannot be taken in; their authors can write them again."
      )
    }
    return lines
  }

  static func count(_ count: Int64, _ noun: String) -> String {
    let plural = noun.hasSuffix("batch") ? "\(noun)es" : "\(noun)s"
    return "\(count) \(count == 1 ? noun : plural)"
  }
}

extension BundleReport.Part {
  /// The part as an object, for programs.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "id", value: .string(visit.text)), .init(key: "known", value: .int(known)),
      .init(key: "lost", value: .int(lost)),
      .init(
        key: "lostBetween",
        value: .list(
          lostBetween.map { .list([.int($0.lowerBound), .int($0.upperBound)]) }
        )
      ), .init(key: "new", value: .int(new)),
      .init(key: "newOperations", value: .int(newOperations)),
      .init(key: "newVisit", value: .bool(isNewVisit)),
    ]
    if let obstacle { members.append(.init(key: "obstacle", value: .string(obstacle))) }
    members += [
      .init(key: "ownReturned", value: .int(ownReturned)),
      .init(key: "title", value: .string(title)),
      .init(key: "turnedAway", value: .int(turnedAway)),
      .init(key: "waiting", value: .int(waiting)),
      .init(key: "waitsFor", value: .list(needs.map(\.value))),
    ]
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  /// What happened to the visit, for people.
  func lines(name: (ReplicaID) -> String) -> [String] {
    let title = title.isEmpty ? visit.text : title
    if let obstacle { return ["\(title): \(obstacle)"] }
    var first = "\(title): \(BundleReport.count(newOperations, "new change"))"
    first += " in \(BundleReport.count(new, "batch")), \(known) known already"
    if isNewVisit { first += "; the visit is new here" }
    var lines = ["\(first)."]
    if waiting > 0 {
      let what = needs.map { $0.words(name: name) }.joined(separator: "; ")
      lines.append(
        "\(BundleReport.count(waiting, "batch")) wait, and come in by themselves, for: "
          + "\(what.isEmpty ? "the visit itself" : what)."
      )
    }
    if turnedAway > 0 {
      lines.append(
        "\(BundleReport.count(turnedAway, "batch")) were not kept: too many wait already. Take in "
          + "what they wait for, then this file again."
      )
    }
    if lost > 0 {
      let places = lostBetween.map { range in
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
      }
      lines.append(
        "\(BundleReport.count(lost, "batch")) that the file should hold are not whole in it, "
          + "of its positions \(places.joined(separator: ", ")). Ask for the file again."
      )
    }
    if ownReturned > 0 {
      lines.append(
        "\(BundleReport.count(ownReturned, "batch")) of this device itself were new here: it was "
          + "put back to an earlier state. Run fieldbook doctor before writing on."
      )
    }
    return lines
  }
}

extension WaitingBatch.Need {
  /// What is missing, as an object.
  public var value: Value {
    var members: [Value.Map.Member] = [
      .init(key: "counter", value: .int(lastCounter)),
      .init(key: "hash", value: .string(Text64.encode(hashPrefix.bytes))),
      .init(key: "replica", value: .string(replica.text)),
    ]
    if let number { members.insert(.init(key: "batch", value: .int(number)), at: 0) }
    return Value.Map(members).map { .map($0) } ?? .list([])
  }

  /// What is missing, for people.
  public func words(name: (ReplicaID) -> String) -> String {
    if let number { return "batch \(number) of \(name(replica))" }
    return "what \(name(replica)) wrote up to change \(lastCounter)"
  }
}
