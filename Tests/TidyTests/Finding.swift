/// One place where the source breaks a rule, in a form that a terminal turns into a link.
struct Finding: Hashable, CustomStringConvertible {
  let path: String
  let line: Int
  let problem: String

  init(_ path: String, line: Int = 1, _ problem: String) {
    self.path = path
    self.line = line
    self.problem = problem
  }

  var description: String { "\(path):\(line): \(problem)" }
}
