#pragma once

#include <algorithm>
#include <cctype>
#include <string>

#include <gtest/gtest.h>

#include "integration/emulator_client.hpp"

namespace sent::test {

/// A client that sends what v3 wants: the key, and no sender id.
inline OtherClient v3_client(const testing::Emulator& emulator) {
    return {emulator.base_url(), emulator.api_key(), ""};
}

/// PATCH, PUT, and DELETE with a body.
inline Answer send_json(OtherClient& client, const std::string& method, const std::string& path,
                        const Json& body) {
    const auto text = body.dump();
    return client.send(method, path, &text);
}

/// The value of a reply's header, empty when there is none.
inline std::string header_of(const Answer& answer, const std::string& name) {
    const auto lower = [](std::string text) {
        std::transform(text.begin(), text.end(), text.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return text;
    };
    const auto start = lower(answer.head).find("\r\n" + lower(name) + ": ");
    if (start == std::string::npos) {
        return {};
    }
    const auto value = start + name.size() + 4;
    return answer.head.substr(value, answer.head.find("\r\n", value) - value);
}

/// An error in v3's envelope.
inline void expect_refusal(const Answer& answer, long status, const std::string& code) {
    EXPECT_EQ(answer.status, status) << answer.body;
    const auto body = Json::parse(answer.body, nullptr, false);
    ASSERT_TRUE(body.is_object()) << answer.body;
    EXPECT_EQ(body["success"], false);
    EXPECT_EQ(body["data"], nullptr);
    EXPECT_EQ(body["error"]["code"], code) << answer.body;
    EXPECT_EQ(header_of(answer, "X-Request-Id").empty(), false);
}

}  // namespace sent::test
