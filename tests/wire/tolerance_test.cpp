#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sent/json.hpp>

#include "wire/golden.hpp"
#include "wire/request_cases.hpp"

/// Each documented reply, damaged in one place at a time: no damage that leaves it JSON is an error, and none
/// reaches further than the member that is damaged.

namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;
using sent::Client;

/// A reply, and how the library reads it.
struct Case {
    std::string reply;
    std::function<Json(const Client&)> read;
};

template <class T>
Json tree_of(const sent::Result<T>& result) {
    EXPECT_TRUE(result);
    return result ? Json(*result) : Json(nullptr);
}

std::vector<Case> older_cases() {
    sent::v2::CreateTemplateRequest create;
    create.definition.body.sms.emplace().text = "Hi";
    return {
        {"v1/contacts.list.reply", [](const Client& c) { return tree_of(c.v1().contacts().list()); }},
        {"v1/contacts.get.reply", [](const Client& c) { return tree_of(c.v1().contacts().get("1")); }},
        {"v1/contacts.get_by_phone.reply",
         [](const Client& c) { return tree_of(c.v1().contacts().get_by_phone("+1")); }},
        {"v1/templates.list.reply", [](const Client& c) { return tree_of(c.v1().templates().list()); }},
        {"v1/templates.list.reply_array", [](const Client& c) { return tree_of(c.v1().templates().list()); }},
        {"v1/templates.get.reply", [](const Client& c) { return tree_of(c.v1().templates().get("1")); }},
        {"v1/templates.get.reply_older",
         [](const Client& c) { return tree_of(c.v1().templates().get("1")); }},
        {"v2/messages.get.reply", [](const Client& c) { return tree_of(c.v2().messages().get("1")); }},
        {"v2/contacts.list.reply", [](const Client& c) { return tree_of(c.v2().contacts().list()); }},
        {"v2/contacts.get.reply", [](const Client& c) { return tree_of(c.v2().contacts().get("1")); }},
        {"v2/contacts.get_by_phone.reply",
         [](const Client& c) { return tree_of(c.v2().contacts().get_by_phone("+1")); }},
        {"v2/templates.list.reply", [](const Client& c) { return tree_of(c.v2().templates().list()); }},
        {"v2/templates.get.reply", [](const Client& c) { return tree_of(c.v2().templates().get("1")); }},
        {"v2/templates.create.reply",
         [create](const Client& c) { return tree_of(c.v2().templates().create(create)); }},
        {"v2/numbers.lookup.reply", [](const Client& c) { return tree_of(c.v2().numbers().lookup("+1")); }},
    };
}

/// One for each struct that v3 answers with.
std::vector<Case> v3_cases() {
    sent::SendMessageRequest send;
    send.to = {wire::phone_number};
    const sent::CampaignInput campaign{"Reminders"};
    const sent::ListWebhookEventsRequest events{"1"};
    return {
        {"v3/messages.send.reply", [=](const Client& c) { return tree_of(c.messages().send(send)); }},
        {"v3/messages.get.reply", [](const Client& c) { return tree_of(c.messages().get("1")); }},
        {"v3/messages.activities.reply",
         [](const Client& c) { return tree_of(c.messages().activities("1")); }},
        {"v3/contacts.list.reply", [](const Client& c) { return tree_of(c.contacts().list()); }},
        {"v3/contacts.get.reply", [](const Client& c) { return tree_of(c.contacts().get("1")); }},
        {"v3/contacts.message_summary.reply",
         [](const Client& c) { return tree_of(c.contacts().message_summary("1")); }},
        {"v3/templates.get.reply", [](const Client& c) { return tree_of(c.templates().get("1")); }},
        {"v3/webhooks.get.reply", [](const Client& c) { return tree_of(c.webhooks().get("1")); }},
        {"v3/webhooks.event_types.reply",
         [](const Client& c) { return tree_of(c.webhooks().event_types()); }},
        {"v3/webhooks.events.reply", [=](const Client& c) { return tree_of(c.webhooks().events(events)); }},
        {"v3/webhooks.rotate_secret.reply",
         [](const Client& c) { return tree_of(c.webhooks().rotate_secret("1")); }},
        {"v3/webhooks.test.reply", [](const Client& c) { return tree_of(c.webhooks().test("1", "x")); }},
        {"v3/numbers.lookup.reply", [](const Client& c) { return tree_of(c.numbers().lookup("+1")); }},
        {"v3/profiles.get.reply", [](const Client& c) { return tree_of(c.profiles().get("1")); }},
        {"v3/profiles.complete.reply",
         [](const Client& c) {
             return tree_of(c.profiles().complete({"1", "https://example.org"}));
         }},
        {"v3/campaigns.create.reply",
         [=](const Client& c) {
             return tree_of(c.profiles().campaigns().create({"1", campaign}));
         }},
        {"v3/campaigns.list.reply",
         [](const Client& c) { return tree_of(c.profiles().campaigns().list("1")); }},
        {"v3/users.list.reply", [](const Client& c) { return tree_of(c.users().list()); }},
        {"v3/me.reply", [](const Client& c) { return tree_of(c.me()); }},
    };
}

/// Where every member and element of the tree stands.
void list_places(const Json& tree, const Pointer& here, std::vector<Pointer>& places) {
    for (const auto& item : tree.items()) {
        if (!tree.is_structured()) {
            return;
        }
        const Pointer place = tree.is_array() ? here / std::stoul(item.key()) : here / item.key();
        places.push_back(place);
        list_places(item.value(), place, places);
    }
}

std::ostream& operator<<(std::ostream& out, const Case& test) {
    return out << test.reply;
}

void expect_same(const Json& found, const Json& expected, const Pointer& place) {
    EXPECT_TRUE(found == expected) << "damaged at " << place << ": " << Json::diff(expected, found);
}

class Tolerance : public ::testing::TestWithParam<Case> {
  protected:
    Json read(const Json& reply) const {
        session_.mock->json(200, reply.dump());
        return GetParam().read(session_.client);
    }

    static bool is_v3() { return GetParam().reply[1] == '3'; }

    /// v1 does not look into a template's definition, nor v3 into what its contract leaves open; and every
    /// name is known to a map.
    static bool is_kept_as_text(const Pointer& place) {
        const auto is_inside = [text = place.to_string()](const char* member) {
            return text.find(member) != std::string::npos;
        };
        return is_v3() ? is_inside("/metadata") || is_inside("/headerMedia") || is_inside("/event_data") ||
                             is_inside("/pricing") || is_inside("/event_filters/")
                       : GetParam().reply[1] == '1' && is_inside("/definition/");
    }

    Json without(const Pointer& place) const {
        Json tree = golden_;
        Json& parent = tree[place.parent_pointer()];
        if (parent.is_object()) {
            parent.erase(place.back());
        } else {
            parent.erase(std::stoul(place.back()));
        }
        return tree;
    }

    const wire::Session session_;
    const Json golden_ = Json::parse(wire::golden(GetParam().reply).body);
    const Json whole_ = read(golden_);
    /// v3's envelope decides whether there is an answer at all: see v3_envelope_test.cpp.
    const Pointer content_{is_v3() ? "/data" : ""};
    const std::vector<Pointer> places_ = [this] {
        std::vector<Pointer> places;
        list_places(golden_.at(content_), content_, places);
        return places;
    }();
};

TEST_P(Tolerance, TakesNullForAbsent) {
    for (const auto& place : places_) {
        if (!is_kept_as_text(place)) {
            Json with_null = golden_;
            with_null[place] = nullptr;
            expect_same(read(with_null), read(without(place)), place);
        }
    }
}

TEST_P(Tolerance, IgnoresUnknownMembers) {
    auto places = places_;
    places.emplace_back();
    places.push_back(content_);
    for (const auto& place : places) {
        Json more = golden_;
        if (more.at(place).is_object() && !is_kept_as_text(place / "any")) {
            more.at(place)["aaa"] = {{"id", 7}, {"items", {1, 2.5, true, nullptr, "x"}}};
            more.at(place)["zzz"] = "new";
            expect_same(read(more), whole_, place);
        }
    }
}

TEST_P(Tolerance, SurvivesWrongTypes) {
    const Json strangers[] = {Json(true),
                              Json(-1),
                              Json(1e300),
                              Json("text"),
                              Json::array(),
                              Json::object(),
                              Json::array({Json::array({1})}),
                              Json{{"a", Json{{"b", 1}}}}};
    for (const auto& place : places_) {
        for (const auto& stranger : strangers) {
            Json changed = golden_;
            changed[place] = stranger;
            EXPECT_TRUE(read(changed).is_object()) << place << " as " << stranger;
        }
    }
}

TEST_P(Tolerance, KeepsDamageWithinTheMember) {
    for (const auto& place : places_) {
        const bool is_member = golden_.at(place.parent_pointer()).is_object();
        if (is_member && !golden_.at(place).is_structured() && !is_kept_as_text(place)) {
            Json damaged = golden_;
            damaged[place] = Json::array({1, 2, 3});
            expect_same(read(damaged), read(without(place)), place);
        }
    }
}

TEST_P(Tolerance, RefusesWhatIsNoJson) {
    const std::string text = golden_.dump();
    for (std::size_t length : {std::size_t{1}, text.size() / 2, text.size() - 1}) {
        session_.mock->json(200, text.substr(0, length));
        const auto raw = session_.client.v2().contacts().list();
        ASSERT_FALSE(raw) << text.substr(0, length);
        EXPECT_EQ(raw.error().kind, sent::ErrorKind::undecodable);
    }
}

std::string case_name(const ::testing::TestParamInfo<Case>& info) {
    return wire::test_name(info.param.reply);
}

INSTANTIATE_TEST_SUITE_P(V1AndV2, Tolerance, ::testing::ValuesIn(older_cases()), case_name);
INSTANTIATE_TEST_SUITE_P(V3, Tolerance, ::testing::ValuesIn(v3_cases()), case_name);

}  // namespace
