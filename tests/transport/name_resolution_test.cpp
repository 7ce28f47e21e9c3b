// A name server that does not answer: the resolver of this program is replaced by one that hangs for some
// names.

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "requests.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"
#include "support/scripted_server.hpp"

namespace {

constexpr const char* hanging_name = "hangs.test";
constexpr const char* slow_name = "slow.test";  // in the end it is this machine
constexpr const char* known_name = "known.test";

bool is(const char* name, const char* other) {
    return name != nullptr && std::strcmp(name, other) == 0;
}

/// Opened at the end of a test, so that the resolver's threads can end.
sent::test::Gate* answers = nullptr;
std::atomic<int> asking{0};
std::atomic<int> most_asking{0};
/// Added to the time by which libcurl forgets addresses.
std::atomic<std::time_t> ahead{0};

}  // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the names there are reserved
extern "C" std::time_t time(std::time_t* result) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    const std::time_t seconds = now.tv_sec + ahead;
    if (result != nullptr) {
        *result = seconds;
    }
    return seconds;
}

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the names there are reserved
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
    const bool is_slow = is(name, slow_name);
    if (is_slow || is(name, hanging_name)) {
        const sent::test::Gate gate = *answers;
        const int now_asking = ++asking;
        int most = most_asking;
        while (most < now_asking && !most_asking.compare_exchange_weak(most, now_asking)) {
        }
        (void)gate.wait(std::chrono::minutes(1));
        --asking;
        if (!is_slow) {
            return EAI_AGAIN;
        }
    }
    if (is_slow || is(name, known_name)) {
        name = "127.0.0.1";
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

class SilentNameServer : public testing::Test {
  protected:
    SilentNameServer() {
        answers = &gate_;
        most_asking = 0;
    }
    ~SilentNameServer() override {
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

class NameResolution : public SilentNameServer, public testing::WithParamInterface<bool> {};

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

/// More than may be looked up at once.
constexpr std::size_t many = 40;
constexpr int looked_up_at_once = 16;

class A13_ManyLookUps : public SilentNameServer {
  protected:
    A13_ManyLookUps() {
        server_.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
        options_.proxy.mode = ProxyOptions::Mode::off;
    }
    HttpRequest request_to(const std::string& name) const {
        HttpRequest request = get("http://" + name + ":" + std::to_string(server_.port()) + "/x");
        request.connect_timeout = std::chrono::seconds(60);
        return request;
    }
    void expect_success(std::vector<TransportResult> results, std::size_t count) {
        ASSERT_EQ(results.size(), count);
        for (const TransportResult& result : results) {
            EXPECT_TRUE(result) << result.error().message;
        }
    }
    /// Begins so many requests that hang, and waits until no more of them are looked up.
    void hang(CurlTransport& transport, Results& results, HttpRequest request) {
        for (std::size_t i = 0; i < many; ++i) {
            transport.send_async(request, results.collector());
        }
        ASSERT_TRUE(eventually([] { return asking == looked_up_at_once; }));
    }

    ScriptedServer server_;
    CurlTransportOptions options_;
};

TEST_F(A13_ManyLookUps, DoNotHoldUpRequestsToAddresses) {
    Results hanging;
    Results others;
    CurlTransport transport(options_);
    hang(transport, hanging, request_to(hanging_name));
    transport.send_async(request_to("127.0.0.1"), others.collector());
    ASSERT_TRUE(others.wait_for(1));
    expect_success(others.take(), 1);
    EXPECT_EQ(hanging.count(), 0U);
}

TEST_F(A13_ManyLookUps, DoNotHoldUpRequestsToKnownNames) {
    Results hanging;
    Results first;
    Results others;
    CurlTransport transport(options_);
    // Its second request waits, or it would serve both that follow.
    const Gate both_are_here;
    server_.by_default({read_request(), send(http_reply(204)), read_request(), wait_for(both_are_here),
                        send(http_reply(204)), hold()});
    transport.send_async(request_to(known_name), first.collector());
    ASSERT_TRUE(first.wait_for(1));
    hang(transport, hanging, request_to(hanging_name));
    // The first has an idle connection, and the other an address.
    server_.by_default({read_request(), wait_for(both_are_here), send(http_reply(204)), hold()});
    for (int i = 0; i < 2; ++i) {
        transport.send_async(request_to(known_name), others.collector());
    }
    EXPECT_TRUE(server_.wait_for_connections(2, patience));
    both_are_here.open();
    ASSERT_TRUE(others.wait_for(2));
    expect_success(others.take(), 2);
    EXPECT_EQ(hanging.count(), 0U);
}

TEST_F(A13_ManyLookUps, DoNotHoldUpHttpsToAnAddress) {
    Results hanging;
    Results results;
    for (const auto mode : {ProxyOptions::Mode::off, ProxyOptions::Mode::environment}) {
        options_.proxy.mode = mode;
        CurlTransport transport(options_);
        hang(transport, hanging, request_to(hanging_name));
        transport.send_async(get("https://127.0.0.1:" + std::to_string(server_.port()) + "/x"),
                             results.collector());
        EXPECT_TRUE(results.wait_for(1)) << "it waits for a look-up that it does not need";
        EXPECT_FALSE(results.take().front()) << "the server speaks plain http";
    }
    gate_.open();
}

TEST_F(A13_ManyLookUps, ARequestThatMayHaveLeftIsNotPutOff) {
    constexpr std::time_t longer_than_addresses_are_kept = 3600;
    Results hanging;
    Results results;
    CurlTransport transport(options_);
    server_.by_default({read_request(), send(http_reply(204)), read_request(), close()});
    transport.send_async(request_to(known_name), results.collector());
    ASSERT_TRUE(results.wait_for(1));
    results.take();
    hang(transport, hanging, request_to(hanging_name));
    ahead = longer_than_addresses_are_kept;
    HttpRequest write = request_to(known_name);
    write.method = "POST";
    write.body = "{}";
    transport.send_async(write, results.collector());
    EXPECT_TRUE(results.wait_for(1)) << "it waits for a look-up, to be sent again";
    ahead = 0;
    gate_.open();
    ASSERT_TRUE(hanging.wait_for(many));
    ASSERT_TRUE(results.wait_for(1));
    const auto ended = results.take();
    ASSERT_FALSE(ended.front());
    EXPECT_TRUE(ended.front().error().request_may_have_left);
    EXPECT_EQ(server_.requests().size(), 2U);
}

TEST_F(A13_ManyLookUps, EndAndThenTheOthersGo) {
    Results results;
    CurlTransport transport(options_);
    hang(transport, results, request_to(slow_name));
    gate_.open();
    ASSERT_TRUE(results.wait_for(many));
    expect_success(results.take(), many);
    EXPECT_EQ(most_asking, looked_up_at_once);
}

TEST_F(A13_ManyLookUps, ThatWaitEndInTheirTime) {
    Results results;
    CurlTransport transport(options_);
    HttpRequest wanted = request_to(hanging_name);
    wanted.timeout = milliseconds(500);
    hang(transport, results, wanted);
    ASSERT_TRUE(results.wait_for(many));
    for (const TransportResult& result : results.take()) {
        ASSERT_FALSE(result);
        EXPECT_FALSE(result.error().request_may_have_left);
    }
}

TEST_F(A13_ManyLookUps, ThatWaitCanBeCancelled) {
    Results results;
    CurlTransport transport(options_);
    const CancellationSource source;
    HttpRequest wanted = request_to(hanging_name);
    wanted.cancel = source.token();
    hang(transport, results, wanted);
    source.cancel();
    ASSERT_TRUE(results.wait_for(many));
    for (const TransportResult& result : results.take()) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::cancelled) << result.error().message;
        EXPECT_FALSE(result.error().request_may_have_left);
    }
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
