/// A file of the tree, as the rules see it: where it is and what it says.
struct SourceFile {
  let path: String
  let text: String
  let isExecutable: Bool

  init(_ path: String, _ text: String, isExecutable: Bool = false) {
    self.path = path
    self.text = text
    self.isExecutable = isExecutable
  }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var isMarkdown: Bool { path.hasSuffix(".md") }
  var isTest: Bool { path.hasPrefix("Tests/") }

  /// The name of the file without its folders.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The folder that holds the file, empty for the top of the tree.
  var folder: String { path.split(separator: "/").dropLast().joined(separator: "/") }

  /// Whether the file lies in `folder` or below it.
  func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }
}
