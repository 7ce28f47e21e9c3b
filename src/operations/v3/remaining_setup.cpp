#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sent/v3/account.hpp>

/// @file
/// Finds what an account still needs before it can send.

namespace sent {
inline namespace v3 {
namespace {

SetupStep step(SetupStep::Kind kind, std::string advice, std::string profile_id = {}) {
    SetupStep step;
    step.kind = kind;
    step.advice = std::move(advice);
    step.profile_id = std::move(profile_id);
    return step;
}

/// Returns the step that the status of a profile requires, if any.
std::optional<SetupStep> step_for_profile(const std::optional<ProfileStatus>& status, const std::string& name,
                                          const std::string& id) {
    using Kind = SetupStep::Kind;
    const auto who = name.empty() ? std::string{"the profile"} : "the profile `" + name + "`";
    if (status == ProfileStatus::incomplete) {
        return step(Kind::complete_profile,
                    "Complete " + who + ": fill in what is missing, then call Profiles::complete().", id);
    }
    if (status == ProfileStatus::rejected) {
        return step(Kind::complete_profile,
                    "The review rejected " + who + ": correct it, then complete it again.", id);
    }
    if (status == ProfileStatus::pending_review || status == ProfileStatus::submitted ||
        status == ProfileStatus::in_progress) {
        return step(Kind::wait_for_review, "Wait for the review of " + who + ".", id);
    }
    return std::nullopt;
}

struct CodeStep {
    std::string_view code;
    SetupStep::Kind kind;
};

constexpr CodeStep code_steps[] = {
    {"AUTH_001", SetupStep::Kind::fix_api_key},
    {"AUTH_002", SetupStep::Kind::fix_api_key},
    {"AUTH_004", SetupStep::Kind::use_permitted_key},
    {"AUTH_005", SetupStep::Kind::wait_for_activation},
    {"AUTH_006", SetupStep::Kind::complete_verification},
    {"AUTH_007", SetupStep::Kind::configure_channel},
    {"BUSINESS_014", SetupStep::Kind::restore_account},
    {"account_suspended", SetupStep::Kind::restore_account},
};

}  // namespace

std::vector<SetupStep> remaining_setup(const Account& account) {
    std::vector<SetupStep> steps;
    const auto& channels = account.channels;
    if (!channels.sms.configured && !channels.whatsapp.configured && !channels.rcs.configured) {
        steps.push_back(step(SetupStep::Kind::configure_channel,
                             "Configure a channel (SMS, WhatsApp or RCS) in the dashboard."));
    }
    if (account.type == AccountType::profile) {
        if (auto own = step_for_profile(account.status, account.name, account.id)) {
            steps.push_back(std::move(*own));
        }
    }
    for (const auto& profile : account.profiles) {
        if (auto next = step_for_profile(profile.status, profile.name, profile.id)) {
            steps.push_back(std::move(*next));
        }
    }
    return steps;
}

std::vector<SetupStep> remaining_setup(const Result<Account>& account) {
    if (account) {
        return remaining_setup(*account);
    }
    const auto& error = account.error();
    const auto* found = std::find_if(std::begin(code_steps), std::end(code_steps),
                                     [&](const CodeStep& row) { return row.code == error.code; });
    if (found != std::end(code_steps)) {
        return {step(found->kind, std::string{error.hint()})};
    }
    if (error.kind == ErrorKind::authentication) {
        return {step(SetupStep::Kind::fix_api_key, std::string{error.hint()})};
    }
    return {};
}

}  // namespace v3
}  // namespace sent
