#pragma once

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "support/posix.hpp"

namespace sent::test {

/// An example that runs until it is told to end, at the latest with this object.
class Program {
  public:
    Program(const std::string& name, const std::map<std::string, std::string>& environment) {
        std::string path = SENT_EXAMPLES_DIR "/" + name;
        std::vector<std::string> settings;
        settings.reserve(environment.size());
        std::vector<char*> variables;
        for (const auto& [variable, value] : environment) {
            settings.emplace_back(variable).append("=").append(value);
            variables.push_back(settings.back().data());
        }
        variables.push_back(nullptr);
        std::array<char*, 2> arguments{path.data(), nullptr};
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            throw std::runtime_error("no pipe");
        }
        output_ = UniqueFd(ends[0]);
        const UniqueFd input(ends[1]);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, input.get(), STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions, input.get(), STDERR_FILENO);
        const int error =
            ::posix_spawn(&process_, path.c_str(), &actions, nullptr, arguments.data(), variables.data());
        posix_spawn_file_actions_destroy(&actions);
        if (error != 0) {
            throw std::runtime_error("cannot start " + path);
        }
    }
    ~Program() {
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// The next line of its output and error output; empty when none comes in time.
    std::string next_line() {
        const auto deadline = deadline_after(std::chrono::seconds(20));
        for (auto end = text_.find('\n'); end == std::string::npos; end = text_.find('\n')) {
            pollfd output{output_.get(), POLLIN, 0};
            std::array<char, 4096> bytes{};
            const auto count =
                poll_until(&output, 1, deadline) > 0 ? ::read(output_.get(), bytes.data(), bytes.size()) : 0;
            if (count <= 0) {
                return {};
            }
            text_.append(bytes.data(), static_cast<std::size_t>(count));
        }
        const auto end = text_.find('\n');
        auto line = text_.substr(0, end);
        text_.erase(0, end + 1);
        return line;
    }

  private:
    pid_t process_ = -1;
    UniqueFd output_{};
    std::string text_{};
};

}  // namespace sent::test
