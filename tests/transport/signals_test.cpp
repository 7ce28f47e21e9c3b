// What the transport does to the process that it lives in: nothing.

#include <dirent.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>

#include "processes.hpp"
#include "requests.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;

/// The port at the other end of a TCP socket, or 0.
int peer_port(int fd) {
    sockaddr_in peer{};
    socklen_t size = sizeof peer;
    const bool known = getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) == 0;
    return known && peer.sin_family == AF_INET ? ntohs(peer.sin_port) : 0;
}

TEST(Exec, ProgramsThatAreStartedInheritNoConnection) {
    ScriptedServer server;
    server.by_default(echo());
    CurlTransport transport;
    ASSERT_TRUE(echoes(transport, server.origin() + "/x", "a", false));
    ASSERT_TRUE(echoes(transport, server.origin() + "/x", "b", true));
    int connections = 0;
    DIR* all = opendir("/proc/self/fd");
    ASSERT_NE(all, nullptr);
    while (const dirent* entry = readdir(all)) {
        const int fd = std::atoi(entry->d_name);
        if (peer_port(fd) == server.port()) {
            ++connections;
            EXPECT_TRUE((fcntl(fd, F_GETFD) & FD_CLOEXEC) != 0);
        }
    }
    closedir(all);
    EXPECT_EQ(connections, 2);
}

std::atomic<int> alarms{0};
extern "C" void count_alarm(int /*signal*/) {
    ++alarms;
}

class Signals : public testing::TestWithParam<bool> {};

INSTANTIATE_TEST_SUITE_P(Modes, Signals, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(Signals, StormOfInterruptsFailsNothing) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); },
                             Pacing{20, milliseconds(1)})});
    struct sigaction action {};
    struct sigaction before {};
    action.sa_handler = &count_alarm;  // without SA_RESTART
    alarms = 0;
    ASSERT_EQ(sigaction(SIGALRM, &action, &before), 0);
    itimerval storm{};
    storm.it_interval.tv_usec = 500;
    storm.it_value.tv_usec = 500;
    ASSERT_EQ(setitimer(ITIMER_REAL, &storm, nullptr), 0);
    {
        CurlTransport transport;
        for (int i = 0; i < 30; ++i) {
            EXPECT_TRUE(echoes(transport, server.origin() + "/x", std::to_string(i), GetParam()));
        }
    }
    const itimerval none{};
    setitimer(ITIMER_REAL, &none, nullptr);
    sigaction(SIGALRM, &before, nullptr);
    EXPECT_GT(alarms, 20);
}

TEST(EngineThread, TakesNoSignals) {
    ScriptedServer server;
    server.by_default(echo());
    CurlTransport transport;
    EXPECT_TRUE(echoes(transport, server.origin() + "/x", "a", true));
    struct sigaction action {};
    struct sigaction before {};
    alarms = 0;
    action.sa_handler = &count_alarm;
    ASSERT_EQ(sigaction(SIGUSR1, &action, &before), 0);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    ASSERT_EQ(pthread_sigmask(SIG_BLOCK, &set, nullptr), 0);
    ASSERT_EQ(kill(getpid(), SIGUSR1), 0);
    EXPECT_TRUE(echoes(transport, server.origin() + "/x", "b", true));
    EXPECT_EQ(alarms, 0);  // waits until a thread of the application takes it
    ASSERT_EQ(pthread_sigmask(SIG_UNBLOCK, &set, nullptr), 0);
    EXPECT_EQ(alarms, 1);
    sigaction(SIGUSR1, &before, nullptr);
}

TEST_P(Signals, PeersResetRaisesNoSigpipe) {
    struct sigaction now {};
    ASSERT_EQ(sigaction(SIGPIPE, nullptr, &now), 0);
    ASSERT_EQ(now.sa_handler, SIG_DFL);
    const CertificateAuthority authority;
    const TempDir files;
    for (const bool tls : {false, true}) {
        ServerOptions options;
        if (tls) {
            options.tls = test::TlsOptions{};
            options.tls->identity = authority.localhost();
        }
        ScriptedServer server(std::move(options));
        server.by_default({read_bytes(1), reset()});
        CurlTransportOptions client;
        client.tls.ca_file = files.write("ca.pem", authority.pem());
        CurlTransport transport(client);
        for (int i = 0; i < 10; ++i) {
            EXPECT_FALSE(
                run(transport, post(server.origin() + "/x", std::string(4'000'000, 'x')), GetParam()));
        }
    }
    ASSERT_EQ(sigaction(SIGPIPE, nullptr, &now), 0);
    EXPECT_EQ(now.sa_handler, SIG_DFL);
}

TEST_P(Signals, MaskOfTheCallingThreadIsKept) {
    ScriptedServer server;
    server.by_default(echo());
    sigset_t before;
    sigset_t after;
    pthread_sigmask(SIG_SETMASK, nullptr, &before);
    CurlTransport transport;
    EXPECT_TRUE(echoes(transport, server.origin() + "/x", "a", GetParam()));
    pthread_sigmask(SIG_SETMASK, nullptr, &after);
    for (int number = 1; number < 32; ++number) {
        EXPECT_EQ(sigismember(&before, number), sigismember(&after, number)) << number;
    }
}

}  // namespace
}  // namespace sent::test
