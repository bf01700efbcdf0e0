import AssessmentModel
import Foundation
import FrameworkCatalogue
import Testing

/// Compares the data with the published documents, which are not in the repository.
///
/// `FIELDBOOK_SOURCES` names the folder that holds them. Without it these tests are skipped and say
/// so; in CI they fail.
@Suite struct SourceDocumentTests {
  private static let folder = ProcessInfo.processInfo.environment["FIELDBOOK_SOURCES"]
  private static let skipped: Comment = "Skipped: FIELDBOOK_SOURCES does not name the documents."

  @Test("In CI the documents are there")
  func documentsInCI() {
    let inCI = ProcessInfo.processInfo.environment["CI"] == "true"
    #expect(!inCI || Self.folder != nil, "CI must set FIELDBOOK_SOURCES")
  }

  @Test(
    "No eight words in a row of the data stand in a document",
    .enabled(if: folder != nil, skipped)
  )
  func nothingCopied() throws {
    let documents = try Self.documents()
    #expect(!documents.isEmpty)
    var runs: Set<[Substring]> = []
    for document in documents.values { runs.formUnion(Self.runs(of: 8, in: Self.words(document))) }
    // The comparison itself must find a copy: words taken from a document are one.
    let imaging = try Self.document(holding: "XR-708", in: documents)
    let known = Self.words(imaging).prefix(500).suffix(20)
    #expect(Self.runs(of: 8, in: Array(known)).contains { runs.contains($0) })
    for (place, text) in try Self.sentences() {
      for run in Self.runs(of: 8, in: Self.words(text)) where runs.contains(run) {
        Issue.record("\(place) copies: \(run.joined(separator: " "))")
      }
    }
  }

  @Test(
    "Summaries share no five words in a row with a document",
    .enabled(if: folder != nil, skipped)
  )
  func summariesAreOurOwn() throws {
    var runs: Set<[Substring]> = []
    for document in try Self.documents().values {
      runs.formUnion(Self.runs(of: 5, in: Self.words(document)))
    }
    for framework in [try Catalogues.imaging(), try Catalogues.qualityManagement()] {
      for standard in framework.standards {
        for run in Self.runs(of: 5, in: Self.words(standard.summary)) where runs.contains(run) {
          Issue.record("\(standard.ref) copies: \(run.joined(separator: " "))")
        }
      }
    }
  }

  @Test(
    "Every printed ref, and every title, stands in the document",
    .enabled(if: folder != nil, skipped)
  )
  func refsAndTitlesArePrinted() throws {
    let document = try Self.document(holding: "XR-708", in: Self.documents())
    let words = " " + Self.words(document).joined(separator: " ") + " "
    for standard in try Catalogues.imaging().standards {
      let title = Self.words(standard.title).joined(separator: " ")
      #expect(words.contains(" \(title) "), "\(standard.ref)")
      let printed = Self.words(standard.printedRef).joined(separator: " ")
      #expect(printed.isEmpty || words.contains(" \(printed) "), "\(standard.ref)")
    }
  }

  @Test(
    "Only refs that head a standard nowhere in the document are marked inferred",
    .enabled(if: folder != nil, skipped)
  )
  func inferredRefsAreAbsent() throws {
    let document = try Self.document(holding: "XR-708", in: Self.documents())
    let heads = Set(
      document.split(separator: "\n").compactMap { line in
        line.split(separator: "\t").first?.trimmingCharacters(in: .whitespaces)
      }
    )
    for standard in try Catalogues.imaging().standards {
      let isHead = heads.contains(standard.printedRef) && !standard.printedRef.isEmpty
      #expect(isHead != standard.isRefInferred, "\(standard.ref)")
      #expect(!standard.isRefInferred || !heads.contains(standard.ref), "\(standard.ref)")
    }
  }

  private static func documents() throws -> [String: String] {
    let folder = try #require(folder)
    var documents: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name.hasSuffix(".txt") {
      documents[name] = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    }
    return documents
  }

  private static func document(
    holding ref: String,
    in documents: [String: String]
  ) throws -> String {
    try #require(documents.values.first { $0.contains(ref) }, "no document holds \(ref)")
  }

  /// Every text of the data that could hold a copied sentence, with where it stands.
  private static func sentences() throws -> [(place: String, text: String)] {
    var sentences: [(String, String)] = []
    for framework in [try Catalogues.imaging(), try Catalogues.qualityManagement()] {
      for section in framework.sections { sentences.append((section.code, section.title)) }
      for standard in framework.standards {
        sentences.append(("\(standard.ref) title", standard.title))
        sentences.append(("\(standard.ref) summary", standard.summary))
      }
    }
    return sentences
  }

  /// Lower-case words without markup: tags go, apostrophes close up, all else separates.
  private static func words(_ text: String) -> [Substring] {
    let plain = text.replacing(/<[^>]*>/, with: " ").lowercased().filter { !"'’".contains($0) }
    return plain.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
  }

  private static func runs(of length: Int, in words: [Substring]) -> [[Substring]] {
    guard words.count >= length else { return [] }
    return (0...(words.count - length)).map { Array(words[$0..<($0 + length)]) }
  }
}
