import AssessmentModel
import Convergence
import Testing

@Suite("People who are one human, enrolled twice")
struct JoinsTests {
  private let people = (1...5).map { Cast.person($0) }

  private func cell(_ others: PersonID...) -> Cell {
    Cell(
      siblings: others.enumerated().map { offset, other in
        Sibling(
          dot: Cast.dot(UInt64(offset), 1),
          person: .authority,
          clock: 0,
          value: .object(["because": .string("b"), "with": .string(other.text)])
        )
      }
    )
  }

  private func joins(_ pairs: (Int, Int)...) -> Joins {
    Joins(pairs.map { (slot: people[$0.0].text, cell: cell(people[$0.1])) })
  }

  @Test("A row and a ring are one, and the least stands for all")
  func classes() {
    for joins in [joins((2, 1), (1, 0)), joins((0, 1), (1, 2)), joins((0, 1), (1, 2), (2, 0))] {
      for person in people[0...2] {
        #expect(joins.representative(of: person) == people[0])
        #expect(joins.all(oneWith: person) == Array(people[0...2]))
      }
      #expect(joins.areOne(people[0], people[2]) && !joins.areOne(people[0], people[3]))
      #expect(joins.all(oneWith: people[4]) == [people[4]])
    }
  }

  @Test("They are shown under who the others were joined to, in a ring under the least")
  func shown() {
    #expect(joins((0, 2), (1, 2)).shown(people[0]) == people[2])
    #expect(joins((0, 1), (1, 2)).shown(people[0]) == people[2])
    #expect(joins((1, 2), (2, 1)).shown(people[2]) == people[1])
    #expect(joins((0, 2)).shown(people[4]) == people[4])
  }

  @Test("A join is symmetric and transitive whatever names whom")
  func equivalence() {
    for first in 0..<5 {
      for second in 0..<5 {
        let joins = joins((0, first), (1, second), (3, 4))
        for one in people {
          #expect(joins.areOne(one, one))
          for other in people {
            #expect(joins.areOne(one, other) == joins.areOne(other, one))
            for third in people where joins.areOne(one, other) && joins.areOne(other, third) {
              #expect(joins.areOne(one, third))
            }
          }
        }
      }
    }
  }

  @Test("Oneself, the authority, and a cell that names two people join nobody")
  func nobody() {
    #expect(joins((0, 0)).isEmpty)
    #expect(Joins([(slot: people[0].text, cell: cell(.authority))]).isEmpty)
    #expect(Joins([(slot: PersonID.authority.text, cell: cell(people[0]))]).isEmpty)
    #expect(Joins([(slot: people[0].text, cell: cell(people[1], people[2]))]).isEmpty)
    #expect(!Joins([(slot: people[0].text, cell: cell(people[1], people[1]))]).isEmpty)
  }
}
