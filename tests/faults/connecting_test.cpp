// N1 to N3, N19: no connection, so nothing has left.

#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "fault_scene.hpp"
#include "own_network.hpp"
#include "stopwatch.hpp"
#include "support/gate.hpp"
#include "support/loopback.hpp"
#include "support/sanitized.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view hanging_host = "hang.invalid";

/// A name server that does not answer: look-ups of `hanging_host` wait for `answers`.
struct SilentNameServer {
    std::mutex mutex{};
    std::optional<Gate> answers{};
    std::atomic<int> queries{0};
};

SilentNameServer& name_server() {
    static SilentNameServer instance;
    return instance;
}

}  // namespace
}  // namespace sent::test

/// Takes the place of the C library's for the whole program, libcurl included.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the names there are reserved
extern "C" int getaddrinfo(const char* node, const char* service, const addrinfo* hints, addrinfo** result) {
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    if (node != nullptr && node == sent::test::hanging_host) {
        auto& server = sent::test::name_server();
        std::optional<sent::test::Gate> answers;
        {
            const std::lock_guard lock{server.mutex};
            answers = server.answers;
        }
        ++server.queries;
        if (answers) {
            static_cast<void>(answers->wait(3 * sent::test::patience));
        }
        return EAI_AGAIN;
    }
    static const auto original = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return original(node, service, hints, result);
}

namespace sent::test {
namespace {

TEST(N1_ConnectionRefused, SendIsRetriedAndEndsAsNotSent) {
    with_both_drivers([](Driver driver) {
        const RefusedPort port;
        Scene scene(driver);
        scene.options.base_url = port.origin();
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::connection);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_EQ(result.error().attempts, 3);
        EXPECT_EQ(result.meta().attempts, 3);
        EXPECT_THAT(result.error().message, HasSubstr("127.0.0.1:" + std::to_string(port.port())));
        EXPECT_THAT(to_string(result.error()), Not(HasSubstr(std::string{test_api_key})));
        EXPECT_THROW(result.value(), ConnectionError);
    });
}

TEST(N1_ConnectionRefused, NoRetriesMeansOneAttempt) {
    const RefusedPort port;
    Scene scene;
    scene.options.base_url = port.origin();
    scene.options.retry.max_retries = 0;
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().attempts, 1);
}

TEST(N1_ConnectionRefused, SendGoesOutOnceWhenTheServerIsBack) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.be_healthy();
        scene.server.go_down();
        scene.options.log.level = LogLevel::info;
        scene.options.log.sink = [&scene](const LogRecord& record) {
            if (record.message.find("attempt 1 failed") != std::string_view::npos) {
                scene.server.come_up();
            }
        };
        const auto result = scene.send();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 2);
        EXPECT_EQ(scene.server.request_count(), 1U);
    });
}

TEST(N2_DnsFailure, UnknownHostIsNotSentAndNamed) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.options.base_url = "https://nowhere.invalid";
        scene.options.retry.max_retries = 1;
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_EQ(result.error().attempts, 2);
        EXPECT_THAT(result.error().message, HasSubstr("nowhere.invalid"));
        if (result.error().kind == ErrorKind::timeout) {
            GTEST_SKIP() << "skipped: no name server of this machine answers";
        }
        EXPECT_EQ(result.error().kind, ErrorKind::connection);
        EXPECT_THAT(result.error().message, HasSubstr("resolve"));
    });
}

TEST(N2_DnsHang, EndsAtTheConnectTimeoutAndDoesNotHoldUpTheClient) {
    with_both_drivers([](Driver driver) {
        const Gate answers;
        {
            const std::lock_guard lock{name_server().mutex};
            name_server().answers = answers;
        }
        name_server().queries = 0;
        const auto before = std::chrono::steady_clock::now();
        {
            Scene scene(driver);
            scene.options.base_url = "https://" + std::string{hanging_host};
            scene.options.connect_timeout = milliseconds(200);
            scene.options.retry.max_retries = 0;
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::timeout) << describe(result);
            EXPECT_EQ(result.error().outcome, Outcome::not_sent);
            EXPECT_THAT(result.error().message, HasSubstr("connect timeout"));
        }
        const auto took = std::chrono::steady_clock::now() - before;
        EXPECT_FALSE(answers.is_open());
        answers.open();
        if (name_server().queries == 0) {
            GTEST_SKIP() << "skipped: this libcurl does not resolve names by getaddrinfo";
        }
        EXPECT_LT(took, std::chrono::seconds(5));
    });
}

TEST(N3_ConnectBlackhole, ConnectTimeoutEndsTheAttemptAndNothingWasSent) {
    with_both_drivers([](Driver driver) {
        const Blackhole hole;
        Scene scene(driver);
        scene.options.base_url = hole.origin();
        scene.options.connect_timeout = milliseconds(100);
        scene.options.retry.max_retries = 1;
        const auto before = std::chrono::steady_clock::now();
        const auto result = scene.send();
        const auto took = std::chrono::steady_clock::now() - before;
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::timeout);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_EQ(result.error().attempts, 2);
        EXPECT_THAT(result.error().message, HasSubstr("connect timeout of 100 ms"));
        EXPECT_GE(took, milliseconds(180));
        EXPECT_LT(took, std::chrono::seconds(10));
    });
}

TEST(N3_ConnectBlackhole, OfARealNetworkThatDropsEverythingEndsAtTheConnectTimeoutToo) {
    in_own_network([] {
        // A cable with nobody at its other end, who yet has an address.
        if (std::system(
                "{ ip link add d0 type veth peer name d1 && ip link set d1 up && ip link set d0 up && "
                "ip addr add 10.99.0.1/24 dev d0 && "
                "ip neigh add 10.99.0.2 lladdr 02:00:00:00:00:02 dev d0; } >/dev/null 2>&1") != 0) {
            GTEST_SKIP() << "skipped: no device that drops packets can be made here";
        }
        with_both_drivers([](Driver driver) {
            Scene scene(driver);
            scene.options.base_url = "https://10.99.0.2:4433";
            scene.options.connect_timeout = milliseconds(150);
            scene.options.retry.max_retries = 1;
            const auto before = std::chrono::steady_clock::now();
            const auto result = scene.send();
            const auto took = std::chrono::steady_clock::now() - before;
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::timeout) << describe(result);
            EXPECT_EQ(result.error().outcome, Outcome::not_sent);
            EXPECT_EQ(result.error().attempts, 2);
            EXPECT_GE(took, milliseconds(280));
            EXPECT_LT(took, std::chrono::seconds(10));
        });
    });
}

TEST(N3_ConnectBlackhole, DeadlineCutsTheConnectTimeout) {
    with_both_drivers([](Driver driver) {
        const Blackhole hole;
        Scene scene(driver);
        scene.options.base_url = hole.origin();
        scene.options.deadline = milliseconds(300);
        static_cast<void>(scene.client());
        Stopwatch watch(*scene.options.deadline);
        const auto result = scene.send();
        EXPECT_LE(watch.lateness(), deadline_slack);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::timeout);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_THROW(result.value(), TimeoutError);
    });
}

TEST(N3_ConnectBlackhole, SilentTlsHandshakeEndsAtTheConnectTimeoutToo) {
    Scene scene;
    scene.server.by_default({hold()});
    scene.options.base_url = "https://127.0.0.1:" + std::to_string(scene.server.port());
    scene.options.connect_timeout = milliseconds(100);
    scene.options.retry.max_retries = 0;
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::timeout);
    EXPECT_EQ(result.error().outcome, Outcome::not_sent);
}

TEST(N19_BrokenIpv6, TheOtherAddressIsUsed) {
    with_both_drivers([](Driver driver) {
        // localhost is ::1 and 127.0.0.1; only the second has a server.
        Scene scene(driver);
        scene.be_healthy();
        scene.options.base_url = scene.server.origin("http", "localhost");
        const auto result = scene.send();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 1);
    });
}

TEST(N19_BrokenIpv6, AnAddressThatIsSilentIsNotWaitedForLong) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.be_healthy();
        const Blackhole hole("::1", scene.server.port());
        scene.options.base_url = scene.server.origin("http", "localhost");
        const auto before = std::chrono::steady_clock::now();
        const auto result = scene.send();
        EXPECT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 1);
        EXPECT_LT(std::chrono::steady_clock::now() - before, scene.options.connect_timeout / 2);
        EXPECT_EQ(scene.server.request_count(), 1U);
    });
}

}  // namespace
}  // namespace sent::test
