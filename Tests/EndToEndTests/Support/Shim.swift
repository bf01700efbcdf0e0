import Foundation
import Testing

/// A library that changes what a program meets.
///
/// A program that is started with it dies at its k-th write to a store, or sees another clock. The
/// programs themselves have no switch for either.
struct Shim: Sendable {
  private let library: String

  /// Whether this machine has a C compiler to build it with.
  static let isAvailable = compiler != nil

  static let reason: Comment =
    "there is no C compiler (cc) to build the library that kills at writes"

  private static let compiler = ["/usr/bin/cc", "/usr/bin/clang", "/usr/bin/gcc"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// Builds it.
  static func build(in folder: String) throws -> Shim {
    let compiler = try #require(compiler, reason)
    let (code, library) = (folder + "/shim.c", folder + "/shim.so")
    try source.write(toFile: code, atomically: true, encoding: .utf8)
    let outcome = try Program(path: compiler).run([
      "-shared", "-fPIC", "-O1", "-o", library, code, "-ldl",
    ])
    try #require(outcome.status == 0, "cc: \(outcome.messages)")
    return Shim(library: library)
  }

  /// The environment in which a program dies at its k-th write or sync of a file of a store.
  func death(atWrite k: Int) -> [String: String] {
    ["LD_PRELOAD": library, "KILL_AT": "\(k)"]
  }

  /// The environment in which the clock shows another time.
  func clock(aheadBySeconds seconds: Int) -> [String: String] {
    ["LD_PRELOAD": library, "CLOCK_AHEAD": "\(seconds)"]
  }

  /// The k-th write is half done before the process dies; a sync or a truncation is not done at all.
  private static let source = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <signal.h>
    #include <stdatomic.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <time.h>
    #include <unistd.h>

    static atomic_long count;

    static int dies(int file) {
      const char *at = getenv("KILL_AT");
      if (at == NULL) return 0;
      char link[64], path[4096];
      snprintf(link, sizeof link, "/proc/self/fd/%d", file);
      ssize_t size = readlink(link, path, sizeof path - 1);
      if (size <= 0) return 0;
      path[size] = 0;
      if (strstr(path, ".sqlite") == NULL) return 0;
      return atomic_fetch_add(&count, 1) + 1 == atol(at);
    }

    static void die(void) { kill(getpid(), SIGKILL); pause(); }

    #define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

    ssize_t pwrite(int file, const void *bytes, size_t size, off_t at) {
      REAL(pwrite);
      if (dies(file)) { real(file, bytes, size / 2, at); die(); }
      return real(file, bytes, size, at);
    }

    ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t at) {
      REAL(pwrite64);
      if (dies(file)) { real(file, bytes, size / 2, at); die(); }
      return real(file, bytes, size, at);
    }

    ssize_t write(int file, const void *bytes, size_t size) {
      REAL(write);
      if (dies(file)) { real(file, bytes, size / 2); die(); }
      return real(file, bytes, size);
    }

    int fdatasync(int file) {
      REAL(fdatasync);
      if (dies(file)) die();
      return real(file);
    }

    int fsync(int file) {
      REAL(fsync);
      if (dies(file)) die();
      return real(file);
    }

    int ftruncate64(int file, off64_t size) {
      REAL(ftruncate64);
      if (dies(file)) die();
      return real(file, size);
    }

    int ftruncate(int file, off_t size) {
      REAL(ftruncate);
      if (dies(file)) die();
      return real(file, size);
    }

    int clock_gettime(clockid_t clock, struct timespec *time) {
      REAL(clock_gettime);
      int result = real(clock, time);
      const char *ahead = getenv("CLOCK_AHEAD");
      if (result == 0 && clock == CLOCK_REALTIME && ahead != NULL) time->tv_sec += atol(ahead);
      return result;
    }
    """
}
