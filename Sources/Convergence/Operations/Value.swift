/// Plain data: what an operation writes and a cell holds.
///
/// The shape of strict JSON: no fractions, no null. A map keeps its members sorted by key, so equal
/// values have one form. Strings are compared for equality by Swift (canonical equivalence), so code
/// that must tell bytes apart compares ``canonical`` forms.
public enum Value: Hashable, Sendable {
  /// True or false.
  case bool(Bool)

  /// A whole number within ±(2^53−1).
  case int(Int64)

  /// Text.
  case string(String)

  /// Values in order.
  case list([Value])

  /// Named values.
  case map(Map)

  /// Named values, sorted by key as bytes, no key twice.
  public struct Map: Hashable, Sendable {
    /// One name and its value.
    public struct Member: Hashable, Sendable {
      /// The name, printable ASCII.
      public let key: String

      /// What it names.
      public let value: Value

      /// Names a value.
      public init(key: String, value: Value) {
        self.key = key
        self.value = value
      }
    }

    /// The members in the order of their keys.
    public let members: [Member]

    /// Sorts members by key; `nil` if a key stands twice.
    ///
    /// - Complexity: O(*n* log *n*), O(*n*) where they are sorted already.
    public init?(_ members: [Member]) {
      var sorted = members
      let isSorted = zip(members, members.dropFirst()).allSatisfy { $0.key < $1.key }
      if !isSorted {
        sorted.sort { $0.key < $1.key }
        for (left, right) in zip(sorted, sorted.dropFirst()) where left.key == right.key {
          return nil
        }
      }
      self.members = sorted
    }

    /// Takes members that stand in the order of their keys.
    init(sorted members: [Member]) { self.members = members }

    /// The value of a key, or `nil`.
    ///
    /// - Complexity: O(*n*); maps are small.
    public subscript(key: String) -> Value? {
      place(of: key).map { members[$0].value }
    }

    /// Where the member of a key stands, or `nil`.
    package func place(of key: String) -> Int? {
      // By index, since an element handed out is copied, and this is asked several times an operation.
      for index in members.indices where members[index].key.isSame(as: key) {
        return index
      }
      return nil
    }
  }

  /// A map of the given members; where a key stands twice the last one counts.
  public static func object(_ members: KeyValuePairs<String, Value>) -> Value {
    var kept: [Map.Member] = []
    for (key, value) in members {
      kept.removeAll { $0.key == key }
      kept.append(Map.Member(key: key, value: value))
    }
    guard let map = Map(kept) else { return .list([]) }
    return .map(map)
  }

  /// The value of a key if this is a map that has it.
  public subscript(key: String) -> Value? {
    guard case .map(let map) = self else { return nil }
    return map[key]
  }

  /// The text if this is one.
  public var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }

  /// The number if this is one.
  public var int: Int64? {
    guard case .int(let int) = self else { return nil }
    return int
  }

  /// The truth value if this is one.
  public var bool: Bool? {
    guard case .bool(let bool) = self else { return nil }
    return bool
  }

  /// The elements if this is a list.
  public var list: [Value]? {
    guard case .list(let list) = self else { return nil }
    return list
  }
}
