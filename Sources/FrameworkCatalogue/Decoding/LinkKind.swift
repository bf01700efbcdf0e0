/// The four kinds of link, as the data names them.
enum LinkKind: String, CaseIterable {
  case standard
  case section
  case wildcard
  case note
}
