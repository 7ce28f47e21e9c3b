#pragma once

#include <algorithm>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/sent.hpp>
#include <sent/testing/fake_clock.hpp>
#include <sent/testing/mock_transport.hpp>

#include "support/read_file.hpp"

/// @file
/// The files below tests/data, and a client that talks to a script made of them. See tests/data/README.md.

namespace wire {

/// The whole file, which must be there.
inline std::string read_file(const std::string& path) {
    if (!std::ifstream(path)) {
        throw std::runtime_error("cannot read " + path);
    }
    return sent::test::read_file(path);
}

/// The text of `tests/data/<name>.http`.
inline std::string golden_text(const std::string& name) {
    return read_file(std::string{SENT_TEST_DATA_DIR} + "/" + name + ".http");
}

/// A golden file, taken apart.
struct Message {
    std::string first_line{};
    sent::Headers headers{};
    std::string body{};

    /// Of a reply.
    [[nodiscard]] int status() const { return std::stoi(first_line.substr(first_line.find(' ') + 1, 3)); }
};

inline std::string take_line(std::string_view& text) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
        throw std::runtime_error("a golden file ends amid a line");
    }
    std::string line{text.substr(0, end)};
    text.remove_prefix(end + 1);
    return line;
}

inline Message golden(const std::string& name) {
    const std::string text = golden_text(name);
    std::string_view rest{text};
    Message message;
    message.first_line = take_line(rest);
    for (auto line = take_line(rest); !line.empty(); line = take_line(rest)) {
        const auto colon = line.find(": ");
        message.headers.add(line.substr(0, colon), line.substr(colon + 2));
    }
    message.body = rest.empty() ? std::string{} : take_line(rest);
    return message;
}

inline sent::testing::Reply golden_reply(const std::string& name) {
    const auto message = golden(name);
    return {message.status(), message.body, message.headers};
}

inline std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return lower;
}

/// What was sent, in the form of the golden files.
inline std::string render(const sent::testing::RecordedRequest& request) {
    std::vector<std::string> lines;
    for (const auto field : request.headers) {
        const auto name = lower_case(field.name);
        if (name != "user-agent") {
            lines.push_back(name + ": " + std::string{field.value} + "\n");
        }
    }
    std::sort(lines.begin(), lines.end());
    std::string text = request.method + ' ' + request.target() + " HTTP/1.1\n";
    for (const auto& line : lines) {
        text += line;
    }
    return text + '\n' + request.body + (request.body.empty() ? "" : "\n");
}

/// Ids that the golden files use.
inline constexpr const char* sender_id = "0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903";
inline constexpr const char* api_key = "c91d7be2-3a40-4f58-8e17-6b0a5f2d94e1";
inline constexpr const char* contact_id = "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015";
inline constexpr const char* template_id = "a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac";
inline constexpr const char* message_id = "3e7b5a10-8c24-4d6f-a1b9-50c2e8f7d613";
inline constexpr const char* phone_number = "+442071838750";
inline constexpr const char* webhook_id = "7ba7b820-9dad-41d1-80b4-00c04fd430c8";
inline constexpr const char* profile_id = "b4d0f6a2-3c58-4e19-9b7d-6a8c1e2f3d40";
inline constexpr const char* campaign_id = "e8a1c3f5-2d47-4b69-8f0a-1c3e5d7b9f21";
inline constexpr const char* user_id = "2f9d7c14-5e60-4a83-b1c7-8d0e6f4a2b39";
inline constexpr const char* conversation_id = "9a6b3c8d-1e2f-4d5c-8b7a-0f1e2d3c4b5a";
inline constexpr const char* organization_id = "1c2d3e4f-5a6b-4c7d-8e9f-0a1b2c3d4e5f";
inline constexpr const char* brand_id = "6e5d4c3b-2a19-4087-9f6e-5d4c3b2a1908";

/// A client with a script. What is not scripted is answered with 200 and an empty object.
struct Session {
    std::shared_ptr<sent::testing::MockTransport> mock = std::make_shared<sent::testing::MockTransport>();
    std::shared_ptr<sent::testing::FakeClock> clock = std::make_shared<sent::testing::FakeClock>();
    sent::Client client{make_options()};

    Session() {
        // A success of every generation.
        mock->otherwise(sent::testing::Reply::json(200, R"({"success":true})"));
    }
    explicit Session(const std::string& reply_name) { mock->reply(golden_reply(reply_name)); }

    [[nodiscard]] sent::ClientOptions make_options() const {
        sent::ClientOptions options;
        options.api_key = api_key;
        options.sender_id = sender_id;
        options.transport = mock;
        options.clock = clock;
        options.retry.max_retries = 0;
        options.use_environment = false;
        return options;
    }
};

}  // namespace wire
