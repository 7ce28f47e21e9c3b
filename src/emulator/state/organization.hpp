#pragma once

/// @file
/// Who works with the account, and the profiles below it: rows of the store.

#include <optional>
#include <string>

#include "emulator/clock.hpp"
#include "emulator/json.hpp"

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
    bool owns_key = false;  ///< the one in whose name the organization's key acts
    std::string profile{};  ///< whose it is; empty: the organization's
};

/// Who a profile sends for, as US carriers register it.
struct Brand {
    std::string id{};
    Json contact{};     ///< as it is answered
    Json business{};    ///< as it is answered; null: none was given
    Json compliance{};  ///< as it is answered
    Time created_at{};
    std::optional<Time> updated_at{};
    std::optional<Time> submitted_at{};  ///< to the registry
};

/// A sender profile below the organization.
struct Profile {
    std::string id{};
    std::string name{};
    std::string api_key{};  ///< empty: it has none of its own
    Time created_at{};
    bool deleted = false;  ///< hidden from every operation
    std::optional<Time> updated_at{};
    std::string status = "incomplete";  ///< "in_progress", "submitted", "completed"
    std::optional<std::string> icon{};
    std::optional<std::string> description{};
    std::optional<std::string> short_name{};
    std::string billing_model = "profile";
    Json billing_contact{};  ///< as it is answered; null: none was given
    std::optional<Brand> brand{};
    bool inherit_tcr_brand = true;
    bool inherit_tcr_campaign = true;
    std::optional<bool> allow_number_change{};
    std::optional<std::string> sending_number{};
    std::optional<std::string> whatsapp_number{};
    std::optional<std::string> waba_id{};  ///< empty: it shares that of the organization
};

/// What a profile sends messages for, as US carriers register it.
struct Campaign {
    std::string id{};
    std::string profile{};  ///< whose it is
    Json content{};         ///< as it was given, with null for what was not
    Json use_cases{};       ///< as they are answered
    Time created_at{};
    std::optional<Time> updated_at{};
    std::optional<Time> submitted_at{};  ///< to the registry
};

}  // namespace sent::testing::emulator
