import SyncProtocol

/// What the bytes of a bundle prove, without any store.
public struct BundleVerdict: Hashable, Sendable {
  /// What taking it into an empty store came to.
  public let report: BundleReport

  /// What is wrong with the file as a whole, in words.
  public let problems: [String]

  /// What the file as a whole lacks, in words.
  public let missing: [String]

  /// The visits in it, in its order.
  public let visits: [VisitVerdict]

  /// Whether nothing is wrong with what is in it.
  public var isIntact: Bool { problems.isEmpty && visits.allSatisfy(\.isIntact) }

  /// Whether nothing is known to be absent.
  public var isComplete: Bool { missing.isEmpty && visits.allSatisfy(\.isComplete) }

  init(report: BundleReport, visits: [VisitVerdict]) {
    self.report = report
    self.visits = visits
    let strangers = report.refused.filter { refusal in
      refusal.replica == nil || !visits.contains { $0.batches > 0 }
    }
    var problems = strangers.map { "at byte \($0.offset)+\($0.inner): \($0.message)" }
    problems += report.problems.filter { $0.kind != .cut }.map(\.description)
    var missing = report.problems.filter { $0.kind == .cut }.map(\.description)
    switch report.closing {
    case .good, .unsigned, .unknownMaker: break
    case .missing: missing += [report.closing.words].compactMap { $0 }
    case .changed, .forged: problems += [report.closing.words].compactMap { $0 }
    }
    self.problems = problems
    self.missing = missing
  }
}
