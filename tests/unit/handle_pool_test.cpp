#include "http/blocking/handle_pool.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <sent/http/curl_transport.hpp>

#include "http/process/curl_global.hpp"
#include "http/transport_settings.hpp"
#include "support/scripted_server.hpp"

namespace sent::detail::http {
namespace {

class HandlePoolTest : public testing::Test {
  protected:
    HandlePoolTest() {
        server_.by_default({test::serve([](const test::ReceivedRequest&) { return test::http_reply(204); })});
    }
    static CurlTransportOptions options() {
        CurlTransportOptions options;
        options.proxy.mode = ProxyOptions::Mode::off;
        return options;
    }
    void send() {
        HttpRequest request;
        request.url = server_.origin() + "/x";
        request.timeout = std::chrono::seconds(15);
        ASSERT_TRUE(pool_->send(request));
    }

    const bool is_ready_ = ensure_curl();
    test::ScriptedServer server_{};
    const TransportSettings settings_{options()};
    bool takes_timers_ = true;
    std::size_t timers_ = 0;
    std::vector<std::function<void()>> kept_{};
    std::shared_ptr<HandlePool> pool_ =
        std::make_shared<HandlePool>(settings_, [this](auto /*when*/, std::function<void()> task) {
            ++timers_;
            kept_.push_back(std::move(task));
            return takes_timers_;
        });
};

TEST_F(HandlePoolTest, B17_OneTimerClosesIdleConnections) {
    send();
    send();
    EXPECT_EQ(timers_, 1U);
    pool_->shut_down();
    kept_[0]();
    EXPECT_EQ(timers_, 1U) << "nothing is idle";
}

TEST_F(HandlePoolTest, B17_ATimerThatRunsAheadOfItsTimeIsSetAgain) {
    send();
    kept_[0]();
    EXPECT_EQ(timers_, 2U);
}

// The loop drops one when memory runs out.
TEST_F(HandlePoolTest, B17_ATimerThatIsDroppedIsSetByTheNextRequest) {
    send();
    kept_.clear();
    send();
    EXPECT_EQ(timers_, 2U);
    send();
    EXPECT_EQ(timers_, 2U);
}

TEST_F(HandlePoolTest, B17_ATimerThatIsRefusedIsSetByTheNextRequest) {
    takes_timers_ = false;
    send();
    kept_.clear();
    takes_timers_ = true;
    send();
    EXPECT_EQ(timers_, 2U);
    send();
    EXPECT_EQ(timers_, 2U);
}

TEST_F(HandlePoolTest, B17_ATimerThatHasRunMayBeDroppedAfterTheNextIsSet) {
    send();
    kept_[0]();
    ASSERT_EQ(timers_, 2U);
    kept_.erase(kept_.begin());
    send();
    EXPECT_EQ(timers_, 2U);
}

}  // namespace
}  // namespace sent::detail::http
