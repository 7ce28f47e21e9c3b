#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"

namespace sent::test {
namespace {

using ::testing::ElementsAre;
using ::testing::StartsWith;

constexpr auto unknown_id = "11111111-2222-4333-8444-555555555555";

class EmulatorV3Webhooks : public ::testing::Test {
  protected:
    static Json endpoint() {
        return {{"display_name", "Delivery events"},
                {"endpoint_url", "https://hooks.example.com/sent"},
                {"event_types", Json::array({"message"})}};
    }
    static Json with(const std::string& name, const Json& value) {
        auto body = endpoint();
        body[name] = value;
        return body;
    }
    Json create(const Json& body) {
        const auto answer = client.post("/v3/webhooks", body);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.json()["data"];
    }
    Answer send(const std::string& method, const std::string& path, const Json& body) {
        const auto text = body.dump();
        return client.send(method, path, &text);
    }
    std::vector<std::string> names(const std::string& query) {
        const auto data = client.get("/v3/webhooks?page=1&page_size=20" + query).json()["data"];
        std::vector<std::string> result;
        for (const auto& row : data["webhooks"]) {
            result.push_back(row["display_name"]);
        }
        return result;
    }
    void expect_bad(const Json& body, const std::string& code, const std::string& field) {
        const auto answer = client.post("/v3/webhooks", body);
        expect_refusal(answer, 400, code);
        EXPECT_TRUE(answer.json()["error"]["details"].contains(field)) << answer.body;
    }

    testing::Emulator emulator;
    OtherClient client = v3_client(emulator);
};

TEST_F(EmulatorV3Webhooks, CreatesOneAndShowsTheSecretOnce) {
    auto body = endpoint();
    body["event_filters"] = {{"message", {"delivered", "failed"}}};
    body["retry_count"] = 5;
    body["timeout_seconds"] = 5;
    auto row = create(body);
    EXPECT_THAT(row["signing_secret"].get<std::string>(), StartsWith("whsec_"));
    EXPECT_EQ(row["customer_id"], emulator.sender_id());
    EXPECT_EQ(row["event_types"], Json::array({"message"}));
    EXPECT_EQ(row["event_filters"], body["event_filters"]);
    EXPECT_EQ(row["is_active"], true);
    EXPECT_EQ(row["retry_count"], 5);
    EXPECT_EQ(row["timeout_seconds"], 5);
    EXPECT_EQ(row["consecutive_failures"], 0);
    EXPECT_EQ(row["last_delivery_attempt_at"], nullptr);
    EXPECT_EQ(row["last_successful_delivery_at"], nullptr);
    row["signing_secret"] = nullptr;
    EXPECT_EQ(client.get("/v3/webhooks/" + row["id"].get<std::string>()).json()["data"], row);
}

TEST_F(EmulatorV3Webhooks, HasDefaults) {
    const auto row = create({{"display_name", "All"}, {"endpoint_url", "http://127.0.0.1:9/"}});
    EXPECT_EQ(row["retry_count"], 3);
    EXPECT_EQ(row["timeout_seconds"], 30);
    EXPECT_EQ(row["event_filters"], nullptr);
    EXPECT_EQ(row["event_types"],
              Json::array({"message", "templates", "contact", "channel", "call", "link"}));
}

TEST_F(EmulatorV3Webhooks, ChecksWhatItIsGiven) {
    expect_bad(with("display_name", nullptr), "VALIDATION_004", "display_name");
    expect_bad(with("endpoint_url", ""), "VALIDATION_004", "endpoint_url");
    for (const char* url :
         {"hooks.example.com", "ftp://example.com/", "https://a@example.com/", "https:///x"}) {
        expect_bad(with("endpoint_url", url), "VALIDATION_001", "endpoint_url");
    }
    expect_bad(with("event_types", {"message.delivered"}), "VALIDATION_006", "event_types");
    expect_bad(with("event_filters", {{"weather", {"rain"}}}), "VALIDATION_006", "event_filters.weather");
    expect_bad(with("event_filters", {{"message", {"message.sent"}}}), "VALIDATION_006",
               "event_filters.message");
    expect_bad(with("event_filters", {{"message", "sent"}}), "VALIDATION_001", "event_filters.message");
    for (const int count : {0, 6}) {
        expect_bad(with("retry_count", count), "VALIDATION_005", "retry_count");
    }
    for (const int seconds : {4, 121}) {
        expect_bad(with("timeout_seconds", seconds), "VALIDATION_005", "timeout_seconds");
    }
    expect_bad(with("sender_profile", {{"event_types", {"weather"}}}), "VALIDATION_006",
               "sender_profile.event_types");
}

TEST_F(EmulatorV3Webhooks, Lists) {
    create(with("display_name", "One"));
    const std::string two = create(with("display_name", "Two"))["id"];
    create(with("endpoint_url", "https://example.com/three"));
    EXPECT_EQ(send("PATCH", "/v3/webhooks/" + two + "/toggle-status", {{"is_active", false}}).status, 200);
    EXPECT_THAT(names(""), ElementsAre("One", "Two", "Delivery events"));
    EXPECT_THAT(names("&search=THREE"), ElementsAre("Delivery events"));
    EXPECT_THAT(names("&search=tw"), ElementsAre("Two"));
    EXPECT_THAT(names("&is_active=true"), ElementsAre("One", "Delivery events"));
    EXPECT_THAT(names("&is_active=false"), ElementsAre("Two"));
    const auto data = client.get("/v3/webhooks?page=2&page_size=2").json()["data"];
    EXPECT_EQ(data["webhooks"].size(), 1U);
    EXPECT_EQ(data["pagination"]["total_count"], 3);
    expect_refusal(client.get("/v3/webhooks?page=0"), 400, "VALIDATION_005");
    expect_refusal(client.get("/v3/webhooks?is_active=yes"), 400, "VALIDATION_001");
}

TEST_F(EmulatorV3Webhooks, ShowsTheEventTypesAsATree) {
    const auto types = client.get("/v3/webhooks/event-types").json()["data"]["event_types"];
    std::map<std::string, Json> by_name;
    for (const auto& type : types) {
        by_name[type["name"]] = type;
    }
    EXPECT_EQ(by_name.size(), 6U);
    EXPECT_EQ(by_name["templates"]["sub_types"], nullptr);
    const auto& first = by_name["message"]["sub_types"].at(0);
    EXPECT_EQ(first["name"], "queued");
    EXPECT_EQ(first["event_type"], "message.queued");
    EXPECT_EQ(first["is_active"], true);
    EXPECT_EQ(first["sub_types"], nullptr);
}

TEST_F(EmulatorV3Webhooks, ReplacesAllOfIt) {
    auto body = with("retry_count", 5);
    body["event_filters"] = {{"message", {"sent"}}};
    const auto before = create(body);
    const std::string path = "/v3/webhooks/" + before["id"].get<std::string>();
    const auto row = send("PUT", path,
                          {{"display_name", "New"},
                           {"endpoint_url", "https://new.example"},
                           {"event_types", {"templates"}}})
                         .json()["data"];
    EXPECT_EQ(row["id"], before["id"]);
    EXPECT_EQ(row["display_name"], "New");
    EXPECT_EQ(row["endpoint_url"], "https://new.example");
    EXPECT_EQ(row["event_types"], Json::array({"templates"}));
    EXPECT_EQ(row["event_filters"], nullptr);
    EXPECT_EQ(row["retry_count"], 3);
    EXPECT_EQ(row["signing_secret"], nullptr);
    EXPECT_EQ(row["created_at"], before["created_at"]);
    EXPECT_NE(row["updated_at"], nullptr);
    EXPECT_EQ(client.get(path).json()["data"], row);
    for (const char* name : {"display_name", "endpoint_url", "event_types"}) {
        expect_refusal(send("PUT", path, with(name, nullptr)), 400, "VALIDATION_004");
    }
}

TEST_F(EmulatorV3Webhooks, DoesNotKnowEveryId) {
    const std::string path = std::string("/v3/webhooks/") + unknown_id;
    expect_refusal(client.get(path), 404, "RESOURCE_008");
    expect_refusal(client.get(path + "/events"), 404, "RESOURCE_008");
    expect_refusal(client.remove(path), 404, "RESOURCE_008");
    expect_refusal(send("PUT", path, endpoint()), 404, "RESOURCE_008");
    expect_refusal(client.post(path + "/rotate-secret", Json::object()), 404, "RESOURCE_008");
    expect_refusal(client.post(path + "/test", {{"event_type", "message.sent"}}), 404, "RESOURCE_008");
    expect_refusal(send("PATCH", path + "/toggle-status", {{"is_active", true}}), 404, "RESOURCE_008");
    expect_refusal(client.get("/v3/webhooks/x"), 400, "VALIDATION_003");
}

TEST_F(EmulatorV3Webhooks, ChangesNothingInASandboxButDeletes) {
    const std::string unknown = std::string("/v3/webhooks/") + unknown_id;
    const auto made = client.post("/v3/webhooks", with("sandbox", true));
    EXPECT_EQ(made.status, 201);
    EXPECT_EQ(header_of(made, "X-Sandbox"), "true");
    EXPECT_THAT(made.json()["data"]["signing_secret"].get<std::string>(), StartsWith("whsec_"));
    EXPECT_EQ(names("").size(), 0U);
    const Json flag{{"sandbox", true}};
    const auto rotated = client.post(unknown + "/rotate-secret", flag);
    EXPECT_THAT(rotated.json()["data"]["signing_secret"].get<std::string>(), StartsWith("whsec_"));
    EXPECT_EQ(client.post(unknown + "/test", {{"event_type", "templates"}, {"sandbox", true}}).status, 200);
    const auto toggled = send("PATCH", unknown + "/toggle-status", {{"is_active", false}, {"sandbox", true}});
    EXPECT_EQ(toggled.json()["data"]["is_active"], false);
    EXPECT_EQ(send("PUT", unknown, with("sandbox", true)).status, 200);
    expect_refusal(send("PATCH", unknown + "/toggle-status", flag), 400, "VALIDATION_004");
    expect_refusal(client.post(unknown + "/test", flag), 400, "VALIDATION_004");

    const std::string path = "/v3/webhooks/" + create(endpoint())["id"].get<std::string>();
    EXPECT_EQ(send("DELETE", path, flag).status, 204);
    expect_refusal(client.get(path), 404, "RESOURCE_008");
}

TEST_F(EmulatorV3Webhooks, KeepsThoseOfAProfileApart) {
    const std::string profile = emulator.seeds().profiles.at(0).id;
    client.set_header("x-profile-id", profile);
    const auto row = create(endpoint());
    EXPECT_EQ(row["customer_id"], profile);
    EXPECT_EQ(names("").size(), 1U);
    client.set_header("x-profile-id", "");
    EXPECT_EQ(names("").size(), 0U);
    expect_refusal(client.get("/v3/webhooks/" + row["id"].get<std::string>()), 404, "RESOURCE_008");
}

TEST_F(EmulatorV3Webhooks, CountsWhatIsSensitiveAsSuch) {
    emulator.set_rate_limits({0, 1, 0});
    const std::string path = "/v3/webhooks/" + create(endpoint())["id"].get<std::string>();
    EXPECT_EQ(client.post(path + "/rotate-secret", Json::object()).status, 200);
    expect_refusal(client.post(path + "/test", {{"event_type", "message.sent"}}), 429, "BUSINESS_002");
}

}  // namespace
}  // namespace sent::test
