/// The label that keeps a hash made for one purpose from being taken for another.
public enum HashLabel: String, Sendable, CaseIterable {
  /// Names a replica by its key.
  case replica = "fieldbook replica 1"

  /// Names a server's identity key.
  case identity = "fieldbook identity 1"

  /// What an issuer signs.
  case certificate = "fieldbook certificate 1"

  /// Names a batch; what its author signs.
  case batch = "fieldbook batch 1"

  /// The digest of an empty log.
  case log = "fieldbook log 1"

  /// The digest of the next position.
  case digest = "fieldbook digest 1"

  /// What a server signs of its log.
  case head = "fieldbook head 1"

  /// The digest of a visit's state.
  case state = "fieldbook state 1"

  /// What a new replica signs to enrol.
  case enrol = "fieldbook enrol 1"

  /// What a replica signs of each request.
  case request = "fieldbook request 1"

  /// What the maker of a bundle signs of the file as a whole.
  case bundle = "fieldbook bundle 1"
}
