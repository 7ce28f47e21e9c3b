#pragma once

/// @file
/// The users of the account and its profiles, as rows of the store.

#include <optional>
#include <string>
#include <vector>

#include "emulator/clock.hpp"
#include "emulator/json.hpp"
#include "emulator/state/channels.hpp"

namespace sent::testing::emulator {

struct User {
    std::string id{};
    std::string email{};
    std::string name{};
    std::string role{};    ///< "admin", "billing", "developer"
    std::string status{};  ///< "active", "invited"
    Time created_at{};
    std::optional<Time> invited_at{};
    std::optional<Time> last_login_at{};
    std::optional<Time> updated_at{};
    bool owns_key = false;  ///< the user on whose behalf the organization's key acts
    std::string profile{};  ///< its owner; empty for the organization
};

/// The brand that a profile sends for, as registered with US carriers.
struct Brand {
    std::string id{};
    Json contact{};     ///< in the form of replies
    Json business{};    ///< in the form of replies; null if none was sent
    Json compliance{};  ///< in the form of replies
    Time created_at{};
    std::optional<Time> updated_at{};
    std::optional<Time> submitted_at{};  ///< when it was submitted to the registry
};

/// A sender profile below the organization.
struct Profile {
    std::string id{};
    std::string name{};
    std::string api_key{};  ///< empty if it has none
    Time created_at{};
    bool deleted = false;  ///< hidden from every operation
    std::optional<Time> updated_at{};
    std::string status = "incomplete";  ///< "in_progress", "submitted", "completed"
    std::optional<std::string> icon{};
    std::optional<std::string> description{};
    std::optional<std::string> short_name{};
    std::string billing_model = "profile";
    Json billing_contact{};  ///< in the form of replies; null if none was sent
    std::optional<Brand> brand{};
    bool inherit_tcr_brand = true;
    bool inherit_tcr_campaign = true;
    std::optional<bool> allow_number_change{};
    std::optional<std::string> sending_number{};
    std::optional<std::string> whatsapp_number{};
    std::optional<std::string> waba_id{};  ///< empty if it shares the organization's
    // As a sender profile:
    Json billing{};     ///< as sent; null if absent
    Json compliance{};  ///< as sent; null if absent
    std::string notifications = "ORGANIZATION";
    std::vector<StoredDocument> documents{};  ///< those that no market demands
};

/// The purpose of a profile's messages, as registered with US carriers.
struct Campaign {
    std::string id{};
    std::string profile{};  ///< its owner
    Json content{};         ///< as sent, with null for missing members
    Json use_cases{};       ///< in the form of replies
    Time created_at{};
    std::optional<Time> updated_at{};
    std::optional<Time> submitted_at{};  ///< when it was submitted to the registry
};

}  // namespace sent::testing::emulator
