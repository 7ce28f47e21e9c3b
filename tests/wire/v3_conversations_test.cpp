#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"
#include "wire/v3_message.hpp"

namespace {

using sent::Client;
using wire::read_reply;
using wire::Requests;

sent::GetConversationRequest one() {
    sent::GetConversationRequest request;
    request.id = wire::conversation_id;
    return request;
}

template <class Request>
Request at_page_three(Request request) {
    request.page = 3;
    request.page_size = 50;
    return request;
}

std::vector<wire::RequestCase> conversation_requests() {
    const auto list = at_page_three(sent::ListConversationsRequest{});
    const auto get = at_page_three(one());
    return {
        {"v3/conversations.list.minimal", [](const Client& c) { (void)c.conversations().list(); }},
        {"v3/conversations.list.full", [=](const Client& c) { (void)c.conversations().list(list); }},
        {"v3/conversations.get.minimal", [](const Client& c) { (void)c.conversations().get(one()); }},
        {"v3/conversations.get.full", [=](const Client& c) { (void)c.conversations().get(get); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3Conversations, Requests, ::testing::ValuesIn(conversation_requests()),
                         wire::name_of_case);

template <class Call>
void expect_pages_of_messages(const std::string& operation, Call call) {
    SCOPED_TRACE(operation);
    const auto page = read_reply(operation + ".reply", call);
    ASSERT_EQ(page.items.size(), 2U);
    wire::expect_whole_message(page.items[0]);
    wire::expect_empty_message(page.items[1], "second");
    wire::expect_golden_totals(page);

    const auto sparse = read_reply(operation + ".reply_nulls", call);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    wire::expect_empty_message(sparse.items[0], wire::message_id);
    wire::expect_empty_message(sparse.items[1], "");
    wire::expect_no_totals(sparse);

    const auto extended = read_reply(operation + ".reply_unknown", call);
    ASSERT_EQ(extended.items.size(), 2U);
    wire::expect_strange_message(extended.items[0]);
    wire::expect_extended_totals(extended);
}

TEST(V3Conversations, HavePagesOfMessages) {
    expect_pages_of_messages("conversations.list", [](const Client& c) { return c.conversations().list(); });
    expect_pages_of_messages("conversations.get",
                             [](const Client& c) { return c.conversations().get(one()); });
}

}  // namespace
