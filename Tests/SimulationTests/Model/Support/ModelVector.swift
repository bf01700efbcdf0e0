import Convergence
import Foundation
import SyncProtocol
import Testing

/// A conformance vector about a whole visit, as far as the model is concerned: lines in, state out.
struct ModelVector: Sendable, CustomTestStringConvertible {
  /// The name of the file.
  let name: String

  /// The visit.
  let visit: VisitID

  /// Everything that was presented and that a store ends up with.
  let lines: [[UInt8]]

  /// Whose each replica is.
  let people: [ReplicaID: PersonID]

  /// The member `final`.
  let final: Value

  var testDescription: String { name }

  /// Every vector about a visit in which some arrival is complete.
  static let all: [ModelVector] = {
    let folder = root.appendingPathComponent("Protocol/Vectors/visits", isDirectory: true)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().filter { $0.hasSuffix(".json") }.compactMap { name in
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(name)),
        let value = try? JSONDecoder().decode(ModelJSON.self, from: data).value
      else { return nil }
      return ModelVector(name: name, value)
    }
  }()

  /// How many files there are, so that one that does not read is noticed.
  static var fileCount: Int {
    let folder = root.appendingPathComponent("Protocol/Vectors/visits", isDirectory: true)
    return (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.count ?? 0
  }

  private init?(name: String, _ value: Value) {
    guard let visit = value["visit"]?.string.flatMap({ VisitID(text: $0) }),
      let batches = value["batches"]?.list, let certificates = value["certificates"]?.list,
      let arrivals = value["arrivals"]?.list
    else { return nil }
    self.name = name
    self.visit = visit
    final = value["final"] ?? .list([])
    var people: [ReplicaID: PersonID] = [:]
    for certificate in certificates.compactMap({ try? Certificate(line: Self.line($0)) })
    where people[certificate.replica] == nil {
      people[certificate.replica] = certificate.person
    }
    self.people = people
    // What a complete arrival admitted; batches of other visits and damaged ones never are.
    let complete = arrivals.first { $0["complete"] == .bool(true) } ?? .list([])
    var kept: [[UInt8]] = []
    for (index, result) in zip(complete["order"]?.list ?? [], complete["results"]?.list ?? [])
    where ["ok", "held", "fork"].contains(result.string) {
      guard let index = index.int, batches.indices.contains(Int(index)) else { return nil }
      kept.append(Self.line(batches[Int(index)]))
    }
    lines = kept
  }

  private static func line(_ value: Value) -> [UInt8] {
    if let text = value["line"]?.string { return Array(text.utf8) }
    return value["bytes"]?.string.flatMap { Text64.decode($0) } ?? []
  }

  private static let root: URL = {
    if let path = ProcessInfo.processInfo.environment["FIELDBOOK_ROOT"] {
      return URL(fileURLWithPath: path, isDirectory: true)
    }
    var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let page = folder.appendingPathComponent("Protocol/README.md").path
      if FileManager.default.fileExists(atPath: page) { return folder }
    }
    return folder
  }()
}

/// JSON as a file may hold it.
private struct ModelJSON: Decodable {
  let value: Value

  private struct Key: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init?(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let keyed = try? decoder.container(keyedBy: Key.self) {
      let members = try keyed.allKeys.map { key in
        Value.Map.Member(
          key: key.stringValue,
          value: try keyed.decode(ModelJSON.self, forKey: key).value
        )
      }
      value = Value.Map(members).map { .map($0) } ?? .bool(false)
      return
    }
    if var list = try? decoder.unkeyedContainer() {
      var values: [Value] = []
      while !list.isAtEnd { values.append(try list.decode(ModelJSON.self).value) }
      value = .list(values)
      return
    }
    let single = try decoder.singleValueContainer()
    if let bool = try? single.decode(Bool.self) {
      value = .bool(bool)
    } else if let int = try? single.decode(Int64.self) {
      value = .int(int)
    } else {
      value = .string(try single.decode(String.self))
    }
  }
}
