// A name server that does not answer: the resolver of this program is replaced by one that hangs for one
// name.

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <chrono>
#include <cstring>
#include <thread>

#include "requests.hpp"
#include "support/eventually.hpp"
#include "support/gate.hpp"

namespace {

constexpr const char* hanging_name = "hangs.test";

/// Opened at the end of a test, so that the resolver's threads can end.
sent::test::Gate* answers = nullptr;
std::atomic<int> asking{0};

}  // namespace

// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the names there are reserved
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** result) {
    if (name != nullptr && std::strcmp(name, hanging_name) == 0) {
        const sent::test::Gate gate = *answers;
        ++asking;
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
    NameResolution() { answers = &gate_; }
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

}  // namespace
}  // namespace sent::test
