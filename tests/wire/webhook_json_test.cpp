#include <filesystem>
#include <set>
#include <string>
#include <variant>

#include <gtest/gtest.h>

#include <sent/json.hpp>
#include <sent/webhooks/events.hpp>

#include "wire/golden.hpp"

/// Every event through sent/json.hpp and back.

namespace {

using Json = nlohmann::json;
using sent::webhooks::CallEvent;
using sent::webhooks::Event;

/// Without the members that say nothing.
Json without_empty(const Json& tree) {
    Json result = tree;
    if (tree.is_structured()) {
        result.clear();
        for (const auto& item : tree.items()) {
            const auto& value = item.value();
            if (tree.is_array()) {
                result.push_back(without_empty(value));
            } else if (!value.is_null() && value != Json("") && value != Json::array()) {
                result[item.key()] = without_empty(value);
            }
        }
    }
    return result;
}

TEST(WebhookJson, CarriesEveryEvent) {
    std::set<std::size_t> alternatives;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string{SENT_TEST_DATA_DIR} + "/webhooks")) {
        SCOPED_TRACE(entry.path().filename());
        const auto name = entry.path().stem().string();
        const Json wire_form = Json::parse(wire::read_file(entry.path().string()));
        const auto event = wire_form.get<Event>();
        alternatives.insert(event.payload.index());
        const Json written = event;
        if (name.rfind("old.", 0) != 0 && name != "unknown.members") {
            EXPECT_EQ(without_empty(written), without_empty(wire_form));
        }
        EXPECT_EQ(Json(written.get<Event>()), written);
        EXPECT_EQ(Json(event.raw), wire_form);
    }
    EXPECT_EQ(alternatives.size(), std::variant_size_v<sent::webhooks::EventPayload>);
}

TEST(WebhookJson, CarriesAPayloadAlone) {
    const Json call{
        {"call_id", "k1"}, {"account_id", ""}, {"channel", "voice"}, {"number", ""}, {"price", 0.5}};
    EXPECT_EQ(without_empty(Json(call.get<CallEvent>())), without_empty(call));
}

TEST(WebhookJson, WritesEventsThatWereMadeByHand) {
    Event event;
    event.field = sent::webhooks::EventFamily::call;
    event.event = "call.failed";
    CallEvent call;
    call.call_id = "k1";
    event.payload = call;
    const auto ordered = nlohmann::ordered_json(event);
    EXPECT_EQ(ordered["field"], "call");
    EXPECT_EQ(ordered["payload"]["call_id"], "k1");
    EXPECT_FALSE(ordered.contains("timestamp"));
    EXPECT_EQ(Json(Event{})["payload"], nullptr);
}

TEST(WebhookJson, OldNamesAreReadAndNewOnesWritten) {
    const Json written = Json::parse(R"({"field":"messages","sub_type":"message.received",)"
                                     R"("value":{"message_id":"m1","from":"+1","to":"+2"}})")
                             .get<Event>();
    EXPECT_EQ(written["field"], "message");
    EXPECT_EQ(written["event"], "message.received");
    EXPECT_EQ(written["payload"]["inbound_number"], "+1");
}

TEST(B36_WebhookJson, AnOldContactNumberIsReadAndTheNewOneWritten) {
    const Json written = Json::parse(R"({"field":"contact","event":"contact.help","payload":{)"
                                     R"("contact_id":"c1","phone_number":"+1"}})")
                             .get<Event>();
    EXPECT_EQ(written["payload"]["from"], "+1");
    EXPECT_FALSE(written["payload"].contains("phone_number"));
    const Json alone{{"phone_number", "+1"}};
    EXPECT_EQ(alone.get<sent::webhooks::ContactEvent>().phone_number, "+1");
}

TEST(WebhookJson, WhatIsNoObjectIsAnError) {
    EXPECT_THROW((void)Json("text").get<Event>(), sent::UndecodableError);
}

}  // namespace
