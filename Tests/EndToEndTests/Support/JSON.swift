import Foundation

/// A document that a program printed, read by a reader that is not ours.
struct JSON {
  private let value: Any?

  init(_ text: String) throws {
    value = try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  private init(value: Any?) { self.value = value }

  subscript(key: String) -> JSON { JSON(value: (value as? [String: Any])?[key]) }

  /// The elements; none if it is no list.
  var list: [JSON] { (value as? [Any] ?? []).map { JSON(value: $0) } }

  /// The text; empty if it is none.
  var text: String { value as? String ?? "" }

  /// The number; -1 if it is none.
  var number: Int { (value as? NSNumber)?.intValue ?? -1 }

  var isTrue: Bool { value as? Bool ?? false }

  var exists: Bool { value != nil }
}
