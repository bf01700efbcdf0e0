import AssessmentModel
import FrameworkCatalogue
import Testing

@Suite struct QualityManagementTests {
  @Test("The second framework has fourteen clauses a to n, and clauses are what is judged")
  func clauses() throws {
    let framework = try Catalogues.qualityManagement()
    #expect(framework.judgedUnit == .clause)
    #expect(framework.standards.count == 14)
    #expect(framework.standards.map(\.printedRef) == "abcdefghijklmn".map { "\($0)." })
    #expect(framework.sections.count == 1)
  }

  @Test("A clause has no suggestions, notes, outcome evidence or links")
  func clausesHaveOneLevel() throws {
    for clause in try Catalogues.qualityManagement().standards {
      #expect(clause.suggestions == SuggestionCounts())
      #expect(clause.notes.total == 0)
      #expect(clause.evidence.isEmpty && clause.links.isEmpty)
      #expect(!clause.summary.isEmpty && !clause.title.isEmpty)
    }
  }

  @Test(
    "A clause is found by its letter and by its full ref",
    arguments: ["g", "G.", "lm2 g", "LM2G"]
  )
  func letters(ref: String) throws {
    #expect(try Catalogues.qualityManagement().standard(ref: ref)?.id.text == "lm2/g")
  }

  @Test("One wrong letter suggests nothing, since every clause would be as near")
  func noNoise() throws {
    #expect(try Catalogues.qualityManagement().nearestRefs(to: "z").isEmpty)
  }
}
