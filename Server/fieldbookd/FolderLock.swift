import Foundation

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Keeps a second program away from a store while one works on it.
///
/// The system lets go of the lock when the process ends, however it ends.
struct FolderLock {
  private let descriptor: Int32

  /// Takes the lock; `nil` if somebody else holds it.
  init?(_ folder: DataFolder) throws {
    let descriptor = unsafe open(folder.lock, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(.failed, "\(folder.lock) cannot be opened. Check whose folder it is.")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  /// Lets the next one in.
  func release() { close(descriptor) }
}
