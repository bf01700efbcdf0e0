import AssessmentModel
import Convergence

/// How far one section has come; every number counts standards, taken as a whole.
struct SectionCount {
  let section: FrameworkSection
  let standards: Int
  let notApplicable: Int
  let judged: Int
  let met: Int
  let notMet: Int
  let open: Int

  var applicable: Int { standards - notApplicable }

  /// Counts the standards of a section.
  init(_ section: FrameworkSection, in view: VisitView) {
    self.section = section
    let all = view.standards.filter { $0.standard?.section == section.id }
    let applicable = all.filter { !$0.isNotApplicable }
    standards = all.count
    notApplicable = all.count - applicable.count
    judged = applicable.count { $0.teamView != .notJudged }
    met = applicable.count { $0.teamView.settledOutcome == .met }
    notMet = applicable.count { $0.teamView.settledOutcome == .notMet }
    open = applicable.count { $0.teamView.isOpen }
  }

  /// The numbers for programs.
  var value: Value {
    .object([
      "applicable": .int(Int64(applicable)), "code": .string(section.code),
      "id": .string(section.id.text), "judged": .int(Int64(judged)), "met": .int(Int64(met)),
      "notApplicable": .int(Int64(notApplicable)), "notMet": .int(Int64(notMet)),
      "open": .int(Int64(open)), "standards": .int(Int64(standards)),
      "title": .string(section.title),
    ])
  }
}
