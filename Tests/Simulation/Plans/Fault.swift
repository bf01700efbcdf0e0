/// Something that goes wrong in hospitals, on networks and on disks.
package enum Fault: String, CaseIterable, Hashable, Sendable {
  /// Messages take seconds to minutes.
  case delay

  /// A request or its answer never arrives.
  case drop

  /// A request arrives twice.
  case duplicate

  /// A request arrives again long after its successors.
  case reorder

  /// An answer ends in the middle of its body.
  case cut

  /// Nothing passes between a device and its server for hours.
  case partition

  /// Requests arrive for hours and no answer comes back.
  case oneWay = "one-way"

  /// A clock runs fast or slow.
  case drift

  /// A clock is set to another time in the middle of the work.
  case jump

  /// A clock starts in 1970 or shows 2099.
  case wrongYear = "wrong-year"

  /// A device loses power between two writes to its disk; what was not synced is lost, torn or
  /// reordered.
  case powerCut = "power-cut"

  /// The server loses power in the same way.
  case serverPowerCut = "server-power-cut"

  /// A device's disk is full for a while.
  case diskFull = "disk-full"

  /// The server's disk is full for a while.
  case serverDiskFull = "server-disk-full"

  /// A reviewer is taken off a visit while the own device still holds work; what was held is released
  /// or refused later.
  case removal

  /// A newer program writes operations that the others cannot interpret.
  case newer

  /// A device asks the server of another college.
  case misdirected

  /// The server is put back to a backup and begins a new history.
  case serverRestore = "server-restore"

  /// The server's store is put back to a backup and nobody is told: the history stays the same.
  case serverRollback = "server-rollback"

  /// Batches go from device to device as a file.
  case carried

  /// A device's store is put back to an older copy.
  case restoredDevice = "restored-device"

  /// A device's store is copied, unsealed work included, and both copies go on.
  case clonedDevice = "cloned-device"

  /// A stolen device is revoked and still writes; what was held is released or refused later.
  case revocation

  /// A device is destroyed, part of its work is nowhere, and an operator declares the gap; sometimes
  /// the bytes are found later.
  case lostBytes = "lost-bytes"

  /// What it is, in a line.
  package var words: String {
    switch self {
    case .delay: "messages take seconds to minutes"
    case .drop: "a request or its answer never arrives"
    case .duplicate: "a request arrives twice"
    case .reorder: "a request arrives again after its successors"
    case .cut: "an answer ends in the middle of its body"
    case .partition: "nothing passes between a device and its server for hours"
    case .oneWay: "requests arrive for hours and no answer comes back"
    case .drift: "a clock runs fast or slow"
    case .jump: "a clock is set anew in the middle of the work"
    case .wrongYear: "a clock starts in 1970 or shows 2099"
    case .powerCut: "a device loses power between two writes to its disk"
    case .serverPowerCut: "the server loses power between two writes to its disk"
    case .diskFull: "a device's disk is full for a while"
    case .serverDiskFull: "the server's disk is full for a while"
    case .removal: "a reviewer is taken off a visit while the device still holds work"
    case .newer: "a newer program writes what others cannot interpret"
    case .misdirected: "a device asks the server of another college"
    case .serverRestore: "the server is put back to a backup and begins a new history"
    case .serverRollback: "the server's store is put back to a backup and nobody is told"
    case .carried: "batches go from device to device as a file"
    case .restoredDevice: "a device's store is put back to an older copy"
    case .clonedDevice: "a device's store is copied and both copies go on"
    case .revocation: "a stolen device is revoked and still writes"
    case .lostBytes: "a device is destroyed and part of its work is nowhere"
    }
  }
}
