#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace sent::test {

/// Another program, such as a web server, for as long as the object lives. It is killed with the test, also
/// when that crashes.
class Program {
  public:
    /// `command` begins with the program's path; its output goes to the file. Throws std::system_error when
    /// there is no process left for it.
    Program(const std::vector<std::string>& command, const std::string& output_file);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    /// False when it has ended by itself.
    [[nodiscard]] bool is_running();
    /// Waits until it accepts connections there; false when it has ended, or the time-out came first.
    [[nodiscard]] bool wait_until_listening(std::uint16_t port, std::chrono::milliseconds timeout);

  private:
    pid_t process_ = -1;
};

/// The full path of a program of this machine, those of administrators included; empty when there is none.
std::string find_program(const std::string& name);

/// A loopback port that nobody uses right now, of those that the system gives to nobody by itself. For
/// programs that cannot choose one and tell it.
std::uint16_t unused_port();

/// Waits until the file holds the text, as programs write their logs when they have answered.
[[nodiscard]] bool wait_for_text(const std::string& path, const std::string& text,
                                 std::chrono::milliseconds timeout);

}  // namespace sent::test
