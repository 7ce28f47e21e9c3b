#pragma once

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <sent/sent.hpp>

/// @file
/// The operations of the v3 contract, as its tables say, and a way to call each with any ids.

namespace wire {

/// How a call ended, but for its value.
struct Ended {
    std::optional<sent::Error> error{};
    sent::ResponseMeta meta{};
};

template <class T>
Ended ended(const sent::Result<T>& result) {
    return {result ? std::nullopt : std::optional{result.error()}, result.meta()};
}

/// For the parameters in the path; operations with less use the first.
struct Ids {
    std::string first{"id-1"};
    std::string second{"id-2"};
};

struct Operation {
    std::string name;
    std::string method;
    int ids = 0;
    /// IK in the contract's table.
    bool takes_key = false;
    /// SB in the contract's table.
    bool takes_sandbox = false;
    std::function<Ended(const sent::Client&, const Ids&, const sent::CallOptions&)> call;

    [[nodiscard]] bool is_read() const { return method == "GET"; }
    /// Has a JSON object for its body.
    [[nodiscard]] bool has_body() const {
        return !is_read() && name != "webhooks.remove" && name != "sender_profiles.remove";
    }
};

inline std::ostream& operator<<(std::ostream& out, const Operation& operation) {
    return out << operation.name;
}

namespace v3_table {

inline constexpr bool key = true;
inline constexpr bool no_key = false;
inline constexpr bool sandbox = true;
inline constexpr bool no_sandbox = false;

inline sent::SendMessageRequest a_send() {
    sent::SendMessageRequest request;
    request.to = {"+442071838750"};
    request.text = "Hi";
    return request;
}

inline sent::CreateTemplateRequest a_template() {
    sent::CreateTemplateRequest request;
    request.definition.body.sms.emplace().text = "Hi";
    return request;
}

inline sent::CampaignInput a_campaign() {
    sent::CampaignInput campaign;
    campaign.name = "Reminders";
    return campaign;
}

inline std::vector<Operation> message_operations() {
    return {
        {"messages.send", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.messages().send(a_send(), o)); }},
        {"messages.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.messages().get(ids.first, o)); }},
        {"messages.activities", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.messages().activities(ids.first, o));
         }},
        {"messages.resend", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.messages().resend(ids.first, o));
         }},
        {"messages.cancel", "POST", 1, key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.messages().cancel(ids.first, o));
         }},
        {"conversations.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.conversations().list({}, o)); }},
        {"conversations.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.conversations().get({ids.first}, o));
         }},
        {"numbers.lookup", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.numbers().lookup(ids.first, o));
         }},
        {"me", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.me(o)); }},
    };
}

inline std::vector<Operation> contact_operations() {
    return {
        {"contacts.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.contacts().create({"+442071838750"}, o));
         }},
        {"contacts.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.contacts().list({}, o)); }},
        {"contacts.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.contacts().get(ids.first, o)); }},
        {"contacts.update", "PATCH", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.contacts().update({ids.first, {}, true}, o));
         }},
        {"contacts.remove", "DELETE", 1, no_key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.contacts().remove(ids.first, o));
         }},
        {"contacts.message_summary", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.contacts().message_summary(ids.first, o));
         }},
        {"users.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.users().list({}, o)); }},
        {"users.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.users().create({"noa@example.org", "Noa", "admin"}, o));
         }},
        {"users.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.users().get(ids.first, o)); }},
        {"users.update", "PATCH", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.users().update({ids.first, "admin"}, o));
         }},
        {"users.remove", "DELETE", 1, no_key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.users().remove(ids.first, o)); }},
    };
}

inline std::vector<Operation> template_operations() {
    return {
        {"templates.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.templates().create(a_template(), o));
         }},
        {"templates.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.templates().list({}, o)); }},
        {"templates.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.templates().get(ids.first, o)); }},
        {"templates.update", "PUT", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.templates().update({ids.first, "name"}, o));
         }},
        {"templates.remove", "DELETE", 1, no_key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.templates().remove(ids.first, o));
         }},
    };
}

inline std::vector<Operation> sender_profile_operations() {
    return {
        {"sender_profiles.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.sender_profiles().create({"Example Retail", "Example"}, o));
         }},
        {"sender_profiles.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.sender_profiles().list({}, o)); }},
        {"sender_profiles.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.sender_profiles().get(ids.first, o));
         }},
        {"sender_profiles.update", "PATCH", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.sender_profiles().update({ids.first, "Example Shops"}, o));
         }},
        {"sender_profiles.remove", "DELETE", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.sender_profiles().remove(ids.first, o));
         }},
    };
}

inline std::vector<Operation> webhook_operations() {
    return {
        {"webhooks.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.webhooks().create({"name", "https://hooks.example.org"}, o));
         }},
        {"webhooks.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.webhooks().list({}, o)); }},
        {"webhooks.event_types", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.webhooks().event_types(o)); }},
        {"webhooks.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.webhooks().get(ids.first, o)); }},
        {"webhooks.update", "PUT", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.webhooks().update({ids.first, "name", "https://hooks.example.org"}, o));
         }},
        {"webhooks.remove", "DELETE", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.webhooks().remove(ids.first, o));
         }},
        {"webhooks.events", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.webhooks().events({ids.first}, o));
         }},
        {"webhooks.rotate_secret", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.webhooks().rotate_secret(ids.first, o));
         }},
        {"webhooks.test", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.webhooks().test(ids.first, "message.read", o));
         }},
        {"webhooks.toggle_status", "PATCH", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.webhooks().toggle_status(ids.first, true, o));
         }},
    };
}

inline std::vector<Operation> profile_operations() {
    return {
        {"profiles.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().create({"name"}, o));
         }},
        {"profiles.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.profiles().list({}, o)); }},
        {"profiles.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.profiles().get(ids.first, o)); }},
        {"profiles.update", "PATCH", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().update({ids.first, "name"}, o));
         }},
        {"profiles.remove", "DELETE", 1, no_key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().remove(ids.first, o));
         }},
        {"profiles.complete", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().complete({ids.first, "https://hooks.example.org"}, o));
         }},
        {"campaigns.create", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().campaigns().create({ids.first, a_campaign()}, o));
         }},
        {"campaigns.list", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().campaigns().list(ids.first, o));
         }},
        {"campaigns.update", "PUT", 2, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().campaigns().update({ids.first, ids.second, a_campaign()}, o));
         }},
        {"campaigns.remove", "DELETE", 2, no_key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.profiles().campaigns().remove(ids.first, ids.second, o));
         }},
    };
}

inline std::vector<Operation> voice_operations() {
    return {
        {"channels.voice.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().voice().create({"https://voice.example.com", "+12025550141"}, o));
         }},
        {"channels.voice.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.channels().voice().list(o)); }},
        {"channels.voice.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().voice().get(ids.first, o));
         }},
        {"channels.voice.update", "PATCH", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().voice().update({ids.first, "https://voice.example.com"}, o));
         }},
        {"channels.voice.create_token", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().voice().create_token({"agent-7"}, o));
         }},
        {"channels.voice.rotate_secret", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().voice().rotate_secret(ids.first, o));
         }},
        {"channels.voice.test", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().voice().test(ids.first, o));
         }},
        {"calls.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.calls().list({}, o)); }},
        {"calls.get", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.calls().get(ids.first, o)); }},
        {"calls.hangup", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.calls().hangup(ids.first, o)); }},
        {"calls.recordings", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.calls().recordings(ids.first, o));
         }},
        {"calls.record", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.calls().record({ids.first, sent::RecordingAction::start}, o));
         }},
        {"calls.participants.list", "GET", 1, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.calls().participants().list(ids.first, o));
         }},
        {"calls.participants.add", "POST", 1, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(
                 c.calls().participants().add({ids.first, {sent::CallPartyKind::user, "agent-7"}}, o));
         }},
        {"calls.participants.update", "PATCH", 2, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.calls().participants().update({ids.first, ids.second, true}, o));
         }},
        {"calls.participants.remove", "DELETE", 2, no_key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.calls().participants().remove({ids.first, ids.second}, o));
         }},
        {"calls.participants.remove_all", "DELETE", 1, no_key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.calls().participants().remove_all(ids.first, o));
         }},
    };
}

inline sent::RawJson an_object() {
    return {R"({"description":"Order updates"})"};
}

inline sent::CreateRcsAgentRequest an_agent() {
    sent::CreateRcsAgentRequest agent;
    agent.brand_name = "Example";
    agent.privacy_policy_url = "https://example.org/privacy";
    agent.terms_and_conditions_url = "https://example.org/terms";
    return agent;
}

/// The writes of numbers and campaigns are not known to accept the sandbox.
inline std::vector<Operation> channel_operations() {
    return {
        {"channels.get", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.channels().get(o)); }},
        {"channels.sms.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) { return ended(c.channels().sms().list(o)); }},
        {"channels.sms.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().create({"US", "LOCAL"}, o));
         }},
        {"channels.sms.get", "GET", 2, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().get(ids.first, ids.second, o));
         }},
        {"channels.sms.update", "PATCH", 2, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().update({ids.first, ids.second, an_object()}, o));
         }},
        {"channels.whatsapp.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().whatsapp().create({"1"}, o));
         }},
        {"channels.rcs.create", "POST", 0, key, sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().rcs().create(an_agent(), o));
         }},
        {"compliance.requirements", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.compliance().requirements({"US", "LOCAL"}, o));
         }},
        {"compliance.by_country", "GET", 2, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.compliance().by_country({ids.first, ids.second}, o));
         }},
        {"channels.sms.numbers.list", "GET", 2, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().numbers().list({"sms", ids.first, ids.second}, o));
         }},
        {"channels.sms.numbers.add", "POST", 2, key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().numbers().add({"sms", ids.first, ids.second, {{}}}, o));
         }},
        {"channels.sms.numbers.replace", "PATCH", 2, key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().numbers().replace({"sms", ids.first, ids.second, {{}}}, o));
         }},
        {"channels.sms.campaigns.list", "GET", 0, no_key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().campaigns().list(o));
         }},
        {"channels.sms.campaigns.create", "POST", 0, key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().campaigns().create({an_object()}, o));
         }},
        {"channels.sms.campaigns.update", "PATCH", 1, key, no_sandbox,
         [](auto& c, [[maybe_unused]] auto& ids, auto& o) {
             return ended(c.channels().sms().campaigns().update({ids.first, an_object()}, o));
         }},
    };
}

}  // namespace v3_table

/// Every operation of v3.
inline std::vector<Operation> v3_operations() {
    std::vector<Operation> all;
    for (auto group : {v3_table::message_operations(), v3_table::contact_operations(),
                       v3_table::template_operations(), v3_table::webhook_operations(),
                       v3_table::profile_operations(), v3_table::sender_profile_operations(),
                       v3_table::channel_operations(), v3_table::voice_operations()}) {
        std::move(group.begin(), group.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace wire
