/// Why a run could not be carried out: nothing that says anything about the product.
struct Failure: Error, CustomStringConvertible {
  /// What is wrong and what to do about it.
  let description: String

  init(_ description: String) { self.description = description }
}
