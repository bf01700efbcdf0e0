import ArgumentParser
import Simulation

/// A list of faults as it is typed: `delay,cut`, `all`, `none`, and `-cut` to leave one out.
struct FaultList {
  let faults: [Fault]

  /// As it was typed.
  let text: String

  /// What happens unless somebody says otherwise.
  static let all = FaultList(faults: Fault.allCases, text: "all")

  private init(faults: [Fault], text: String) {
    self.faults = faults
    self.text = text
  }

  /// Reads a list; one that begins by leaving something out leaves it out of all.
  ///
  /// - Throws: `ValidationError` that names the word that is no fault.
  init(_ text: String) throws {
    var chosen: Set<Fault> = text.hasPrefix("-") ? Set(Fault.allCases) : []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      switch word {
      case "none": chosen = []
      case "all": chosen.formUnion(Fault.allCases)
      default:
        let name = String(word.hasPrefix("-") ? word.dropFirst() : word)
        guard let fault = Fault(rawValue: name) else {
          let near = NearestNames.words(name, among: Fault.allCases.map(\.rawValue))
          throw ValidationError("\"\(name)\" is no fault; \(near)`simulate faults` lists them.")
        }
        if word.hasPrefix("-") { chosen.remove(fault) } else { chosen.insert(fault) }
      }
    }
    faults = Fault.allCases.filter(chosen.contains)
    self.text = text
  }
}
