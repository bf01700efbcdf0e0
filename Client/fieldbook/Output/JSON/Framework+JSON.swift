import AssessmentModel
import Convergence

extension Framework {
  /// The edition for programs: sections and standards by ref and title.
  var json: Value {
    .object([
      "edition": .string(edition.text),
      "id": .string(id.text),
      "sections": .list(
        sections.map { section in
          .object([
            "code": .string(section.code), "id": .string(section.id.text),
            "standards": .list(
              standards(in: section.id).map { standard in
                .object([
                  "id": .string(standard.id.text), "ref": .string(standard.ref),
                  "summary": .string(standard.summary), "title": .string(standard.title),
                ])
              }
            ),
            "title": .string(section.title),
          ])
        }
      ),
      "status": .string(status.rawValue),
      "title": .string(title),
    ])
  }
}
