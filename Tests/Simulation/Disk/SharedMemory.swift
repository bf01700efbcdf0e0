/// The memory that connections to one write-ahead log share, with the locks on it.
///
/// Each open file that uses it holds it, so that a connection that outlives a power cut never looks
/// at memory that is gone; those that come later have another.
final class SharedMemory {
  private struct Holder {
    let number: Int
    var shared: UInt8 = 0
    var exclusive: UInt8 = 0
  }

  /// Addresses, not pointers: a state behind a lock may hand out only what can be sent.
  private var regions: [UInt] = []
  private var holders: [Holder] = []

  deinit {
    for region in regions {
      unsafe UnsafeMutableRawPointer(bitPattern: region)?.deallocate()
    }
  }

  /// The address of a region, which is made if asked for; 0 if there is none.
  func region(_ index: Int, size: Int, isExtending: Bool) -> UInt {
    guard isExtending || index < regions.count else { return 0 }
    while regions.count <= index {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
      unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      regions.append(UInt(bitPattern: memory))
    }
    return regions[index]
  }

  /// Lets an open file take part.
  func join(_ number: Int) {
    if !holders.contains(where: { $0.number == number }) { holders.append(Holder(number: number)) }
  }

  /// Releases all locks of an open file.
  ///
  /// - Returns: Whether nobody takes part any more.
  func leave(_ number: Int) -> Bool {
    holders.removeAll { $0.number == number }
    return holders.isEmpty
  }

  /// Takes the locks of a mask, all or none.
  func lock(_ number: Int, _ mask: UInt8, isExclusive: Bool) -> Bool {
    for holder in holders where holder.number != number {
      let inTheWay = isExclusive ? holder.exclusive | holder.shared : holder.exclusive
      if inTheWay & mask != 0 { return false }
    }
    guard let own = holders.firstIndex(where: { $0.number == number }) else { return false }
    if isExclusive { holders[own].exclusive |= mask } else { holders[own].shared |= mask }
    return true
  }

  /// Releases the locks of a mask.
  func unlock(_ number: Int, _ mask: UInt8) {
    guard let own = holders.firstIndex(where: { $0.number == number }) else { return }
    holders[own].shared &= ~mask
    holders[own].exclusive &= ~mask
  }
}
