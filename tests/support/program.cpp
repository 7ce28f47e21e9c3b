#include "program.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <sstream>
#include <system_error>

#include "eventually.hpp"
#include "posix.hpp"
#include "read_file.hpp"

namespace sent::test {
namespace {

/// In the child, where only what is safe amid other threads may be done.
[[noreturn]] void become(char* const* arguments, int output, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    if (getppid() == parent) {
        execv(arguments[0], arguments);
    }
    constexpr int cannot_execute = 126;
    _exit(cannot_execute);
}

bool accepts_connections(std::uint16_t port) {
    const Address address("127.0.0.1", port);
    const UniqueFd socket = make_tcp_socket(address.family());
    if (::connect(socket.get(), address.get(), address.size()) == 0) {
        return true;
    }
    pollfd ready{socket.get(), POLLOUT, 0};
    int error = 0;
    socklen_t size = sizeof error;
    return poll_until(&ready, 1, deadline_after(std::chrono::seconds(1))) == 1 &&
           ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

}  // namespace

Program::Program(const std::vector<std::string>& command, const std::string& output_file) {
    std::vector<char*> arguments;
    for (const auto& argument : command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    constexpr mode_t for_owner = 0600;
    const UniqueFd output(::open(output_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, for_owner));
    const pid_t parent = getpid();
    process_ = fork();
    if (process_ == 0) {
        become(arguments.data(), output.get(), parent);
    }
    if (process_ < 0) {
        throw_errno("fork");
    }
}

Program::~Program() {
    if (is_running()) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
}

bool Program::is_running() {
    if (process_ > 0 && waitpid(process_, nullptr, WNOHANG) != 0) {
        process_ = -1;
    }
    return process_ > 0;
}

bool Program::wait_until_listening(std::uint16_t port, std::chrono::milliseconds timeout) {
    bool listens = false;
    return eventually(
               [&] {
                   listens = is_running() && accepts_connections(port);
                   return listens || !is_running();
               },
               timeout) &&
           listens;
}

std::string find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string{path != nullptr ? path : ""} + ":/usr/sbin:/usr/local/sbin");
    std::string folder;
    while (std::getline(folders, folder, ':')) {
        const std::string candidate = folder + "/" + name;
        if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) {
            return candidate;
        }
    }
    return {};
}

std::uint16_t unused_port() {
    std::random_device source;
    std::uniform_int_distribution<int> below_ephemeral_ports(15000, 32000);
    for (;;) {
        const auto port = static_cast<std::uint16_t>(below_ephemeral_ports(source));
        try {
            static_cast<void>(bind_tcp(Address("127.0.0.1", port)));
            return port;
        } catch (const std::system_error&) {
            continue;
        }
    }
}

bool wait_for_text(const std::string& path, const std::string& text, std::chrono::milliseconds timeout) {
    return eventually([&] { return read_file(path).find(text) != std::string::npos; }, timeout);
}

}  // namespace sent::test
