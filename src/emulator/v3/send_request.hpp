#pragma once

/// @file
/// The body of POST /v3/messages.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emulator/clock.hpp"
#include "emulator/http/router.hpp"
#include "emulator/state/phone_number.hpp"

namespace sent::testing::emulator {

/// The template, by id or by name.
struct TemplateChoice {
    std::optional<std::string> id{};
    std::optional<std::string> name{};
    std::map<std::string, std::string> parameters{};
};

struct SendRequest {
    std::vector<PhoneNumber> to{};
    std::vector<std::string> channels{};  ///< never empty; "sent" leaves the choice to the service
    std::optional<TemplateChoice> chosen_template{};
    std::string text{};  ///< used if there is no template
    std::optional<Time> scheduled_at{};
    std::vector<std::string> media_urls{};
    std::optional<std::string> subject{};
    std::map<std::string, std::vector<std::string>> senders{};  ///< the client's senders, by channel
};

/// Throws the refusal of an invalid request.
SendRequest read_send_request(const Call& call);

}  // namespace sent::testing::emulator
