#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

namespace {

using sent::Client;
using wire::at;
using wire::read_reply;
using wire::Requests;

sent::CreateUserRequest invitation() {
    sent::CreateUserRequest request;
    request.email = "noa@example.org";
    request.name = "Noa";
    return request;
}

sent::UpdateUserRequest change(const sent::UserRole& role = {}) {
    sent::UpdateUserRequest request;
    request.user_id = wire::user_id;
    request.role = role;
    return request;
}

std::vector<wire::RequestCase> user_requests() {
    const auto create = invitation();
    auto with_role = create;
    with_role.role = sent::UserRole::developer;
    const auto promotion = change(sent::UserRole::admin);
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    return {
        {"v3/users.list.minimal", [](const Client& c) { (void)c.users().list(); }},
        {"v3/users.create.minimal", [=](const Client& c) { (void)c.users().create(create, keyed); }},
        {"v3/users.create.full", [=](const Client& c) { (void)c.users().create(with_role, keyed); }},
        {"v3/users.create.sandbox", [=](const Client& c) { (void)c.users().create(create, simulated); }},
        {"v3/users.get.minimal", [](const Client& c) { (void)c.users().get(wire::user_id); }},
        {"v3/users.update.minimal", [=](const Client& c) { (void)c.users().update(change(), keyed); }},
        {"v3/users.update.full", [=](const Client& c) { (void)c.users().update(promotion, keyed); }},
        {"v3/users.update.sandbox", [=](const Client& c) { (void)c.users().update(promotion, simulated); }},
        {"v3/users.remove.minimal", [](const Client& c) { (void)c.users().remove(wire::user_id); }},
        {"v3/users.remove.sandbox",
         [](const Client& c) { (void)c.users().remove(wire::user_id, wire::in_sandbox()); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Users, Requests, ::testing::ValuesIn(user_requests()), wire::name_of_case);

void expect_whole(const sent::User& user) {
    EXPECT_EQ(user.id, wire::user_id);
    EXPECT_EQ(user.customer_id, wire::sender_id);
    EXPECT_EQ(user.email, "noa@example.org");
    EXPECT_EQ(user.name, "Noa");
    EXPECT_EQ(user.role, sent::UserRole::billing);
    EXPECT_EQ(user.status, sent::UserStatus::invited);
    EXPECT_EQ(user.invited_at, at("2026-07-01T08:00:00Z"));
    EXPECT_EQ(user.last_login_at, at("2026-07-02T08:00:00Z"));
    EXPECT_EQ(user.created_at, at("2026-07-01T07:59:00Z"));
    EXPECT_EQ(user.updated_at, at("2026-07-02T09:30:00Z"));
}

void expect_empty(const sent::User& user, const std::string& id = wire::user_id) {
    EXPECT_EQ(user.id, id);
    EXPECT_EQ(user.customer_id, "");
    EXPECT_EQ(user.email, "");
    EXPECT_EQ(user.name, "");
    EXPECT_TRUE(user.role.empty());
    EXPECT_TRUE(user.status.empty());
    EXPECT_FALSE(user.invited_at);
    EXPECT_FALSE(user.last_login_at);
    EXPECT_FALSE(user.created_at);
    EXPECT_FALSE(user.updated_at);
}

void expect_jester(const sent::User& user) {
    EXPECT_EQ(user.id, wire::user_id);
    EXPECT_EQ(user.role.str(), "jester");
    EXPECT_EQ(user.status.str(), "asleep");
    EXPECT_FALSE(user.invited_at);
}

template <class Call>
void expect_user_replies(const std::string& operation, Call call) {
    SCOPED_TRACE(operation);
    expect_whole(read_reply(operation + ".reply", call));
    expect_empty(read_reply(operation + ".reply_nulls", call));
    expect_jester(read_reply(operation + ".reply_unknown", call));
}

TEST(V3Users, HaveEveryMember) {
    expect_user_replies("users.create", [](const Client& c) { return c.users().create(invitation()); });
    expect_user_replies("users.get", [](const Client& c) { return c.users().get(wire::user_id); });
    expect_user_replies("users.update", [](const Client& c) { return c.users().update(change()); });
}

TEST(V3Users, ComeAsAWholeList) {
    const auto list = [](const Client& c) { return c.users().list(); };

    const auto whole = read_reply("users.list.reply", list);
    ASSERT_EQ(whole.items.size(), 2U);
    expect_whole(whole.items[0]);
    expect_empty(whole.items[1], "second");
    wire::expect_one_page(whole);

    const auto sparse = read_reply("users.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    expect_empty(sparse.items[0]);
    wire::expect_one_page(sparse);

    const auto extended = read_reply("users.list.reply_unknown", list);
    ASSERT_EQ(extended.items.size(), 2U);
    expect_jester(extended.items[0]);
    wire::expect_extended_totals(extended);
}

TEST(V3Users, AreRemoved) {
    wire::expect_done("users.remove.reply", [](const Client& c) { return c.users().remove(wire::user_id); });
}

}  // namespace
