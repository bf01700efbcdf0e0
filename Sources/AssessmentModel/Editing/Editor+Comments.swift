public import Convergence

extension Editor {
  /// Comments on a standard, the service, an evidence item or anything else that has a name.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func comment(
    _ text: String,
    about record: RecordID,
    audience: Audience = .team
  ) throws(EditError) -> Draft {
    try comment(text, about: record, audience: audience, replyTo: nil)
  }

  /// Answers a comment, withdrawn or not; the answer is about the same record.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func reply(
    _ text: String,
    to comment: Dot,
    audience: Audience = .team
  ) throws(EditError) -> Draft {
    let item = try item(comment, "comment")
    guard let record = item.within else {
      throw EditError(.unknownItem, "Comment #\(comment) is about nothing that can be answered.")
    }
    return try self.comment(text, about: record, audience: audience, replyTo: comment)
  }

  /// Changes the words of a comment of one's own.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func editComment(_ comment: Dot, _ text: String) throws(EditError) -> Draft {
    let item = try item(comment, "comment")
    let text = try EditText.checked(text, "comment")
    return try set(.item(item.dot), "text", to: .string(text))
  }

  /// Withdraws a comment of one's own.
  ///
  /// It stays readable as the context of its answers (C19).
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func withdrawComment(_ comment: Dot, because: String? = nil) throws(EditError) -> Draft {
    let item = try item(comment, "comment")
    let because = try EditText.checked(because, "explanation")
    return try set(
      .item(item.dot),
      "withdrawn",
      to: .members(("because", because.map(Value.string)))
    )
  }

  /// Says who may read an evidence item, or a comment of one's own.
  ///
  /// - Throws: ``EditError``; nothing was written then.
  public func setAudience(_ audience: Audience, of item: Dot) throws(EditError) -> Draft {
    try set(.item(item), "audience", to: .string(audience.rawValue))
  }

  private func comment(
    _ text: String,
    about record: RecordID,
    audience: Audience,
    replyTo: Dot?
  ) throws(EditError) -> Draft {
    let fields = [
      Addition.Field(name: "text", value: .string(try EditText.checked(text, "comment"))),
      Addition.Field(name: "audience", value: .string(audience.rawValue)),
    ]
    let addition = Addition(type: "comment", within: record, replyTo: replyTo, fields: fields)
    return try checked(Draft(addition))
  }
}
