// B39: replies of the mock transport made from the library's own structs.

#include <string>

#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/testing/testing.hpp>

#include "unit/client_fixture.hpp"

namespace {

using sent::ErrorKind;
using sent::Outcome;
using sent::Page;
using sent::testing::Reply;

class B39_MockReplies : public sent::test::ClientFixture {
  protected:
    const sent::Client client_{options()};
};

sent::SendMessageRequest message() {
    sent::SendMessageRequest request;
    request.to = {"+14155550100"};
    request.text = "Hello";
    return request;
}

TEST_F(B39_MockReplies, OfAV3SendIsTheSameStructAgain) {
    sent::SendMessageResponse response;
    response.status = "QUEUED";
    response.template_id = "template-1";
    response.recipients = {{"message-1", "+14155550100", "sms", "Grüße \"Ada\"\n"},
                           {std::nullopt, "+14155550101", {}, {}}};
    response.scheduled_at = sent::parse_timestamp("2026-08-02T09:30:00Z");
    mock->reply(Reply::of(response)).reply(Reply::of(response).times(2));

    for (const auto& result : {client_.call(message()), client_.submit(message()).get()}) {
        ASSERT_TRUE(result) << to_string(result.error());
        EXPECT_EQ(result.meta().http_status, 202);
        EXPECT_EQ(result.meta().request_id, "req_mock");
        EXPECT_EQ(result->status, response.status);
        EXPECT_EQ(result->template_id, response.template_id);
        EXPECT_EQ(result->template_name, std::nullopt);
        ASSERT_EQ(result->recipients.size(), 2U);
        EXPECT_EQ(result->recipients[0].message_id, "message-1");
        EXPECT_EQ(result->recipients[0].body, "Grüße \"Ada\"\n");
        EXPECT_EQ(result->recipients[1].message_id, std::nullopt);
        EXPECT_EQ(result->scheduled_at, response.scheduled_at);
    }
}

TEST_F(B39_MockReplies, HasTheEnvelopeOfItsGeneration) {
    sent::v1::Contact first;
    first.id = "contact-1";
    first.phone_number = "+14155550100";
    sent::v2::NumberLookup second;
    second.phone_number = "+14155550100";
    sent::Contact third;
    third.id = "contact-3";
    third.opt_out = true;
    mock->reply(Reply::of(first)).reply(Reply::of(second)).reply(Reply::of(third));

    const auto from_first = client_.v1().contacts().get("contact-1");
    ASSERT_TRUE(from_first) << to_string(from_first.error());
    EXPECT_EQ(from_first->phone_number, "+14155550100");
    EXPECT_EQ(from_first.meta().raw_body.find("success"), std::string::npos);
    const auto from_second = client_.v2().numbers().lookup("+14155550100");
    ASSERT_TRUE(from_second) << to_string(from_second.error());
    EXPECT_EQ(from_second->phone_number, "+14155550100");
    const auto from_third = client_.contacts().get("contact-3");
    ASSERT_TRUE(from_third) << to_string(from_third.error());
    EXPECT_EQ(from_third->id, "contact-3");
    EXPECT_TRUE(from_third->opt_out);
    EXPECT_EQ(from_third.meta().raw_body.find(R"({"success":true,"data":{)"), 0U);
}

TEST_F(B39_MockReplies, APageIsAList) {
    Page<sent::v1::Contact> first;
    first.items.resize(2);
    first.items[1].id = "b";
    first.page_size = 2;
    first.total_count = 3;
    first.total_pages = 2;
    Page<sent::Contact> third;
    third.items.resize(1);
    third.items[0].id = "c";
    third.page = 1;
    third.total_pages = 2;
    third.has_more = true;
    mock->reply(Reply::of(first)).reply(Reply::of(third));

    const auto from_first = client_.v1().contacts().list();
    ASSERT_TRUE(from_first) << to_string(from_first.error());
    ASSERT_EQ(from_first->items.size(), 2U);
    EXPECT_EQ(from_first->items[1].id, "b");
    EXPECT_TRUE(from_first->has_more) << "worked out from the totals";
    const auto from_third = client_.contacts().list();
    ASSERT_TRUE(from_third) << to_string(from_third.error());
    EXPECT_EQ(from_third->items.at(0).id, "c");
    EXPECT_EQ(from_third->page, 1);
    EXPECT_TRUE(from_third->has_more);
}

TEST_F(B39_MockReplies, AnEmptyListOfEachKindIsAList) {
    mock->reply(Reply::of(Page<sent::Webhook>{}))
        .reply(Reply::of(Page<sent::Profile>{}))
        .reply(Reply::of(Page<sent::Campaign>{}))
        .reply(Reply::of(Page<sent::v1::Template>{}))
        .reply(Reply::of(Page<sent::v2::Template>{}));
    EXPECT_TRUE(client_.webhooks().list());
    EXPECT_TRUE(client_.profiles().list());
    EXPECT_TRUE(client_.profiles().campaigns().list("profile"));
    EXPECT_TRUE(client_.v1().templates().list());
    EXPECT_TRUE(client_.v2().templates().list());
}

TEST_F(B39_MockReplies, TakesStatusAndHeaders) {
    mock->reply(
        Reply::of(sent::Contact{}, 201, {{"X-Request-Id", "req_1"}, {"Idempotent-Replayed", "true"}}));
    const auto created = client_.contacts().create({"+14155550100"});
    ASSERT_TRUE(created) << to_string(created.error());
    EXPECT_EQ(created.meta().http_status, 201);
    EXPECT_EQ(created.meta().request_id, "req_1");
    EXPECT_TRUE(created.meta().replayed);

    mock->reply(Reply::of(sent::Contact{}, 0, {{"content-type", "text/json"}}));
    const auto read = client_.contacts().get("contact-1");
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read.meta().headers.get("Content-Type"), "text/json");
    EXPECT_EQ(read.meta().headers.size(), 1U);
}

TEST_F(B39_MockReplies, AnErrorWithACodeIsOneOfV3) {
    mock->reply(Reply::error(402, "BUSINESS_003")).reply(Reply::error(402, "BUSINESS_003", "No \"money\"."));
    const auto refused = client_.call(message());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().http_status, 402);
    EXPECT_EQ(refused.error().code, "BUSINESS_003");
    EXPECT_EQ(refused.error().outcome, Outcome::rejected);
    EXPECT_EQ(refused.error().request_id, "req_mock");
    EXPECT_EQ(client_.call(message()).error().message, "No \"money\".");
}

TEST_F(B39_MockReplies, AnErrorWithoutACodeIsOneOfV1AndV2) {
    mock->reply(Reply::error(404)).reply(Reply::error(404, {}, "No such contact."));
    EXPECT_EQ(client_.v1().contacts().get("id").error().kind, ErrorKind::not_found);
    EXPECT_EQ(client_.v1().contacts().get("id").error().message, "No such contact.");
}

TEST_F(B39_MockReplies, AnErrorCanTellHowLongToWait) {
    mock->reply(Reply::error(429, "BUSINESS_002", {}, {{"Retry-After", "20"}}))
        .reply(Reply::of(sent::Contact{}));
    const auto read = client_.contacts().get("id");
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read.meta().attempts, 2);
}

}  // namespace
