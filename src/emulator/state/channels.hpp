#pragma once

/// @file
/// What an account sends from, as rows of the store.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "emulator/clock.hpp"
#include "emulator/json.hpp"

namespace sent::testing::emulator {

/// A file that came with a request. Its content is not stored.
struct StoredDocument {
    std::string id{};
    std::string key{};  ///< what the market calls it: "business_registration"
    std::string file_name{};
    std::size_t size = 0;  ///< of its content, in bytes
};

struct MarketNumber {
    std::optional<std::string> area_code{};
    std::string campaign{};   ///< id of its campaign; empty if the market has none
    bool is_default = false;  ///< the one that a campaign without numbers asks for by itself
    std::optional<std::string> sender_value{};  ///< empty until it is assigned
};

struct MarketCampaign {
    std::string id{};
    Json content{};  ///< as sent, without id, status and inherit
    bool inherit = false;
    bool filed = false;  ///< with the carriers, so that it cannot be changed any more
};

struct SmsMarket {
    std::string id{};       ///< its owner, country and type
    std::string profile{};  ///< its owner; empty for the organization
    std::string country{};
    std::string type{};
    std::optional<std::string> sender_value{};
    std::vector<MarketNumber> numbers{};
    Json brand{};  ///< as sent; null if the market does not register
    std::vector<MarketCampaign> campaigns{};
    std::vector<StoredDocument> documents{};
};

}  // namespace sent::testing::emulator
