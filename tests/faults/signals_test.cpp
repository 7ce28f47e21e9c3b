// R6: signals. A peer that goes away raises no SIGPIPE, and a storm of signals disturbs no call.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/time.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <utility>

#include "fault_scene.hpp"
#include "support/loopback.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

ServerOptions server_options(const CertificateAuthority* authority) {
    ServerOptions options;
    options.receive_buffer = 4096;
    if (authority != nullptr) {
        options.tls.emplace();
        options.tls->identity = authority->localhost();
    }
    return options;
}

/// Everything that makes a program write to a connection that the peer has reset. Returns 0 when all calls
/// ended as they should.
int write_to_reset_peers(bool https) {
    const CertificateAuthority authority;
    const TempDir files;
    const std::string ca_file = files.write("ca.pem", authority.pem());
    int failures = 0;
    with_both_drivers([&](Driver driver) {
        Scene scene(driver, server_options(https ? &authority : nullptr));
        scene.options.tls.ca_file = https ? ca_file : "";
        scene.server.on_connection({read_until_headers_end(), read_bytes(1000), reset()});
        scene.server.on_connection({read_request(), send(http_reply(204)), read_request(), reset()});
        scene.server.on_connection({read_request(), send(http_reply(204)), reset()});
        scene.be_healthy();
        auto big = send_request("contact-big");
        big.message_body["text"] = std::string(4'000'000, 'x');
        failures += perform(scene.client(), driver, big) ? 1 : 0;
        failures += scene.send() ? 0 : 1;
        failures += scene.send() ? 1 : 0;
        failures += scene.send() ? 0 : 1;
        // Now the client closes a connection, with TLS's farewell, whose peer is gone.
        failures += scene.server.wait_for_finished(3, patience) ? 0 : 1;
        failures += scene.send() ? 0 : 1;
    });
    {
        Scene scene(Driver::call, server_options(https ? &authority : nullptr));
        scene.options.tls.ca_file = https ? ca_file : "";
        scene.server.by_default({read_request(), send(http_reply(204)), reset()});
        failures += scene.send() ? 0 : 1;
        failures += scene.server.wait_for_finished(1, patience) ? 0 : 1;
    }
    return failures;
}

[[noreturn]] void run_with_deadly_sigpipe(bool https) {
    signal(SIGPIPE, SIG_DFL);
    const int failures = write_to_reset_peers(https);
    struct sigaction after {};
    sigset_t blocked;
    const bool untouched = sigaction(SIGPIPE, nullptr, &after) == 0 && after.sa_handler == SIG_DFL &&
                           pthread_sigmask(SIG_SETMASK, nullptr, &blocked) == 0 &&
                           sigismember(&blocked, SIGPIPE) == 0;
    std::_Exit(failures + (untouched ? 0 : 100));
}

TEST(R6_SigpipeDeathTest, ProcessOutlivesPeersThatResetPlainConnections) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(run_with_deadly_sigpipe(false), testing::ExitedWithCode(0), "");
}

TEST(R6_SigpipeDeathTest, ProcessOutlivesPeersThatResetTlsConnections) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(run_with_deadly_sigpipe(true), testing::ExitedWithCode(0), "");
}

std::atomic<int> alarms{0};

void count_alarm(int /*signal*/) {
    ++alarms;
}

/// Interrupts the process' threads every millisecond, without SA_RESTART.
class AlarmStorm {
  public:
    AlarmStorm() {
        alarms = 0;
        struct sigaction action {};
        action.sa_handler = count_alarm;
        sigaction(SIGALRM, &action, &before_);
        set_interval(1000);
    }
    AlarmStorm(const AlarmStorm&) = delete;
    AlarmStorm& operator=(const AlarmStorm&) = delete;
    ~AlarmStorm() {
        set_interval(0);
        sigaction(SIGALRM, &before_, nullptr);
    }

  private:
    static void set_interval(suseconds_t microseconds) {
        itimerval timer{};
        timer.it_interval.tv_usec = microseconds;
        timer.it_value.tv_usec = microseconds;
        setitimer(ITIMER_REAL, &timer, nullptr);
    }

    struct sigaction before_ {};
};

TEST(R6_InterruptStorm, EveryCallSucceedsAllTheSame) {
    const CertificateAuthority authority;
    const TempDir files;
    with_both_drivers([&](Driver driver) {
        for (const bool https : {false, true}) {
            Scene scene(driver, server_options(https ? &authority : nullptr));
            scene.options.tls.ca_file = https ? files.write("ca.pem", authority.pem()) : "";
            scene.server.by_default({serve(
                [](const ReceivedRequest&) {
                    return Reply{http_reply(204, {{"Connection", "close"}}), Reply::Then::close};
                },
                Pacing{8, milliseconds(1)})});
            const AlarmStorm storm;
            for (int i = 0; i < 10; ++i) {
                const auto result = scene.send();
                EXPECT_TRUE(result) << describe(result);
                EXPECT_EQ(result.meta().attempts, 1);
            }
            EXPECT_GT(alarms, 0);
        }
    });
}

TEST(R6_InterruptStorm, CutsNoTimeoutAndNoWaitShort) {
    with_both_drivers([](Driver driver) {
        const Blackhole hole;
        Scene scene(driver);
        scene.answer({http_reply(429, {{"retry-after-ms", "300"}}), http_reply(204)});
        const AlarmStorm storm;
        EXPECT_TRUE(scene.send());
        const auto requests = scene.server.requests();
        ASSERT_EQ(requests.size(), 2U);
        EXPECT_GE(requests[1].at - requests[0].at, milliseconds(280));

        scene.options.base_url = hole.origin();
        scene.options.connect_timeout = milliseconds(200);
        scene.options.retry.max_retries = 0;
        const Client lost(scene.options);
        const auto before = std::chrono::steady_clock::now();
        const auto result = perform(lost, driver, send_request());
        const auto took = std::chrono::steady_clock::now() - before;
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::timeout) << describe(result);
        EXPECT_GE(took, milliseconds(180));
        EXPECT_LT(took, seconds(10));
    });
}

TEST(R6_Dispositions, AreTheSameAfterwards) {
    const auto dispositions = [] {
        std::array<void*, 32> handlers{};
        for (std::size_t number = 1; number < handlers.size(); ++number) {
            struct sigaction action {};
            sigaction(static_cast<int>(number), nullptr, &action);
            handlers[number] = reinterpret_cast<void*>(action.sa_handler);
        }
        return handlers;
    };
    const auto before = dispositions();
    EXPECT_EQ(write_to_reset_peers(true), 0);
    EXPECT_EQ(dispositions(), before);
}

}  // namespace
}  // namespace sent::test
