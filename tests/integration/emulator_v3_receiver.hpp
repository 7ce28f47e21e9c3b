#pragma once

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "integration/emulator_v3_client.hpp"
#include "support/scripted_server.hpp"

namespace sent::test {

inline constexpr auto longest_wait = std::chrono::seconds(10);

// Written anew, after the reference: what is tested must not test itself.
inline std::string expected_signature(const std::string& secret, const std::string& id,
                                      const std::string& timestamp, const std::string& body) {
    const std::string encoded = secret.substr(6);
    std::string key(encoded.size(), '\0');
    const auto* text = reinterpret_cast<const unsigned char*>(encoded.data());
    const int length =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(key.data()), text, static_cast<int>(encoded.size()));
    key.resize(static_cast<std::size_t>(length) - (encoded.size() - 1 - encoded.find_last_not_of('=')));
    const std::string message = id + '.' + timestamp + '.' + body;
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
         reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest, &size);
    std::string result(64, '\0');
    const int written =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()), digest, static_cast<int>(size));
    return "v1," + result.substr(0, static_cast<std::size_t>(written));
}

inline bool is_signed_with(const ReceivedRequest& request, const std::string& secret) {
    return request.header("x-webhook-signature") ==
           expected_signature(secret, request.header("x-webhook-id").value_or(""),
                              request.header("x-webhook-timestamp").value_or(""), request.body);
}

inline testing::EmulatorOptions fast_options() {
    testing::EmulatorOptions options;
    options.webhook_retry_delay = std::chrono::milliseconds(5);
    options.webhook_second = std::chrono::milliseconds(20);
    return options;
}

/// An emulator, a receiver that says 200, and an endpoint of v3 between them.
class V3ReceiverTest : public ::testing::Test {
  protected:
    V3ReceiverTest() { receiver.by_default(always(200)); }

    static Script always(int status, const std::string& body = {}) {
        return {serve([status, body](const ReceivedRequest&) { return http_reply(status, {}, body); })};
    }

    // The secret is in `secret`, the path in `path`.
    void subscribe(const Json& more = Json::object(), const std::string& target = "/hook") {
        Json body{{"display_name", "Hook"},
                  {"endpoint_url", receiver.origin() + target},
                  {"event_types", Json::array({"message"})}};
        body.update(more);
        const auto answer = client.post("/v3/webhooks", body);
        ASSERT_EQ(answer.status, 201) << answer.body;
        const auto row = answer.json()["data"];
        id = row["id"];
        secret = row["signing_secret"];
        path = "/v3/webhooks/" + id;
    }

    void send_test(const std::string& type = "message.delivered") {
        const auto answer = client.post(path + "/test", {{"event_type", type}});
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(answer.json()["data"]["success"], true);
    }

    // By way of the oldest generation, which shares the life cycle of messages.
    void send_message() {
        OtherClient older(emulator);
        ASSERT_EQ(older.post("/v1/messages/contact", guide_message()).status, 204);
        emulator.advance(std::chrono::seconds(2));
    }

    Json webhook() { return client.get(path).json()["data"]; }
    Json events(const std::string& query = {}) {
        return client.get(path + "/events?page=1&page_size=20" + query).json()["data"]["events"];
    }
    bool wait_for_status(const std::string& status) {
        return eventually([&] { return events().at(0)["delivery_status"] == status; });
    }
    std::vector<std::string> received_types() {
        std::vector<std::string> types;
        for (const auto& request : receiver.requests()) {
            types.push_back(request.header("x-webhook-event-type").value_or(""));
        }
        return types;
    }

    testing::Emulator emulator{fast_options()};
    OtherClient client = v3_client(emulator);
    ScriptedServer receiver;
    std::string id;
    std::string secret;
    std::string path;
};

}  // namespace sent::test
