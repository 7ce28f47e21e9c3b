#pragma once

#include <gtest/gtest.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <functional>

#include "support/posix.hpp"

namespace sent::test {

/// Only in a network of its own: else it is the machine's.
inline bool switch_loopback(bool on) {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    ifreq request{};
    request.ifr_name[0] = 'l';
    request.ifr_name[1] = 'o';
    if (ioctl(socket.get(), SIOCGIFFLAGS, &request) != 0) {
        return false;
    }
    constexpr short up = IFF_UP;
    request.ifr_flags = static_cast<short>(on ? request.ifr_flags | up : request.ifr_flags & ~up);
    return ioctl(socket.get(), SIOCSIFFLAGS, &request) == 0;
}

/// Without it, programs that are started there could do nothing to the network.
inline void become_root_there(uid_t user, gid_t group) {
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
}

/// Runs the body in a child that has a network of its own, where nothing but the loopback is.
inline void in_own_network(const std::function<void()>& body) {
    constexpr int not_possible = 77;
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        const auto user = getuid();
        const auto group = getgid();
        if (unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0 || !switch_loopback(true)) {
            _exit(not_possible);
        }
        become_root_there(user, group);
        body();
        std::fflush(nullptr);
        _exit(::testing::Test::IsSkipped() ? not_possible : ::testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status)) << "signal " << WTERMSIG(status);
    if (WEXITSTATUS(status) == not_possible) {
        GTEST_SKIP() << "skipped: this machine does not let us make such a network";
    }
    EXPECT_EQ(WEXITSTATUS(status), 0) << "see above";
}

}  // namespace sent::test
