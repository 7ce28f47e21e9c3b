// What the transport does to the process that it lives in: nothing. And what it makes of fork, signals and
// exec.

#include <dirent.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "requests.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;

// A child that was forked amid other threads can do nothing with a sanitizer's allocator, or start no thread.
#if defined(__has_feature)
#define SENT_HAS_FEATURE(name) __has_feature(name)
#else
#define SENT_HAS_FEATURE(name) 0
#endif
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__) || SENT_HAS_FEATURE(address_sanitizer) || \
    SENT_HAS_FEATURE(thread_sanitizer)
constexpr bool can_fork = false;
#else
constexpr bool can_fork = true;
#endif

Script echo() {
    return {serve([](const ReceivedRequest& request) { return http_reply(200, {}, request.body); })};
}

bool echoes(CurlTransport& transport, const std::string& url, const std::string& text, bool async) {
    TransportResult result = run(transport, post(url, text), async);
    return result && result.response().body == text;
}

/// Runs `body` in a forked child; whether it returned true.
bool in_child(const std::function<bool()>& body) {
    const pid_t child = fork();
    if (child == 0) {
        _exit(body() ? 0 : 1);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

class Fork : public testing::Test {
  protected:
    void SetUp() override {
        if (!can_fork) {
            GTEST_SKIP() << "fork does not work under this sanitizer";
        }
    }
};

TEST_F(Fork, ChildOpensItsOwnConnections) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    ASSERT_TRUE(echoes(transport, url, "parent", false));
    EXPECT_TRUE(in_child([&] { return echoes(transport, url, "child", false); }));
    EXPECT_TRUE(echoes(transport, url, "parent again", false));
    ASSERT_EQ(server.request_count(), 3U);
    const auto requests = server.requests();
    EXPECT_EQ(requests[0].connection, requests[2].connection);
    EXPECT_NE(requests[1].connection, requests[0].connection);
}

TEST_F(Fork, ChildHasAnAsynchronousEngineOfItsOwn) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    ASSERT_TRUE(echoes(transport, url, "parent", true));
    EXPECT_TRUE(in_child([&] { return echoes(transport, url, "child", true); }));
    EXPECT_TRUE(echoes(transport, url, "parent again", true));
    EXPECT_EQ(server.requests()[0].connection, server.requests()[2].connection);
}

TEST_F(Fork, ChildMayForkAgain) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    ASSERT_TRUE(echoes(transport, url, "parent", false));
    EXPECT_TRUE(in_child([&] {
        return echoes(transport, url, "child", false) &&
               in_child([&] { return echoes(transport, url, "grandchild", false); }) &&
               echoes(transport, url, "child again", false);
    }));
}

TEST_F(Fork, WhileOthersAreUnderWayDisturbsNobody) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    CurlTransport transport;
    std::atomic<bool> stop{false};
    std::atomic<int> failures{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&, async = t == 2] {
            while (!stop) {
                failures += echoes(transport, url, "busy", async) ? 0 : 1;
            }
        });
    }
    int good = 0;
    for (int i = 0; i < 20; ++i) {
        good += in_child([&] { return echoes(transport, url, "child", false); }) ? 1 : 0;
    }
    stop = true;
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(good, 20);
    EXPECT_EQ(failures, 0);
}

TEST_F(Fork, ChildMayDestroyTheTransport) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    auto transport = std::make_unique<CurlTransport>();
    ASSERT_TRUE(echoes(*transport, url, "parent", false));
    ASSERT_TRUE(echoes(*transport, url, "parent", true));
    EXPECT_TRUE(in_child([&] {
        transport.reset();
        return true;
    }));
    EXPECT_TRUE(echoes(*transport, url, "parent", false));
    EXPECT_TRUE(echoes(*transport, url, "parent", true));
    EXPECT_EQ(server.connection_count(), 2U);
}

TEST_F(Fork, ChildOverTlsDoesNotTouchTheParentsConnection) {
    const CertificateAuthority authority;
    const TempDir files;
    ServerOptions options;
    options.tls = test::TlsOptions{};
    options.tls->identity = authority.localhost();
    ScriptedServer server(std::move(options));
    server.by_default(echo());
    CurlTransportOptions client;
    client.tls.ca_file = files.write("ca.pem", authority.pem());
    const std::string url = server.origin() + "/x";
    auto transport = std::make_unique<CurlTransport>(client);
    ASSERT_TRUE(echoes(*transport, url, "parent", false));
    ASSERT_TRUE(echoes(*transport, url, "parent", true));
    // A child that ends the connections properly would say goodbye in its parent's name.
    EXPECT_TRUE(in_child([&] {
        const bool fine = echoes(*transport, url, "child", false);
        transport.reset();
        return fine;
    }));
    EXPECT_TRUE(in_child([&] {
        transport.reset();
        return true;
    }));
    EXPECT_TRUE(echoes(*transport, url, "parent again", false));
    EXPECT_TRUE(echoes(*transport, url, "parent again", true));
    EXPECT_EQ(server.connection_count(), 3U);
}

class Exit : public Fork {};

/// The child's exit code when it ends by exit() while its threads are sending over TLS.
TEST_F(Exit, AmidRequestsOverTlsIsOrderly) {
    const CertificateAuthority authority;
    const TempDir files;
    ServerOptions options;
    options.tls = test::TlsOptions{};
    options.tls->identity = authority.localhost();
    ScriptedServer server(std::move(options));
    // Each request with a handshake of its own: most of the time is spent inside the TLS library.
    server.by_default({read_request(), test::send(http_reply(204, {{"Connection", "close"}}))});
    CurlTransportOptions client;
    client.tls.ca_file = files.write("ca.pem", authority.pem());
    const HttpRequest request = get(server.origin() + "/x");
    for (int i = 0; i < 20; ++i) {
        const std::size_t before = server.request_count();
        std::fflush(nullptr);  // or the child's exit writes it, too
        const pid_t child = fork();
        if (child == 0) {
            alarm(20);
            // Nobody destroys these: that is the point.
            auto* transport = new CurlTransport(client);
            auto* again = new AsyncTransport::Completion;
            *again = [&, again](const TransportResult&) { transport->send_async(request, *again); };
            for (int t = 0; t < 2; ++t) {
                transport->send_async(request, *again);
                std::thread([&] {
                    for (;;) {
                        (void)transport->send(request);
                    }
                }).detach();
            }
            // The parent's server runs in another process; a few more requests of our own show that all is
            // under way.
            for (int k = 0; k <= i; ++k) {
                (void)transport->send(request);
            }
            std::exit(0);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFEXITED(status)) << "ended by signal " << WTERMSIG(status);
        EXPECT_EQ(WEXITSTATUS(status), 0);
        EXPECT_GT(server.request_count(), before);
    }
}

TEST_F(Exit, WithStaticTransportIsOrderly) {
    ScriptedServer server;
    server.by_default({read_request(), hold()});
    const HttpRequest request = get(server.origin() + "/x");
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        static CurlTransport transport;
        transport.send_async(request, [](const TransportResult&) {});
        std::thread([&] { (void)transport.send(request); }).detach();
        std::exit(0);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST_F(Exit, AfterWhichTheTransportStillAnswers) {
    ScriptedServer server;
    server.by_default(echo());
    const std::string url = server.origin() + "/x";
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
        alarm(20);
        static CurlTransport* transport = nullptr;
        static std::string where;
        where = url;
        // Called after the transport's own handler, unless an earlier test has had that registered already.
        std::atexit([] {
            const TransportResult result = transport->send(get(where));
            _exit(result || result.error().kind == TransportErrorKind::cancelled ? 7 : 1);
        });
        transport = new CurlTransport;
        std::exit(echoes(*transport, url, "before", false) && echoes(*transport, url, "before", true) ? 0
                                                                                                      : 2);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
}

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
