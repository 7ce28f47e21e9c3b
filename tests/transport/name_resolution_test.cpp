// A name server that does not answer: the resolver of this program is replaced by one that hangs for one
// name.

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <string>
#include <thread>
#include <vector>

#include "requests.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/scripted_server.hpp"

namespace {

constexpr const char* hanging_name = "hangs.test";

/// Opened at the end of a test, so that the resolver's threads can end.
sent::test::Gate* answers = nullptr;
std::atomic<int> asking{0};
std::atomic<int> most_asking{0};

}  // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the names there are reserved
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
    if (name != nullptr && std::strcmp(name, hanging_name) == 0) {
        const sent::test::Gate gate = *answers;
        const int now_asking = ++asking;
        int most = most_asking;
        while (most < now_asking && !most_asking.compare_exchange_weak(most, now_asking)) {
        }
        (void)gate.wait(std::chrono::minutes(1));
        --asking;
        return EAI_AGAIN;
    }
    using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, result);
}

namespace sent::test {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using Kind = TransportErrorKind;

class NameResolution : public testing::TestWithParam<bool> {
  protected:
    NameResolution() {
        answers = &gate_;
        most_asking = 0;
    }
    ~NameResolution() override {
        gate_.open();
        EXPECT_TRUE(eventually([] { return asking == 0; }));
    }
    HttpRequest request() const {
        HttpRequest request = get(std::string("http://") + hanging_name + "/x");
        request.connect_timeout = std::chrono::seconds(10);
        return request;
    }

    Gate gate_;
};

INSTANTIATE_TEST_SUITE_P(Modes, NameResolution, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(NameResolution, ThatHangsEndsAtTheConnectTimeout) {
    HttpRequest wanted = request();
    wanted.connect_timeout = milliseconds(150);
    CurlTransport transport;
    const auto before = Clock::now();
    const TransportResult result = run(transport, wanted, GetParam());
    const auto took = Clock::now() - before;
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::timeout) << result.error().message;
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_GE(took, milliseconds(145));  // libcurl rounds
    EXPECT_LE(took, milliseconds(2000));
    EXPECT_EQ(asking, 1);
}

TEST_P(NameResolution, ThatHangsCanBeCancelled) {
    CancellationSource source;
    HttpRequest wanted = request();
    wanted.cancel = source.token();
    CurlTransport transport;
    Clock::time_point cancelled;
    std::thread canceller([&] {
        EXPECT_TRUE(eventually([] { return asking == 1; }));
        cancelled = Clock::now();
        source.cancel();
    });
    const TransportResult result = run(transport, wanted, GetParam());
    const auto ended = Clock::now();
    canceller.join();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::cancelled);
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_LE(ended - cancelled, milliseconds(300));  // as in cancellation_test.cpp
}

using A13_NameResolution = NameResolution;

INSTANTIATE_TEST_SUITE_P(Modes, A13_NameResolution, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

/// A few dozen, for what begins at once as well as for what is abandoned.
constexpr int few_dozen = 48;

TEST_P(A13_NameResolution, ThatHangsLeavesFewThreadsBehind) {
    constexpr std::size_t count = 3000;
    HttpRequest wanted = request();
    wanted.connect_timeout = milliseconds(20);
    CurlTransport transport;
    std::vector<TransportResult> results;
    if (GetParam()) {
        Results arriving;
        for (std::size_t i = 0; i < count; ++i) {
            transport.send_async(wanted, arriving.collector());
        }
        ASSERT_TRUE(arriving.wait_for(count));
        results = arriving.take();
    } else {
        for (std::size_t i = 0; i < count; ++i) {
            results.push_back(transport.send(wanted));
        }
    }
    EXPECT_LE(most_asking, few_dozen);
    std::size_t refused = 0;
    for (const TransportResult& result : results) {
        ASSERT_FALSE(result);
        EXPECT_FALSE(result.error().request_may_have_left);
        if (result.error().kind != Kind::timeout) {
            EXPECT_EQ(result.error().kind, Kind::resolve) << result.error().message;
            EXPECT_NE(result.error().message.find("look-ups"), std::string::npos) << result.error().message;
            ++refused;
        }
    }
    EXPECT_GT(refused, count / 2);
}

TEST_P(A13_NameResolution, ThatHangsDoesNotStopCallsToOtherHosts) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(200); })});
    HttpRequest wanted = request();
    wanted.connect_timeout = milliseconds(5);
    CurlTransport transport;
    for (int i = 0; i < few_dozen; ++i) {
        EXPECT_FALSE(run(transport, wanted, GetParam()));
    }
    const TransportResult result = run(transport, get(server.origin() + "/x"), GetParam());
    EXPECT_TRUE(result) << result.error().message;
}

TEST_P(A13_NameResolution, OfAnAddressIsNoLookUp) {
    CurlTransport transport;
    Results arriving;
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(200); })});
    constexpr std::size_t count = 200;
    for (std::size_t i = 0; i < count; ++i) {
        transport.send_async(get(server.origin() + "/x"), arriving.collector());
    }
    ASSERT_TRUE(arriving.wait_for(count));
    for (const TransportResult& result : arriving.take()) {
        EXPECT_TRUE(result) << result.error().message;
    }
}

}  // namespace
}  // namespace sent::test
