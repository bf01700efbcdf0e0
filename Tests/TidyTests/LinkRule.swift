/// A relative link in Markdown leads to a file or a folder of the tree.
enum LinkRule {
  static func findings(in file: SourceFile, paths: Set<String>) -> [Finding] {
    links(in: file.text).compactMap { link in
      guard let target = resolve(link.target, from: file.folder) else {
        return Finding(file.path, line: link.line, "links out of the tree: \(link.target)")
      }
      if target.isEmpty || paths.contains(target) { return nil }
      if paths.contains(where: { $0.hasPrefix(target + "/") }) { return nil }
      return Finding(file.path, line: link.line, "links to nothing: \(link.target)")
    }
  }

  /// The relative targets of `[text](target)` and `[name]: target`, outside code.
  static func links(in text: String) -> [(line: Int, target: String)] {
    var links: [(line: Int, target: String)] = []
    var isInFence = false
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let isFence = line.drop { $0 == " " }.hasPrefix("```")
      if isFence { isInFence.toggle() }
      if isFence || isInFence { continue }
      for target in targets(in: line) where isRelative(target) {
        links.append((number + 1, target))
      }
    }
    return links
  }

  private static func targets(in line: Substring) -> [String] {
    // Every second part between backticks is code.
    let prose = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.offset.isMultiple(of: 2) ? String($0.element) : "code" }.joined()
    var targets = prose.split(separator: "](", omittingEmptySubsequences: false).dropFirst()
      .map { $0.prefix { $0 != ")" && $0 != " " } }
    if prose.hasPrefix("["), let name = prose.firstRange(of: "]: ") {
      targets.append(prose[name.upperBound...].prefix { $0 != " " })
    }
    // Without the heading inside the file that the link points to.
    return targets.map { String($0.prefix { $0 != "#" }) }
  }

  private static func isRelative(_ target: String) -> Bool {
    !target.isEmpty && !target.contains("://") && !target.hasPrefix("mailto:")
  }

  /// The path of `target` from the top of the tree; nil if it leaves the tree.
  private static func resolve(_ target: String, from folder: String) -> String? {
    if target.hasPrefix("/") { return nil }
    var parts = folder.split(separator: "/")
    for part in target.split(separator: "/") where part != "." {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
