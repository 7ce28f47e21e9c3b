#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_client.hpp"

namespace sent::test {
namespace {

using ::testing::HasSubstr;

class EmulatorControl : public ::testing::Test {
  protected:
    EmulatorControl() {
        control.set_header("x-api-key", "");
        control.set_header("x-sender-id", "");
    }

    testing::Emulator emulator;
    OtherClient client{emulator};
    OtherClient control{emulator};
};

TEST_F(EmulatorControl, IsHealthy) {
    EXPECT_EQ(control.get("/_emulator/health").json(), (Json{{"status", "ok"}}));
}

TEST_F(EmulatorControl, ShowsItsState) {
    auto body = guide_message();
    body["webhookUrl"] = "https://example.com/webhook/message-status";
    client.post("/v1/messages/contact", body);
    client.get("/v1/unknown");
    emulator.advance(std::chrono::seconds(1));
    const auto state = control.get("/_emulator/state").json();
    EXPECT_EQ(state["base_url"], emulator.base_url());
    EXPECT_EQ(state["api_key"], emulator.api_key());
    EXPECT_EQ(state["sender_id"], emulator.sender_id());
    EXPECT_EQ(state["forbidden_api_key"], emulator.forbidden_api_key());
    ASSERT_EQ(state["contacts"].size(), 3U);
    EXPECT_EQ(state["contacts"][0], (Json{{"id", body["contactId"]}, {"phone_number", "+14155550100"}}));
    EXPECT_EQ(state["templates"][0]["id"], body["templateId"]);
    EXPECT_EQ(state["accepted_messages"], 1);
    ASSERT_EQ(state["messages"].size(), 1U);
    const auto& message = state["messages"][0];
    EXPECT_EQ(message["id"], emulator.messages().at(0).id);
    EXPECT_EQ(message["generation"], "v1");
    EXPECT_EQ(message["contact_id"], body["contactId"]);
    EXPECT_EQ(message["template_id"], body["templateId"]);
    EXPECT_EQ(message["variables"], body["messageBody"]);
    EXPECT_EQ(message["webhook_url"], body["webhookUrl"]);
    EXPECT_EQ(message["status"], "delivered");
    ASSERT_EQ(state["webhooks"].size(), 3U);
    EXPECT_EQ(state["webhooks"][0]["outcome"], "refused");
    EXPECT_EQ(state["requests"], 2);
    EXPECT_EQ(state["requests_by_path"], (Json{{"POST /v1/messages/contact", 1}, {"GET (other)", 1}}));
    EXPECT_EQ(state["faults"], Json::array());
}

TEST_F(EmulatorControl, AddsListsAndClearsFaults) {
    const auto added =
        control.post("/_emulator/faults", {{"kind", "status"},
                                           {"times", 2},
                                           {"method", "POST"},
                                           {"path", "/v1"},
                                           {"status", 429},
                                           {"headers", {{"Retry-After", "1"}, {"X-Two", {"a", "b"}}}},
                                           {"body", {{"why", "because"}}}});
    EXPECT_EQ(added.status, 200);
    EXPECT_EQ(added.json()["faults"].at(0)["processed"], false);
    const auto answer = client.post("/v1/messages/contact", guide_message());
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.json(), (Json{{"why", "because"}}));
    EXPECT_EQ(answer.content_type, "application/json");
    EXPECT_THAT(answer.head, HasSubstr("X-Two: a\r\nX-Two: b\r\n"));
    EXPECT_EQ(control.get("/_emulator/faults").json()["faults"].at(0)["times"], 1);
    EXPECT_EQ(control.remove("/_emulator/faults").status, 204);
    EXPECT_EQ(client.post("/v1/messages/contact", guide_message()).status, 204);
}

TEST_F(EmulatorControl, TakesEveryKindAndSaysWhetherItProcesses) {
    const std::map<std::string, bool> kinds{{"status", false},
                                            {"error_after_processing", true},
                                            {"close_before_reply", true},
                                            {"close_unprocessed", false},
                                            {"reset", true},
                                            {"truncate", true},
                                            {"stall", true},
                                            {"slow", true},
                                            {"wrong_length", true},
                                            {"html", false},
                                            {"garbage", false},
                                            {"delay", true}};
    Json all = Json::array();
    for (const auto& [kind, processed] : kinds) {
        all.push_back({{"kind", kind},
                       {"times", -1},
                       {"after", 1},
                       {"bytes", 3},
                       {"delay_ms", 5},
                       {"length_delta", -1}});
    }
    control.set_header("Content-Type", "application/x-www-form-urlencoded");  // what curl -d says
    const auto faults = control.post("/_emulator/faults", all).json()["faults"];
    ASSERT_EQ(faults.size(), kinds.size());
    for (const auto& fault : faults) {
        EXPECT_EQ(fault["processed"], kinds.at(fault["kind"].get<std::string>())) << fault["kind"];
        EXPECT_EQ(fault["bytes"], 3);
        EXPECT_EQ(fault["delay_ms"], 5);
    }
}

TEST_F(EmulatorControl, RefusesFaultsThatItDoesNotUnderstand) {
    const auto errors_for = [this](const Json& fault) {
        const auto answer = control.post("/_emulator/faults", Json::array({{{"kind", "html"}}, fault}));
        EXPECT_EQ(answer.status, 400);
        return answer.json()["errors"];
    };
    EXPECT_TRUE(errors_for({{"kind", "stal"}}).contains("kind"));
    EXPECT_TRUE(errors_for({{"times", 1}}).contains("kind"));
    EXPECT_TRUE(errors_for({{"kind", "stall"}, {"time", 1}}).contains("time"));
    EXPECT_TRUE(errors_for({{"kind", "stall"}, {"times", 0}}).contains("times"));
    EXPECT_TRUE(errors_for({{"kind", "stall"}, {"times", 18446744073709551615U}}).contains("times"));
    EXPECT_TRUE(errors_for({{"kind", "stall"}, {"bytes", -1}}).contains("bytes"));
    EXPECT_TRUE(errors_for({{"kind", "status"}, {"status", 99}}).contains("status"));
    EXPECT_TRUE(errors_for({{"kind", "status"}, {"headers", {{"A", "b\r\nC: d"}}}}).contains("headers"));
    EXPECT_TRUE(errors_for({{"kind", "close_unprocessed"}, {"processed", true}}).contains("processed"));
    // All or none.
    EXPECT_EQ(control.get("/_emulator/faults").json()["faults"], Json::array());
}

TEST_F(EmulatorControl, IsNeverHitByAFaultAndNotCounted) {
    control.post("/_emulator/faults", {{"kind", "close_unprocessed"}, {"times", -1}});
    EXPECT_EQ(control.get("/_emulator/health").status, 200);
    EXPECT_EQ(control.get("/_emulator/nothing").status, 404);
    EXPECT_EQ(emulator.requests(), 0U);
}

TEST_F(EmulatorControl, LetsTimePass) {
    testing::EmulatorOptions options;
    options.delivery_delay = std::chrono::hours(5);
    testing::Emulator own(options);
    OtherClient user(own);
    user.post("/v1/messages/contact", guide_message());
    EXPECT_EQ(user.post("/_emulator/clock/advance", {{"ms", 5 * 3600 * 1000}}).status, 204);
    EXPECT_EQ(own.messages().at(0).status, "delivered");
    EXPECT_EQ(user.post("/_emulator/clock/advance", {{"ms", -1}}).status, 400);
}

TEST_F(EmulatorControl, Resets) {
    client.post("/v1/messages/contact", guide_message());
    EXPECT_EQ(control.send("POST", "/_emulator/reset", nullptr).status, 204);
    EXPECT_EQ(control.get("/_emulator/state").json()["accepted_messages"], 0);
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

}  // namespace
}  // namespace sent::test
