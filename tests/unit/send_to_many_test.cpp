#include <algorithm>
#include <chrono>
#include <mutex>
#include <set>
#include <string>
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

std::string number(std::size_t i) {
    return "+4420" + std::to_string(10'000'000 + i);
}

std::vector<std::string> numbers(std::size_t count) {
    std::vector<std::string> list;
    list.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        list.push_back(number(i));
    }
    return list;
}

/// What the service answers: one message for each recipient and channel, with an id that tells of both.
json recipients_for(const json& request) {
    const auto channels = request.value("channel", json::array({nullptr}));
    json recipients = json::array();
    for (const auto& to : request.at("to")) {
        for (const auto& channel : channels) {
            const auto name = channel.is_null() ? std::string{"any"} : channel.get<std::string>();
            recipients.push_back({{"message_id", name + ":" + to.get<std::string>()},
                                  {"to", to},
                                  {"channel", name == "any" || name == "sent" ? json(nullptr) : channel}});
        }
    }
    return recipients;
}

TransportResult accepted(const json& recipients) {
    const json body{{"success", true}, {"data", {{"status", "QUEUED"}, {"recipients", recipients}}}};
    return HttpResponse{202, {}, body.dump()};
}

/// Messages::send_to_many.
class SendToMany : public ClientFixture {
  protected:
    SendToMany() {
        mock->otherwise(Reply::computed([](const RecordedRequest& request) {
            return accepted(recipients_for(json::parse(request.body)));
        }));
    }

    static SendMessageRequest to(std::vector<std::string> recipients) {
        SendMessageRequest request;
        request.to = std::move(recipients);
        request.text = "Hi";
        return request;
    }
    static SendToManyOptions options_with_key(const std::string& key, std::size_t part = 1000) {
        SendToManyOptions send_options;
        send_options.call.idempotency_key = key;
        send_options.recipients_per_request = part;
        return send_options;
    }
    [[nodiscard]] SendToManyReport send(const SendMessageRequest& request,
                                        const SendToManyOptions& send_options = {}) const {
        return Client{options()}.messages().send_to_many(request, send_options);
    }
    /// Of what was sent, by first recipient, since parts may overtake one another.
    [[nodiscard]] std::vector<RecordedRequest> sorted_requests() const {
        auto requests = mock->requests();
        std::sort(requests.begin(), requests.end(), [](const auto& a, const auto& b) {
            return json::parse(a.body)["to"][0] < json::parse(b.body)["to"][0];
        });
        return requests;
    }
    [[nodiscard]] std::vector<std::string> keys() const {
        std::vector<std::string> keys;
        for (const auto& request : sorted_requests()) {
            keys.emplace_back(request.headers.get("Idempotency-Key").value_or(""));
        }
        return keys;
    }
};

TEST_F(SendToMany, SendsNothingToNobody) {
    const auto report = send(to({}));
    EXPECT_TRUE(report.recipients.empty());
    EXPECT_TRUE(report.requests.empty());
    EXPECT_EQ(report.accepted + report.failed + report.uncertain, 0U);
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(SendToMany, MakesAsManyRequestsAsTheListNeeds) {
    const struct {
        std::size_t recipients;
        std::vector<std::size_t> parts;
    } cases[] = {{1, {1}}, {1000, {1000}}, {1001, {1000, 1}}, {2500, {1000, 1000, 500}}};
    for (const auto& expected : cases) {
        mock->reset();
        mock->otherwise(Reply::computed([](const RecordedRequest& request) {
            return accepted(recipients_for(json::parse(request.body)));
        }));

        const auto report = send(to(numbers(expected.recipients)));

        std::vector<std::size_t> parts;
        for (const auto& request : sorted_requests()) {
            parts.push_back(json::parse(request.body)["to"].size());
        }
        EXPECT_EQ(parts, expected.parts);
        EXPECT_EQ(report.requests.size(), expected.parts.size());
        EXPECT_EQ(report.accepted, expected.recipients);
        EXPECT_EQ(report.failed + report.uncertain, 0U);
        ASSERT_EQ(report.recipients.size(), expected.recipients);
        for (std::size_t i = 0; i < expected.recipients; ++i) {
            const auto& recipient = report.recipients[i];
            ASSERT_EQ(recipient.to, number(i));
            ASSERT_EQ(recipient.message_id, "any:" + number(i));
            ASSERT_EQ(recipient.request, i / 1000);
            ASSERT_EQ(recipient.outcome, Outcome::accepted);
            ASSERT_TRUE(recipient.channel.empty());
        }
    }
}

TEST_F(SendToMany, KeepsTheRestOfTheRequest) {
    auto request = to(numbers(3));
    request.text.reset();
    request.template_ref.emplace().name = "reminder";
    request.template_ref->parameters = {{"name", "Ada"}};
    request.channel = {Channel::sms};
    request.subject = "S";

    (void)send(request, options_with_key("k", 2));

    for (const auto& part : sorted_requests()) {
        auto body = json::parse(part.body);
        body.erase("to");
        EXPECT_EQ(body, json::parse(R"({"channel":["sms"],"template":{"name":"reminder",
                                       "parameters":{"name":"Ada"}},"subject":"S"})"));
    }
}

TEST_F(SendToMany, NeverMakesAPartLargerThanTheServiceAccepts) {
    SendToManyOptions send_options;
    for (const std::size_t size : {std::size_t{0}, std::size_t{100'000}}) {
        send_options.recipients_per_request = size;
        const auto report = send(to(numbers(1001)), send_options);
        EXPECT_EQ(report.requests.size(), size == 0 ? 1001U : 2U);
        EXPECT_EQ(report.accepted, 1001U);
    }
}

TEST_F(SendToMany, ReportsEachChannelOfABroadcast) {
    auto request = to(numbers(3));
    request.channel = {Channel::sms, Channel::whatsapp};

    const auto report = send(request, options_with_key("k", 2));

    EXPECT_EQ(report.accepted, 6U);
    ASSERT_EQ(report.recipients.size(), 6U);
    for (std::size_t i = 0; i < 6; ++i) {
        const auto& recipient = report.recipients[i];
        const std::string channel = i % 2 == 0 ? "sms" : "whatsapp";
        EXPECT_EQ(recipient.to, number(i / 2));
        EXPECT_EQ(recipient.channel.str(), channel);
        EXPECT_EQ(recipient.message_id, channel + ":" + number(i / 2));
        EXPECT_EQ(recipient.request, i / 4);
    }
}

TEST_F(SendToMany, FindsMessagesInAnyOrder) {
    mock->otherwise(Reply::computed([](const RecordedRequest& request) {
        auto recipients = recipients_for(json::parse(request.body));
        std::reverse(recipients.begin(), recipients.end());
        return accepted(recipients);
    }));
    auto request = to(numbers(5));
    request.channel = {Channel::sms, Channel::rcs};

    for (const auto& recipient : send(request).recipients) {
        EXPECT_EQ(recipient.message_id, recipient.channel.str() + ":" + recipient.to);
    }
}

TEST_F(SendToMany, FindsMessagesWhoseNumbersAreWrittenInAnotherWay) {
    mock->otherwise(Reply::computed([](const RecordedRequest&) {
        return accepted(json::parse(R"([{"message_id":"a","to":"+44 20 1000 0000"},
                                        {"message_id":"b","to":"+44 20 1000 0001"}])"));
    }));

    const auto report = send(to(numbers(2)));

    EXPECT_EQ(report.recipients.at(0).message_id, "a");
    EXPECT_EQ(report.recipients.at(1).message_id, "b");
}

TEST_F(SendToMany, DoesNotGuessWhenMessagesAreMissing) {
    mock->otherwise(Reply::computed([](const RecordedRequest&) {
        return accepted(
            json::parse(R"([{"message_id":"b","to":")" + number(1) + R"("},{"to":"+1","message_id":"x"}])"));
    }));

    const auto report = send(to(numbers(3)));

    EXPECT_FALSE(report.recipients.at(0).message_id);
    EXPECT_EQ(report.recipients.at(1).message_id, "b");
    EXPECT_FALSE(report.recipients.at(2).message_id);
    EXPECT_EQ(report.accepted, 1U);
    EXPECT_EQ(report.uncertain, 2U) << "the reply does not name them";
}

TEST_F(SendToMany, GivesEachOccurrenceOfANumberItsMessage) {
    mock->otherwise(Reply::computed([](const RecordedRequest&) {
        return accepted(json::parse(R"([{"message_id":"a","to":"+14155550100"},)"
                                    R"({"message_id":"b","to":"+14155550100"}])"));
    }));

    SendToManyOptions send_options;
    send_options.leave_out_repeated_numbers = false;
    const auto report = send(to({"+14155550100", "+14155550100"}), send_options);

    EXPECT_EQ(report.recipients.at(0).message_id, "a");
    EXPECT_EQ(report.recipients.at(1).message_id, "b");
}

TEST_F(SendToMany, LeavesOutWhatIsNoNumberAndSendsToTheRest) {
    auto request = to({"14155550100", number(0), "", number(1), "+1415555010000000"});
    request.channel = {Channel::sms, Channel::whatsapp};

    const auto report = send(request);

    ASSERT_EQ(mock->requests().size(), 1U);
    EXPECT_EQ(json::parse(mock->requests()[0].body)["to"], json({number(0), number(1)}));
    ASSERT_EQ(report.recipients.size(), 10U);
    for (std::size_t i = 0; i < report.recipients.size(); ++i) {
        const auto& recipient = report.recipients[i];
        EXPECT_EQ(recipient.to, request.to[i / 2]);
        EXPECT_EQ(recipient.channel, request.channel[i % 2]);
        const bool is_sent = i / 2 == 1 || i / 2 == 3;
        EXPECT_EQ(recipient.outcome, is_sent ? Outcome::accepted : Outcome::not_sent);
        EXPECT_EQ(recipient.request.has_value(), is_sent);
        EXPECT_EQ(recipient.left_out, is_sent ? LeftOut::no : LeftOut::bad_number);
        EXPECT_EQ(recipient.reason.empty(), is_sent);
        EXPECT_EQ(recipient.message_id.has_value(), is_sent);
    }
    EXPECT_EQ(report.accepted, 4U);
    EXPECT_EQ(report.failed, 6U);
}

TEST_F(SendToMany, B12_SaysForEachBadNumberWhyItIsLeftOut) {
    const auto report = send(to({"\xEF\xBB\xBF" + number(0), "0044 20 7183 8750", "020 7183 8750", "",
                                 "+1415", "n/a", "+44 (0)20 7183 8750", number(1)}));

    std::vector<std::string> reasons;
    for (const auto& recipient : report.recipients) {
        reasons.push_back(recipient.reason.substr(0, recipient.reason.find_first_of(",;")));
    }
    EXPECT_THAT(reasons, ::testing::ElementsAre(
                             "the number is not written as E.164", "the number is not written as E.164",
                             "the number begins with neither `+` nor `00`", "there is no digit",
                             "the number has 4 digits with its country code",
                             "the character U+006E at byte 0 is in no phone number",
                             HasSubstr("a 0 in parentheses"), ""));
    EXPECT_EQ(report.accepted, 1U);
    EXPECT_EQ(report.failed, 7U);
}

TEST_F(SendToMany, SendsNothingWhenNoNumberIsLeft) {
    const auto report = send(to({"nobody", "+"}));
    EXPECT_TRUE(mock->requests().empty());
    EXPECT_EQ(report.failed, 2U);
    EXPECT_EQ(report.recipients.size(), 2U);
}

TEST_F(SendToMany, LeavesTheRuleToTheServiceWhenToldTo) {
    SendToManyOptions send_options;
    send_options.leave_out_bad_numbers = false;
    (void)send(to({"nobody", number(0)}), send_options);
    ASSERT_EQ(mock->requests().size(), 1U);
    EXPECT_EQ(json::parse(mock->requests()[0].body)["to"].size(), 2U);
}

TEST(E164, IsAPlusAndSevenToFifteenDigits) {
    for (const char* good : {"+1234567", "+14155550100", "+442071838750", "+123456789012345"}) {
        EXPECT_TRUE(is_e164(good)) << good;
    }
    for (const char* bad : {"", "+", "14155550100", "0014155550100", "+0155550100", "+1 415 555 0100",
                            "+1415555CALL", "+123456", "+1234567890123456", " +14155550100", "+14155550100\n",
                            "+\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4\xD9\xA5"}) {
        EXPECT_FALSE(is_e164(bad)) << bad;
    }
}

TEST_F(SendToMany, LeavesTheOthersAloneWhenAPartFails) {
    mock->otherwise(Reply::computed([](const RecordedRequest& request) -> TransportResult {
        const auto body = json::parse(request.body);
        if (body["to"][0] == number(2)) {
            return HttpResponse{400, {}, R"({"success":false,"error":{"code":"VALIDATION_002"}})"};
        }
        return accepted(recipients_for(body));
    }));

    const auto report = send(to(numbers(6)), options_with_key("k", 2));

    EXPECT_EQ(report.accepted, 4U);
    EXPECT_EQ(report.failed, 2U);
    EXPECT_EQ(report.uncertain, 0U);
    ASSERT_EQ(report.requests.size(), 3U);
    ASSERT_FALSE(report.requests[1]);
    EXPECT_EQ(report.requests[1].error().code, "VALIDATION_002");
    EXPECT_EQ(report.recipients.at(2).outcome, Outcome::rejected);
    EXPECT_FALSE(report.recipients.at(2).message_id);
    EXPECT_EQ(report.recipients.at(2).request, 1U);
    EXPECT_EQ(report.recipients.at(4).outcome, Outcome::accepted);
}

TEST_F(SendToMany, CallsAnUnknownOutcomeUncertain) {
    mock->otherwise(Reply::computed([](const RecordedRequest& request) -> TransportResult {
        const auto body = json::parse(request.body);
        if (body["to"][0] == number(0)) {
            return TransportError{TransportErrorKind::timeout, "no answer", true, {}};
        }
        return accepted(recipients_for(body));
    }));

    const auto report = send(to(numbers(3)), options_with_key("order", 2));

    EXPECT_EQ(report.uncertain, 2U);
    EXPECT_EQ(report.accepted, 1U);
    EXPECT_EQ(report.recipients.at(0).outcome, Outcome::unknown);
    ASSERT_FALSE(report.requests.at(0));
    EXPECT_EQ(report.requests[0].error().idempotency_key, "order-1") << "for asking again";
    EXPECT_EQ(report.requests[0].error().attempts, 3) << "with its own key it is safe to repeat";
}

TEST_F(SendToMany, CountsAReplyThatIsNotTheServicesAsUncertain) {
    mock->otherwise(Reply::json(202, "<html>"));

    const auto report = send(to(numbers(2)));

    EXPECT_EQ(report.uncertain, 2U);
    EXPECT_EQ(report.recipients.at(0).outcome, Outcome::unknown);
    EXPECT_FALSE(report.recipients.at(0).message_id);
}

/// Recipients that the reply does not name.
class A6_SendToMany : public SendToMany {
  protected:
    void answer(const std::string& recipients, const Headers& headers = {}) {
        mock->otherwise(
            Reply::json(202, R"({"success":true,"data":{"recipients":)" + recipients + "}}", headers));
    }
    static std::vector<Outcome> outcomes(const SendToManyReport& report) {
        std::vector<Outcome> result;
        for (const auto& recipient : report.recipients) {
            result.push_back(recipient.outcome);
        }
        return result;
    }
};

TEST_F(A6_SendToMany, OneOfThreeNamedIsOneAccepted) {
    for (const auto* headers : {"", "true"}) {
        answer(R"([{"message_id":"b","to":")" + number(1) + R"("}])",
               *headers != 0 ? Headers{{"Idempotent-Replayed", headers}} : Headers{});
        const auto report = send(to(numbers(3)), options_with_key("list"));
        EXPECT_EQ(outcomes(report),
                  (std::vector<Outcome>{Outcome::unknown, Outcome::accepted, Outcome::unknown}));
        EXPECT_EQ(report.accepted, 1U);
        EXPECT_EQ(report.uncertain, 2U);
        EXPECT_EQ(report.failed, 0U);
        EXPECT_EQ(report.recipients[1].message_id, "b");
        EXPECT_EQ(report.requests.at(0).meta().idempotency_key, "list-1") << "for asking again";
    }
}

TEST_F(A6_SendToMany, NoneNamedIsNoneAccepted) {
    for (const auto* body :
         {R"({"success":true})", R"({"success":true,"data":{"recipients":[]}})",
          R"({"success":true,"data":{"recipients":[{"message_id":"a"},{"message_id":"b"}]}})"}) {
        mock->otherwise(Reply::json(202, body));
        EXPECT_EQ(send(to(numbers(2))).uncertain, 2U) << body;
    }
}

TEST_F(A6_SendToMany, NothingIsMatchedByPosition) {
    answer(R"([{"message_id":"a","to":"+14155550199"},{"message_id":"b","to":")" + number(1) + R"("}])");
    const auto report = send(to(numbers(2)));
    EXPECT_EQ(outcomes(report), (std::vector<Outcome>{Outcome::unknown, Outcome::accepted}));
    EXPECT_FALSE(report.recipients[0].message_id);
}

TEST_F(A6_SendToMany, ACorrectedNumberUnderAnOldKeyIsNotAccepted) {
    answer(R"([{"message_id":"a","to":")" + number(0) + R"("},{"message_id":"x","to":"+14155550199"}])",
           {{"Idempotent-Replayed", "true"}});
    const auto report = send(to(numbers(2)), options_with_key("list"));
    ASSERT_FALSE(report.requests.at(0));
    EXPECT_EQ(report.requests[0].error().kind, ErrorKind::conflict);
    EXPECT_EQ(report.requests[0].error().outcome, Outcome::rejected);
    EXPECT_THAT(report.requests[0].error().message, HasSubstr("list-1"));
    EXPECT_EQ(outcomes(report), (std::vector<Outcome>{Outcome::accepted, Outcome::rejected}))
        << "the first one has had this message, the corrected one has not";
    EXPECT_EQ(report.recipients[0].message_id, "a");
    EXPECT_FALSE(report.recipients[1].message_id);
}

TEST_F(A6_SendToMany, RecipientsBeyondWhatAnErrorKeepsOfAReplayAreUnknown) {
    constexpr std::size_t many = 1000;
    std::string rows = R"({"message_id":"x","to":"+14155550199"})";
    for (std::size_t i = 1; i < many; ++i) {
        rows += R"(,{"message_id":"00000000-0000-0000-0000-)" + std::to_string(100'000'000'000 + i) +
                R"(","to":")" + number(i) + R"(","channel":"whatsapp"})";
    }
    answer('[' + rows + ']', {{"Idempotent-Replayed", "true"}});
    const auto report = send(to(numbers(many)), options_with_key("list"));
    ASSERT_EQ(report.requests.at(0).error().outcome, Outcome::rejected);
    EXPECT_EQ(report.failed, 0U) << "all but the first have had the message";
    EXPECT_EQ(report.uncertain + report.accepted, many);
}

TEST_F(A6_SendToMany, AnotherTemplateUnderAnOldKeyIsAcceptedForNobody) {
    mock->otherwise(Reply::json(
        202,
        R"({"success":true,"data":{"template_name":"other","recipients":[{"to":")" + number(0) + R"("}]}})",
        {{"Idempotent-Replayed", "true"}}));
    const auto report = send(to(numbers(1)), options_with_key("list"));
    EXPECT_EQ(report.failed, 1U);
    EXPECT_EQ(report.recipients[0].outcome, Outcome::rejected);
}

TEST_F(A6_SendToMany, ABroadcastCountsEachChannel) {
    auto request = to(numbers(2));
    request.channel = {Channel::sms, Channel::whatsapp};
    answer(R"([{"message_id":"0s","to":")" + number(0) + R"(","channel":"sms"},)" +
           R"({"message_id":"1","to":")" + number(1) + R"(","channel":null},)" +
           R"({"message_id":"1s","to":")" + number(1) + R"(","channel":"SMS"}])");
    const auto report = send(request);
    EXPECT_EQ(outcomes(report), (std::vector<Outcome>{Outcome::accepted, Outcome::unknown, Outcome::accepted,
                                                      Outcome::accepted}));
    EXPECT_EQ(report.recipients[0].message_id, "0s");
    EXPECT_EQ(report.recipients[2].message_id, "1s") << "its own channel first";
    EXPECT_EQ(report.recipients[3].message_id, "1");
}

TEST_F(A6_SendToMany, SpellingsOfTheReplyAreReadByTheirDigits) {
    for (const auto* spelling : {"+442010000000", "442010000000", "00442010000000", "+44 20 1000-0000",
                                 "tel:+44-20-1000-0000", "+44 (20) 1000 0000",
                                 "\xE2\x80\xAA+44\xC2\xA0"
                                 "20 1000\xE2\x80\x91"
                                 "0000\xE2\x80\xAC"}) {
        answer(R"([{"message_id":"a","to":")" + std::string{spelling} + R"("}])");
        EXPECT_EQ(send(to({"+442010000000"})).accepted, 1U) << spelling;
    }
}

/// Runs that cannot succeed: see B7_RunThatCannotSucceed.
TEST_F(SendToMany, B7_ARevokedKeyEndsTheRun) {
    mock->otherwise(Reply::json(401, R"({"success":false,"error":{"code":"AUTH_002"}})").always());
    SendToManyOptions send_options;
    send_options.recipients_per_request = 1;
    const auto report = send(to(numbers(100)), send_options);
    EXPECT_LE(mock->request_count(), 4U);
    EXPECT_EQ(report.failed, 100U);
    EXPECT_EQ(report.recipients.back().outcome, Outcome::not_sent);
    ASSERT_TRUE(report.stopped_by);
    EXPECT_EQ(report.stopped_by->code, "AUTH_002");
}

/// SendToManyOptions::leave_out_repeated_numbers.
class B11_RepeatedNumbers : public SendToMany {};

TEST_F(B11_RepeatedNumbers, GetOneMessageAndAreReportedInTheirPlaces) {
    const auto report = send(to({number(0), number(1), number(0), number(0)}));
    ASSERT_EQ(mock->requests().size(), 1U);
    EXPECT_EQ(json::parse(mock->requests()[0].body)["to"], json({number(0), number(1)}));
    ASSERT_EQ(report.recipients.size(), 4U);
    EXPECT_EQ(report.accepted, 2U);
    EXPECT_EQ(report.repeated, 2U);
    EXPECT_EQ(report.failed + report.uncertain, 0U);
    for (const std::size_t i : {2U, 3U}) {
        const auto& left_out = report.recipients[i];
        EXPECT_EQ(left_out.to, number(0));
        EXPECT_EQ(left_out.left_out, LeftOut::repeated_number);
        EXPECT_EQ(left_out.outcome, Outcome::not_sent);
        EXPECT_FALSE(left_out.request);
        EXPECT_FALSE(left_out.message_id);
        EXPECT_THAT(left_out.reason, HasSubstr("number 1 of the list"));
    }
    EXPECT_EQ(report.recipients[0].left_out, LeftOut::no);
    EXPECT_EQ(report.recipients[0].reason, "");
    EXPECT_TRUE(report.recipients[0].message_id);
}

TEST_F(B11_RepeatedNumbers, AreFoundOverAllRequestsAndChannels) {
    auto request = to({number(0), number(1), number(2), number(0)});
    request.channel = {Channel::sms, Channel::whatsapp};
    SendToManyOptions send_options;
    send_options.recipients_per_request = 1;
    const auto report = send(request, send_options);
    EXPECT_EQ(mock->request_count(), 3U);
    EXPECT_EQ(report.accepted, 6U);
    EXPECT_EQ(report.repeated, 2U);
    EXPECT_EQ(report.recipients.size(), 8U);
}

TEST_F(B11_RepeatedNumbers, AreFoundInOtherSpellingsWhereThoseAreSent) {
    SendToManyOptions send_options;
    send_options.leave_out_bad_numbers = false;
    const auto report =
        send(to({"+1 415 555 0100", "+14155550100", "0014155550100", "nobody", "somebody"}), send_options);
    EXPECT_EQ(json::parse(mock->requests().at(0).body)["to"],
              json({"+1 415 555 0100", "nobody", "somebody"}));
    EXPECT_EQ(report.repeated, 2U);
}

TEST_F(B11_RepeatedNumbers, AreSentToTwiceWhenToldTo) {
    SendToManyOptions send_options;
    send_options.leave_out_repeated_numbers = false;
    const auto report = send(to({number(0), number(0)}), send_options);
    EXPECT_EQ(json::parse(mock->requests().at(0).body)["to"].size(), 2U);
    EXPECT_EQ(report.accepted, 2U);
    EXPECT_EQ(report.repeated, 0U);
}

TEST_F(B11_RepeatedNumbers, ARepeatedChannelIsSentToOnce) {
    auto request = to({number(1), number(1), number(2)});
    request.channel = {Channel::sms, Channel::whatsapp, "SMS", Channel::sms};
    const auto report = send(request);
    EXPECT_EQ(report.accepted, 4U);
    EXPECT_EQ(report.repeated, 2U);
    ASSERT_EQ(report.recipients.size(), 6U);
    EXPECT_EQ(report.recipients[4].channel, Channel::sms);
    EXPECT_EQ(report.recipients[5].channel, Channel::whatsapp);
    EXPECT_EQ(json::parse(mock->requests().at(0).body).at("channel"), (json{"sms", "whatsapp"}));
}

TEST_F(A6_SendToMany, AnotherTextUnderAnOldKeyIsAcceptedForNobody) {
    auto recipients = recipients_for(json{{"to", json::array({number(1)})}});
    recipients[0]["body"] = "Something else";
    const json body{{"success", true}, {"data", {{"recipients", recipients}}}};
    mock->otherwise(Reply::json(202, body.dump(), {{"Idempotent-Replayed", "true"}}).always());
    const auto report = send(to({number(1)}), options_with_key("old"));
    EXPECT_EQ(report.accepted, 0U);
    EXPECT_EQ(report.failed, 1U);
}

TEST_F(SendToMany, NumbersTheCallersKey) {
    (void)send(to(numbers(5)), options_with_key("order-7", 2));
    EXPECT_EQ(keys(), (std::vector<std::string>{"order-7-1", "order-7-2", "order-7-3"}));
}

TEST_F(SendToMany, NumbersTheClientsKeyToo) {
    CallOptions defaults;
    defaults.idempotency_key = "order-8";
    SendToManyOptions send_options;
    send_options.recipients_per_request = 2;

    const auto report =
        Client{options()}.with_options(defaults).messages().send_to_many(to(numbers(4)), send_options);

    EXPECT_EQ(report.accepted, 4U);
    EXPECT_EQ(keys(), (std::vector<std::string>{"order-8-1", "order-8-2"}))
        << "under one key only the first part would go out";
}

TEST_F(SendToMany, MakesAKeyForEachPart) {
    SendToManyOptions send_options;
    send_options.recipients_per_request = 1;
    (void)send(to(numbers(3)), send_options);
    const auto made = keys();
    EXPECT_EQ((std::set<std::string>{made.begin(), made.end()}.size()), 3U);
    EXPECT_EQ(std::count(made.begin(), made.end(), ""), 0);
}

TEST_F(SendToMany, RefusesAKeyThatItsPartsCanNotHave) {
    const auto report = send(to(numbers(2)), options_with_key(std::string(255, 'a'), 1));
    EXPECT_EQ(report.failed, 2U);
    EXPECT_EQ(report.requests.at(0).error().kind, ErrorKind::invalid_request);
    EXPECT_THAT(report.requests[0].error().message, HasSubstr("idempotency_key"));
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(SendToMany, StopsWhenItIsCancelled) {
    CancellationSource source;
    SendToManyOptions send_options;
    send_options.recipients_per_request = 1;
    send_options.max_in_flight = 1;
    send_options.call.cancel = source.token();
    mock->reply(Reply::computed([&](const RecordedRequest& request) {
        source.cancel();
        return accepted(recipients_for(json::parse(request.body)));
    }));

    const auto report = send(to(numbers(10)), send_options);

    ASSERT_EQ(report.recipients.size(), 10U);
    ASSERT_EQ(report.requests.size(), 10U);
    EXPECT_LE(mock->request_count(), 2U);
    EXPECT_GE(report.failed, 8U);
    EXPECT_EQ(report.recipients.back().outcome, Outcome::not_sent);
    EXPECT_EQ(report.requests.back().error().kind, ErrorKind::cancelled);
}

TEST_F(SendToMany, KeepsWithinTheNumberInFlight) {
    SendToManyOptions send_options;
    send_options.recipients_per_request = 1;
    send_options.max_in_flight = 0;
    const auto report = send(to(numbers(20)), send_options);
    EXPECT_EQ(report.accepted, 20U) << "0 counts as 1";
}

}  // namespace
}  // namespace sent::test
