import Synchronization

#if canImport(Darwin)
import Darwin
#elseif canImport(Musl)
import Musl
#else
import Glibc
#endif

/// Programs that the demonstration starts and ends.
enum ChildProcess {
  /// What a program that has ended left.
  struct Outcome {
    /// Its exit status; 128 and the signal if one ended it.
    let status: Int32

    /// What it wrote to standard output.
    let output: String

    /// What it wrote to standard error.
    let messages: String
  }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: Its path.
  ///   - arguments: What it is told.
  ///   - scratch: A folder for what it writes.
  /// - Returns: What it left.
  /// - Throws: ``CommandFailure`` if it cannot be started.
  static func run(
    _ program: String,
    _ arguments: [String],
    scratch: String
  ) throws(CommandFailure) -> Outcome {
    let (out, err) = (scratch + "/out", scratch + "/err")
    let child = try spawn(program, arguments, output: .file(out), messages: err)
    let status = wait(for: child)
    return Outcome(
      status: status,
      output: String(decoding: try Files.contents(of: out) ?? [], as: UTF8.self),
      messages: String(decoding: try Files.contents(of: err) ?? [], as: UTF8.self)
    )
  }

  /// Where the standard output of a child goes.
  enum Output {
    case file(String)
    case descriptor(Int32)
  }

  /// Starts a program.
  static func spawn(
    _ program: String,
    _ arguments: [String],
    output: Output,
    messages: String
  ) throws(CommandFailure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    switch output {
    case .file(let path):
      unsafe posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, path, flags, 0o600)
    case .descriptor(let file):
      unsafe posix_spawn_file_actions_adddup2(&actions, file, STDOUT_FILENO)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, messages, flags, 0o600)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    defer { _ = unsafe words.map { unsafe free($0) } }
    var child: pid_t = 0
    // What it prints will stand indented by four; this program's own width is settled before.
    _ = Wrap.columns
    unsafe setenv("COLUMNS", "76", 1)
    let code = unsafe posix_spawn(&child, program, &actions, nil, &words, environ)
    guard code == 0 else {
      throw .failed("\(program) cannot be started: \(unsafe String(cString: strerror(code))).")
    }
    return child
  }

  /// Waits until a program has ended.
  static func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// Sees to it that a child does not outlive this program when a signal ends it.
  static func endWithThisProgram(_ child: pid_t) {
    guarded.store(child, ordering: .sequentiallyConsistent)
    guard child > 0 else { return }
    for number in [SIGINT, SIGTERM, SIGHUP] {
      _ = signal(number) { number in
        let child = ChildProcess.guarded.load(ordering: .sequentiallyConsistent)
        if child > 0 { kill(child, SIGTERM) }
        _exit(128 + number)
      }
    }
  }

  private static let guarded = Atomic<pid_t>(0)
}
