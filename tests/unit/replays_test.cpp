#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using nlohmann::json;
using sent::testing::RecordedRequest;
using sent::testing::Reply;
using ::testing::HasSubstr;

/// Answers that come from the service's idempotency cache.
class ReplayFixture : public ClientFixture {
  protected:
    static SendMessageRequest message(std::vector<std::string> to = {"+14155550100"}) {
        SendMessageRequest request;
        request.to = std::move(to);
        request.template_ref.emplace().name = "order_confirmation";
        return request;
    }
    static CallOptions with_key(const std::string& key) {
        CallOptions call;
        call.idempotency_key = key;
        return call;
    }
    static Headers replayed() {
        return {{"Idempotent-Replayed", "true"}, {"X-Original-Request-Id", "req-first"}};
    }

    /// An answer to a send, of one message for each number.
    static json send_answer(const std::vector<std::string>& numbers,
                            const std::string& template_name = "order_confirmation") {
        json recipients = json::array();
        for (const auto& number : numbers) {
            recipients.push_back(
                {{"message_id", "message to " + number}, {"to", number}, {"channel", nullptr}});
        }
        return {
            {"success", true},
            {"data", {{"status", "QUEUED"}, {"template_name", template_name}, {"recipients", recipients}}}};
    }

    /// By `call`, `submit` and `bulk`.
    template <class Request>
    std::vector<Result<response_of<Request>>> all_ways(const Request& request, const json& answer,
                                                       const Headers& headers = replayed()) {
        mock->reset();
        mock->otherwise(Reply::json(202, answer.dump(), headers).always());
        std::vector<Result<response_of<Request>>> results;
        results.push_back(Client{options()}.call(request, with_key("order-1001")));
        const Client client{options()};
        results.push_back(client.submit(request, with_key("order-1001")).get());
        const std::vector<Keyed<Request>> rows{{request, "order-1001"}};
        auto report = Client{options()}.bulk(rows);
        EXPECT_EQ(report.replayed, headers.empty() ? 0U : report.succeeded);
        results.push_back(std::move(report.results.at(0)));
        return results;
    }
    template <class Request>
    void expect_foreign(const Request& request, const json& answer) {
        for (const auto& done : all_ways(request, answer)) {
            ASSERT_FALSE(done) << answer;
            EXPECT_EQ(done.error().kind, ErrorKind::conflict) << answer;
            EXPECT_EQ(done.error().outcome, Outcome::rejected) << answer;
            EXPECT_THAT(done.error().message, HasSubstr("order-1001"));
            EXPECT_EQ(done.error().idempotency_key, "order-1001");
            EXPECT_THAT(std::string{done.error().hint()}, HasSubstr("new key"));
            EXPECT_EQ(done.error().attempts, 1);
            EXPECT_TRUE(done.meta().replayed);
            EXPECT_EQ(done.meta().original_request_id, "req-first");
        }
        for (const auto& done : all_ways(request, answer, {})) {
            EXPECT_TRUE(done) << "no replay, so nothing to compare: " << done.error();
        }
    }
    template <class Request>
    void expect_own(const Request& request, const json& answer) {
        for (const auto& done : all_ways(request, answer)) {
            EXPECT_TRUE(done) << done.error();
            EXPECT_TRUE(done.meta().replayed);
        }
    }
};

class A6_Replays : public ReplayFixture {};
class A11_ReplayedKey : public ReplayFixture {};

TEST_F(A6_Replays, OfASendToOtherRecipientsAreAConflict) {
    expect_foreign(message(), send_answer({"+14155550199"}));
    expect_foreign(message({"+14155550100", "+14155550101"}), send_answer({"+14155550100", "+14155550199"}));
    expect_foreign(message({"+14155550100"}), send_answer({"+14155550100", "+14155550101"}));
}

TEST_F(A6_Replays, OfASendToSomeOfTheRecipientsLeaveTheOthersUnknown) {
    const auto request = message({"+14155550100", "+14155550101"});
    for (const auto& done : all_ways(request, send_answer({"+14155550100"}))) {
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::conflict);
        EXPECT_EQ(done.error().outcome, Outcome::unknown) << "it may be the answer to this very request";
        EXPECT_THAT(done.error().message, HasSubstr("not name all of this request's recipients"));
        EXPECT_THAT(std::string{done.error().hint()}, HasSubstr("that the answer does not name"));
    }
}

TEST_F(A6_Replays, OfASendWithAnotherTemplateAreAConflict) {
    expect_foreign(message(), send_answer({"+14155550100"}, "order_shipped"));
    auto by_id = message();
    by_id.template_ref->name.reset();
    by_id.template_ref->id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8";
    auto other_id = send_answer({"+14155550100"});
    other_id["data"]["template_id"] = "00000000-9dad-11d1-80b4-00c04fd430c8";
    expect_foreign(by_id, other_id);
    auto free_text = message();
    free_text.template_ref.reset();
    free_text.text = "Hi";
    expect_foreign(free_text, send_answer({"+14155550100"}));
}

TEST_F(A6_Replays, OfASendOnAnotherChannelAreAConflict) {
    auto by_sms = message();
    by_sms.channel = {Channel::sms};
    auto answer = send_answer({"+14155550100"});
    answer["data"]["recipients"][0]["channel"] = "whatsapp";
    expect_foreign(by_sms, answer);
    answer["data"]["recipients"][0]["channel"] = "SMS";
    expect_own(by_sms, answer);
    by_sms.channel = {Channel::automatic};
    expect_own(by_sms, answer);
}

class B1_Replays : public ReplayFixture {
  protected:
    static SendMessageRequest free_text(const std::string& text) {
        auto request = message();
        request.template_ref.reset();
        request.text = text;
        return request;
    }
    static json text_answer(const json& body) {
        auto answer = send_answer({"+14155550100"});
        answer["data"]["template_id"] = nullptr;
        answer["data"]["template_name"] = nullptr;
        answer["data"]["recipients"][0]["body"] = body;
        return answer;
    }
};

TEST_F(B1_Replays, OfASendOfAnotherTextAreAConflict) {
    expect_foreign(free_text("Your code is 1234"), text_answer("Your code is 5678"));
    expect_foreign(free_text("Please pay $3.50."), text_answer("Please pay $9.99."));
    expect_foreign(free_text("Hi"), text_answer("Something else"));
    expect_foreign(free_text("Ihre Nummer: 17"), text_answer("Something else"));
    expect_foreign(free_text("\xE4\xBD\xA0\xE5\xA5\xBD"), text_answer("\xE5\x86\x8D\xE8\xA7\x81"));
    expect_foreign(free_text("Pay https://a.example/1 today"),
                   text_answer("Track https://s.example/x today"));
}

TEST_F(B1_Replays, OfASendOfTheSameTextAreSuccessesHoweverItIsWritten) {
    const std::string text = "Don't forget: your order \"17\" ships today.";
    expect_own(free_text(text), text_answer(text));
    expect_own(free_text(text), text_answer("  " + text + "\r\nReply STOP to opt out"));
    expect_own(free_text(text), text_answer("Shop: " + text));
    expect_own(free_text(text), text_answer("Don\xE2\x80\x99t forget: your order\xC2\xA0\xE2\x80\x9C"
                                            "17\xE2\x80\x9D  ships today."));
    expect_own(free_text(text), text_answer(""));
    expect_own(free_text(text), text_answer(nullptr));
    expect_own(free_text("Track https://shop.example/orders/17 today"),
               text_answer("Track https://s.example/x today"));
    expect_own(free_text("Track shop.example/17."), text_answer("Track s.example/x"));
    expect_own(free_text("\xE4\xBD\xA0\xE5\xA5\xBD"),
               text_answer("\xE3\x80\x90Shop\xE3\x80\x91\xE4\xBD\xA0\xE5\xA5\xBD"));
}

TEST_F(B1_Replays, OfATextToASendOfATemplateAreAConflict) {
    expect_foreign(message(), text_answer(nullptr));
    auto says_nothing = text_answer(nullptr);
    says_nothing["data"].erase("template_id");
    expect_own(message(), says_nothing);
}

TEST_F(B1_Replays, OfSomeOfTheChannelsLeaveTheOthersUnknown) {
    auto both = message();
    both.channel = {Channel::sms, Channel::whatsapp};
    auto answer = send_answer({"+14155550100"});
    answer["data"]["recipients"][0]["channel"] = "sms";
    for (const auto& channel : {json{"sms"}, json{nullptr}}) {
        answer["data"]["recipients"][0]["channel"] = channel[0];
        for (const auto& done : all_ways(both, answer)) {
            ASSERT_FALSE(done);
            EXPECT_EQ(done.error().kind, ErrorKind::conflict);
            EXPECT_EQ(done.error().outcome, Outcome::unknown);
        }
    }
    auto all = send_answer({"+14155550100", "+14155550100"});
    expect_own(both, all);
    all["data"]["recipients"][0]["channel"] = "sms";
    all["data"]["recipients"][1]["channel"] = "WhatsApp";
    expect_own(both, all);
    both.channel = {Channel::sms, "SMS"};
    expect_own(both, send_answer({"+14155550100"}));
}

TEST_F(A6_Replays, OfTheSameSendAreSuccessesHoweverTheyAreSpelled) {
    expect_own(message(), send_answer({"+14155550100"}));
    expect_own(message(), send_answer({"+1 (415) 555-0100"}));
    expect_own(message(), send_answer({"14155550100"}));
    expect_own(message(), send_answer({"0014155550100"}, "Order_Confirmation"));
    expect_own(message({"+14155550100", "+14155550101"}), send_answer({"+14155550101", "+14155550100"}));
    auto without_template = send_answer({"+14155550100"});
    without_template["data"].erase("template_name");
    expect_own(message(), without_template);
}

TEST_F(A6_Replays, OfASendThatNameNoRecipientAreUnknown) {
    const auto of = [](json data) { return json{{"success", true}, {"data", std::move(data)}}; };
    auto without_numbers = send_answer({"+14155550100"});
    without_numbers["data"]["recipients"][0].erase("to");
    auto null_numbers = send_answer({"+14155550100"});
    null_numbers["data"]["recipients"][0]["to"] = nullptr;
    for (const auto& answer : {send_answer({}), of({{"recipients", nullptr}}), of({{"status", "QUEUED"}}),
                               of(nullptr), without_numbers, null_numbers}) {
        for (const auto& done : all_ways(message(), answer)) {
            ASSERT_FALSE(done) << answer;
            EXPECT_EQ(done.error().kind, ErrorKind::conflict) << answer;
            EXPECT_EQ(done.error().outcome, Outcome::unknown) << answer;
        }
    }
}

TEST_F(A6_Replays, AreNoticedHoweverTheFlagIsSpelled) {
    for (const char* flag : {"True", "TRUE", "1", " true ", "\ttrue"}) {
        for (const auto& done :
             all_ways(message(), send_answer({"+14155550199"}), {{"Idempotent-Replayed", flag}})) {
            ASSERT_FALSE(done) << flag;
            EXPECT_EQ(done.error().outcome, Outcome::rejected) << flag;
        }
    }
    mock->reset();
    for (const char* flag : {"false", "0", "", "truely"}) {
        mock->json(202, send_answer({"+14155550199"}).dump(), {{"Idempotent-Replayed", flag}});
        const auto done = Client{options()}.call(message(), with_key("order-1001"));
        EXPECT_TRUE(done && !done.meta().replayed) << flag;
    }
    mock->json(202, send_answer({"+14155550199"}).dump(), {{"X-Sandbox", " True"}});
    EXPECT_TRUE(Client{options()}.call(message()).meta().sandbox);
}

TEST_F(A11_ReplayedKey, IsShownWhole) {
    for (const char* key : {"1000000001", "415-555-1234", "14155551234"}) {
        for (const auto& numbers : {std::vector<std::string>{}, {"+14155550199"}}) {
            mock->json(202, send_answer(numbers).dump(), replayed());
            const auto done = Client{options()}.call(message(), with_key(key));
            ASSERT_FALSE(done);
            EXPECT_THAT(done.error().message, HasSubstr("`" + std::string{key} + "`"));
        }
    }
    mock->json(202, send_answer({}).dump(), replayed());
    auto settings = options();
    settings.api_key = "sk_live_0123456789";
    const auto done = Client{settings}.call(message(), with_key("order_sk_live_0123456789"));
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("`order_[redacted]`"));
}

TEST_F(A6_Replays, OfARehearsalAreMadeUpAndNotCompared) {
    UpdateContactRequest update;
    update.id = "contact-1";
    update.opt_out = true;
    auto headers = replayed();
    headers.add("X-Sandbox", "true");
    for (const auto& done :
         all_ways(update, json{{"success", true}, {"data", {{"id", "made-up"}}}}, headers)) {
        ASSERT_TRUE(done) << done.error();
        EXPECT_TRUE(done.meta().sandbox);
    }
}

TEST_F(A6_Replays, ShowThatNoEarlierAttemptWasCarriedOut) {
    mock->reply(Reply::connection_lost());
    mock->reply(Reply::json(202, send_answer({"+14155550199"}).dump(), replayed()));
    mock->json(202, send_answer({"+14155550199"}).dump());
    const Client client{options()};
    const auto done = client.call(message(), with_key("order-1001"));
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().outcome, Outcome::rejected);
    EXPECT_EQ(done.error().attempts, 2);
    EXPECT_TRUE(client.call(message({"+14155550199"}), with_key("order-1001"))) << "the key is its request's";
}

TEST_F(A6_Replays, OfOtherWritesAreComparedByWhatIdentifiesTheObject) {
    const auto answer = [](json data) { return json{{"success", true}, {"data", std::move(data)}}; };
    CreateContactRequest contact;
    contact.phone_number = "+14155550100";
    expect_foreign(contact, answer({{"id", "c1"}, {"phone_number", "+14155550199"}}));
    expect_own(contact, answer({{"id", "c1"}, {"phone_number", "(415) 555-0100"}}));
    expect_own(contact, answer({{"id", "c1"}}));

    UpdateContactRequest update;
    update.id = "contact-1";
    update.opt_out = true;
    expect_foreign(update, answer({{"id", "contact-2"}}));
    expect_own(update, answer({{"id", "CONTACT-1"}}));

    const CancelMessageRequest cancel{"message-1"};
    expect_foreign(cancel, answer({{"id", "message-2"}}));
    expect_own(cancel, answer({{"id", "message-1"}}));

    // The answer to a resend may name another id.
    const ResendMessageRequest resend{"message-1"};
    expect_own(resend, answer({{"recipients", {{{"message_id", "message-2"}, {"to", "+14155550100"}}}}}));

    const CreateSmsMarketRequest market{"US", "10dlc"};
    expect_foreign(market, answer({{"country", "CA"}, {"number_type", "TEN_DLC"}}));
    expect_foreign(market, answer({{"country", "US"}, {"number_type", "LOCAL"}}));
    expect_own(market, answer({{"country", "us"}, {"number_type", "TEN_DLC"}}));

    const AddMarketNumbersRequest numbers{"sms", "US", "LOCAL", {{}}};
    expect_foreign(numbers, answer({{"country", "CA"}}));
    expect_own(numbers, answer({{"country", "US"}}));

    const CreateWhatsappChannelRequest whatsapp{"1"};
    expect_foreign(whatsapp, answer({{"waba_id", "2"}}));
    expect_own(whatsapp, answer({{"waba_id", "1"}}));

    CreateRcsAgentRequest agent;
    agent.brand_name = "Shop";
    agent.privacy_policy_url = "https://example.com/privacy";
    agent.terms_and_conditions_url = "https://example.com/terms";
    expect_foreign(agent, answer({{"brand_name", "Bakery"}}));
    expect_own(agent, answer({{"brand_name", "Shop"}, {"display_name", "The shop"}}));

    CreateUserRequest user;
    user.email = "ada@example.com";
    user.name = "Ada";
    expect_foreign(user, answer({{"email", "bob@example.com"}}));
    expect_own(user, answer({{"email", "Ada@Example.com"}}));

    CreateWebhookRequest webhook;
    webhook.display_name = "orders";
    webhook.endpoint_url = "https://example.com/hook";
    expect_foreign(webhook, answer({{"endpoint_url", "https://example.com/other"}}));
    expect_own(webhook, answer({{"endpoint_url", "https://example.com/hook/"}}));

    CreateProfileRequest profile;
    profile.name = "Shop";
    expect_foreign(profile, answer({{"name", "Bakery"}}));
    expect_own(profile, answer({{"name", "Shop"}}));
}

TEST_F(A6_Replays, OfVoiceWritesAreComparedByNumberAndParty) {
    const auto answer = [](json data) { return json{{"success", true}, {"data", std::move(data)}}; };
    CreateVoiceNumberRequest number;
    number.callback_url = "https://example.com/voice";
    number.number = "+12025550141";
    expect_foreign(number, answer({{"number", "+12025550142"}}));
    expect_foreign(number, answer({{"number", "+12025550141"}, {"callback_url", "https://example.com/x"}}));
    expect_own(number, answer({{"number", "+12025550141"}, {"callback_url", "https://example.com/voice/"}}));
    number.number.reset();
    expect_own(number, answer({{"number", "+12025550142"}}));

    // The number is in the path, as %2B12025550141.
    UpdateVoiceNumberRequest update;
    update.number = "+12025550141";
    update.default_for_app_calls = true;
    expect_foreign(update, answer({{"number", "+12025550142"}}));
    expect_own(update, answer({{"number", "+12025550141"}}));

    expect_foreign(CreateVoiceTokenRequest{"agent-7"}, answer({{"identity", "agent-8"}}));
    expect_own(CreateVoiceTokenRequest{"agent-7"}, answer({{"identity", "agent-7"}}));

    const AddCallParticipantRequest added{"call_1", {CallPartyKind::number, "+12025550124"}};
    const auto between = [&](const char* from, const char* to) {
        return answer(
            {{"from", {{"kind", "number"}, {"value", from}}}, {"to", {{"kind", "number"}, {"value", to}}}});
    };
    expect_foreign(added, between("+12025550141", "+12025550125"));
    expect_own(added, between("+12025550141", "+12025550124"));
    expect_own(added, between("+12025550124", "+12025550141"));
    expect_own(added, answer({{"id", "call_2"}}));
}

/// A service with an idempotency cache, which counts what it sends.
class B1_Resume : public ReplayFixture {
  protected:
    B1_Resume() {
        mock->otherwise(Reply::computed([this](const RecordedRequest& request) -> TransportResult {
                            const std::lock_guard lock{mutex_};
                            const std::string key{request.headers.get("Idempotency-Key").value_or("")};
                            const auto found = cache_.find(key);
                            if (found != cache_.end()) {
                                return HttpResponse{202, replayed(), found->second};
                            }
                            const auto number = json::parse(request.body)["to"][0].get<std::string>();
                            if (room_ == 0) {
                                return TransportError{TransportErrorKind::closed, "killed", true, {}};
                            }
                            --room_;
                            ++sent_[number];
                            return HttpResponse{202, {}, cache_[key] = send_answer({number}).dump()};
                        }).always());
    }

    static std::string number(std::size_t i) { return "+1415555" + std::to_string(1000 + i); }
    static std::vector<SendMessageRequest> list(std::size_t from, std::size_t to) {
        std::vector<SendMessageRequest> requests;
        for (auto i = from; i < to; ++i) {
            requests.push_back(message({number(i)}));
        }
        return requests;
    }
    static std::vector<Keyed<SendMessageRequest>> keyed(const std::vector<SendMessageRequest>& requests) {
        std::vector<Keyed<SendMessageRequest>> rows;
        for (const auto& request : requests) {
            rows.push_back(Keyed{request, "row-" + request.to[0].substr(1)});
        }
        return rows;
    }
    void run_until_killed(std::size_t rows) { room_ = rows; }
    std::size_t sent_twice() const {
        std::size_t count = 0;
        for (const auto& [number, times] : sent_) {
            count += times > 1 ? 1U : 0U;
        }
        return count;
    }

    std::mutex mutex_{};
    std::map<std::string, std::string> cache_{};
    std::map<std::string, int> sent_{};
    std::size_t room_ = 1000;
};

TEST_F(B1_Resume, WithKeysOfTheRowsSendsWhatIsLeftAndNothingTwice) {
    run_until_killed(40);
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    (void)Client{options()}.bulk(keyed(list(0, 100)), bulk);
    ASSERT_EQ(sent_.size(), 40U);
    run_until_killed(1000);
    const auto report = Client{options()}.bulk(keyed(list(30, 100)), bulk);
    EXPECT_TRUE(report.all_succeeded());
    EXPECT_EQ(report.replayed, 10U);
    EXPECT_EQ(sent_.size(), 100U);
    EXPECT_EQ(sent_twice(), 0U);
    for (std::size_t i = 0; i < report.results.size(); ++i) {
        EXPECT_EQ(report.results[i]->recipients.at(0).to, number(30 + i));
    }
}

TEST_F(B1_Resume, WithABatchOverOtherRowsIsAConflictNotASuccess) {
    BulkOptions bulk;
    bulk.batch = "march";
    bulk.max_in_flight = 4;
    run_until_killed(40);
    (void)Client{options()}.bulk(list(0, 100), bulk);
    run_until_killed(1000);
    // In another process, so that this one's memory of keys does not help.
    const auto report = Client{options()}.bulk(list(40, 100), bulk);
    EXPECT_EQ(report.succeeded, 20U) << "those beyond the first run's keys";
    EXPECT_EQ(report.failed, 40U);
    EXPECT_EQ(report.replayed, 0U);
    EXPECT_EQ(report.uncertain, 0U);
    for (std::size_t i = 0; i < 40; ++i) {
        ASSERT_FALSE(report.results[i]);
        EXPECT_EQ(report.results[i].error().kind, ErrorKind::conflict);
        EXPECT_EQ(report.results[i].error().outcome, Outcome::rejected);
    }
    EXPECT_EQ(sent_twice(), 0U);
}

TEST_F(B1_Resume, WithABatchOverTheSameRowsSendsTheRest) {
    BulkOptions bulk;
    bulk.batch = "march";
    bulk.max_in_flight = 4;
    run_until_killed(40);
    (void)Client{options()}.bulk(list(0, 100), bulk);
    run_until_killed(1000);
    const auto report = Client{options()}.bulk(list(0, 100), bulk);
    EXPECT_TRUE(report.all_succeeded());
    EXPECT_EQ(report.replayed, 40U);
    EXPECT_EQ(sent_.size(), 100U);
    EXPECT_EQ(sent_twice(), 0U);
}

}  // namespace
}  // namespace sent::test
