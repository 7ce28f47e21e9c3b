// D9: idempotency keys that the service would refuse, and keys that have served for something else.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fault_scene.hpp"
#include "support/gate.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;

SendMessageRequest message(const std::string& text) {
    SendMessageRequest request;
    request.to = {"+14155550100"};
    request.text = text;
    return request;
}

CallOptions with_key(std::string key) {
    CallOptions call;
    call.idempotency_key = std::move(key);
    return call;
}

/// Sends by the typed call, with the key.
class KeyScene : public Scene {
  public:
    explicit KeyScene(Driver driver = Driver::call) : Scene(driver), driver_(driver) { be_healthy(); }

    Result<SendMessageResponse> send(const std::string& text, const std::string& key) {
        return perform(client(), driver_, message(text), with_key(key));
    }
    /// The call was refused here, and the server has seen only those before it.
    void expect_refused(const Result<SendMessageResponse>& result, std::size_t requests_before) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::invalid_request) << describe(result);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_THAT(result.error().message, HasSubstr("`idempotency_key`"));
        EXPECT_EQ(server.request_count(), requests_before);
    }

  private:
    Driver driver_;
};

TEST(D9_IdempotencyKeys, OfAnyAllowedFormAreSent) {
    with_both_drivers([](Driver driver) {
        KeyScene scene(driver);
        const std::vector<std::string> keys = {"a", "0", "_", "-", "Order_1-x", std::string(255, 'k')};
        for (const auto& key : keys) {
            EXPECT_TRUE(scene.send("hello", key));
        }
        EXPECT_EQ(scene.keys(), keys);
        // An empty one is none: the library makes one.
        EXPECT_TRUE(scene.send("hello", ""));
        EXPECT_EQ(scene.keys().back().size(), 36U);
    });
}

TEST(D9_IdempotencyKeys, OfAnyOtherFormAreRefusedUnsent) {
    with_both_drivers([](Driver driver) {
        KeyScene scene(driver);
        for (const auto& key :
             {std::string(256, 'k'), std::string(1'000'000, 'k'), std::string{" "}, std::string{"a b"},
              std::string{"a.b"}, std::string{"a\r\nX: y"}, std::string{"a\0b", 3},
              std::string{"schl\xC3\xBCssel"}, std::string{"\xFF"}}) {
            SCOPED_TRACE(key.substr(0, 20));
            scene.expect_refused(scene.send("hello", key), 0);
        }
    });
}

TEST(D9_IdempotencyKeys, TheSameRequestMayBeRepeatedWithItsKey) {
    with_both_drivers([](Driver driver) {
        KeyScene scene(driver);
        for (int i = 0; i < 3; ++i) {
            EXPECT_TRUE(scene.send("hello", "order-1"));
        }
        EXPECT_EQ(scene.server.request_count(), 3U);
    });
}

TEST(D9_IdempotencyKeys, AnotherRequestWithTheSameKeyIsRefused) {
    with_both_drivers([](Driver driver) {
        KeyScene scene(driver);
        ASSERT_TRUE(scene.send("hello", "order-1"));
        scene.expect_refused(scene.send("good-bye", "order-1"), 1);
        // By another path, too, and by copies of the client.
        RawRequest raw;
        raw.method = "POST";
        raw.path = "/v3/contacts";
        raw.body = "{}";
        const auto copy = scene.client().with_options(with_key("order-1"));
        EXPECT_FALSE(copy.request(raw));
        EXPECT_EQ(scene.server.request_count(), 1U);
        // The first one still has its key, and other keys are free.
        EXPECT_TRUE(scene.send("hello", "order-1"));
        EXPECT_TRUE(scene.send("good-bye", "order-2"));
    });
}

TEST(D9_IdempotencyKeys, OfASendOfUnknownFateServeForNothingElse) {
    with_both_drivers([](Driver driver) {
        KeyScene scene(driver);
        scene.on_connections(3, {read_request(), close()});
        ASSERT_TRUE(is_unknown(scene.send("hello", "order-1"), 3));
        scene.expect_refused(scene.send("good-bye", "order-1"), 3);
        EXPECT_TRUE(scene.send("hello", "order-1"));
    });
}

TEST(D9_IdempotencyKeys, AreFreeAgainWhenTheRequestCertainlyHadNoEffect) {
    with_both_drivers([](Driver driver) {
        KeyScene scene(driver);
        scene.server.on_connection({read_request(), send(json_reply(422, "{}")), close()});
        const auto refused = scene.send("helo", "order-1");
        ASSERT_FALSE(refused);
        ASSERT_EQ(refused.error().outcome, Outcome::rejected);
        const auto corrected = scene.send("hello", "order-1");
        EXPECT_TRUE(corrected) << describe(corrected);
    });
}

TEST(D9_IdempotencyKeys, AreTakenWhileARequestIsUnderWay) {
    KeyScene scene;
    const Gate answer;
    scene.server.on_connection(
        {read_request(), wait_for(answer), send(json_reply(202, R"({"success":true})")), close()});
    auto first = scene.client().submit(message("hello"), with_key("order-1"));
    ASSERT_TRUE(scene.server.wait_for_requests(1, patience));
    scene.expect_refused(scene.send("good-bye", "order-1"), 1);
    answer.open();
    ASSERT_EQ(first.wait_for(patience), std::future_status::ready);
    EXPECT_TRUE(first.get());
}

TEST(D9_IdempotencyKeys, OfAnotherProfileAreOthers) {
    KeyScene scene;
    auto call = with_key("order-1");
    call.profile_id = "profile-1";
    EXPECT_TRUE(scene.client().call(message("hello"), call));
    call.profile_id = "profile-2";
    EXPECT_TRUE(scene.client().call(message("good-bye"), call));
}

TEST(D9_IdempotencyKeys, OfAListThatIsSplitOtherwiseAreRefused) {
    KeyScene scene;
    auto list = message("hello");
    list.to = {"+14155550100", "+14155550101", "+14155550102"};
    SendToManyOptions options;
    options.recipients_per_request = 2;
    options.call = with_key("campaign-7");
    EXPECT_EQ(scene.client().messages().send_to_many(list, options).failed, 0U);
    options.recipients_per_request = 1;
    EXPECT_EQ(scene.client().messages().send_to_many(list, options).failed, 2U)
        << "the first two would get nothing";
}

}  // namespace
}  // namespace sent::test
