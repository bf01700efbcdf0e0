import AssessmentModel
import Convergence

extension Progress {
  /// The numbers for programs.
  var json: Value {
    .object([
      "applicable": .int(Int64(applicable)), "contested": .int(Int64(contested)),
      "disputed": .int(Int64(disputed)), "incomplete": .int(Int64(incomplete)),
      "judged": .int(Int64(judged)), "met": .int(Int64(met)),
      "notApplicable": .int(Int64(notApplicable)), "notJudged": .int(Int64(notJudged)),
      "notMet": .int(Int64(notMet)), "open": .int(Int64(open)),
      "selfConflict": .int(Int64(selfConflict)), "stale": .int(Int64(stale)),
      "standards": .int(Int64(standards)),
    ])
  }
}
