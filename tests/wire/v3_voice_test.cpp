// Voice numbers, calls and participants.
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

namespace {

using sent::Client;
using sent::VoiceNumbers;
using wire::at;
using wire::read_reply;
using wire::Requests;

constexpr auto number = "+12025550141";
constexpr auto call_id = "call_5b1d7c20-3e4f-4a61-9b82-7c0d1e2f3a4b";
constexpr auto participant_id = "call_6c2e8d31-4f50-4b72-8c93-8d1e2f3a4b5c";
constexpr auto url = "https://voice.example.com/sent";

sent::CreateVoiceNumberRequest full_number() {
    sent::CreateVoiceNumberRequest request;
    request.callback_url = url;
    request.number = number;
    request.area_code = "202";
    request.default_for_app_calls = false;
    return request;
}

sent::UpdateVoiceNumberRequest turned_off() {
    sent::UpdateVoiceNumberRequest request;
    request.number = number;
    request.status = sent::VoiceNumberStatus::inactive;
    return request;
}

sent::UpdateVoiceNumberRequest full_update() {
    return {number, url, sent::VoiceNumberStatus::active, true};
}

std::vector<wire::RequestCase> voice_requests() {
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    const sent::CreateVoiceNumberRequest minimal{url};
    const sent::CreateVoiceTokenRequest token{"agent-7"};
    return {
        {"v3/channels.voice.create.minimal",
         [=](auto& c) { (void)c.channels().voice().create(minimal, keyed); }},
        {"v3/channels.voice.create.full",
         [=](auto& c) { (void)c.channels().voice().create(full_number(), keyed); }},
        {"v3/channels.voice.create.sandbox",
         [=](auto& c) { (void)c.channels().voice().create(minimal, simulated); }},
        {"v3/channels.voice.list.minimal", [](auto& c) { (void)c.channels().voice().list(); }},
        {"v3/channels.voice.get.minimal", [](auto& c) { (void)c.channels().voice().get(number); }},
        {"v3/channels.voice.update.minimal",
         [=](auto& c) { (void)c.channels().voice().update(turned_off(), keyed); }},
        {"v3/channels.voice.update.full",
         [=](auto& c) { (void)c.channels().voice().update(full_update(), keyed); }},
        {"v3/channels.voice.update.sandbox",
         [=](auto& c) { (void)c.channels().voice().update(turned_off(), simulated); }},
        {"v3/channels.voice.create_token.minimal",
         [=](auto& c) { (void)c.channels().voice().create_token(token, keyed); }},
        {"v3/channels.voice.create_token.full",
         [=](auto& c) {
             (void)c.channels().voice().create_token({"agent-7", number, 900}, keyed);
         }},
        {"v3/channels.voice.create_token.sandbox",
         [=](auto& c) { (void)c.channels().voice().create_token(token, simulated); }},
        {"v3/channels.voice.rotate_secret.minimal",
         [=](auto& c) { (void)c.channels().voice().rotate_secret(number, keyed); }},
        {"v3/channels.voice.rotate_secret.sandbox",
         [=](auto& c) { (void)c.channels().voice().rotate_secret(number, simulated); }},
        {"v3/channels.voice.test.minimal", [=](auto& c) { (void)c.channels().voice().test(number, keyed); }},
        {"v3/channels.voice.test.sandbox",
         [=](auto& c) { (void)c.channels().voice().test(number, simulated); }},
    };
}

sent::ListCallsRequest full_list() {
    sent::ListCallsRequest request;
    request.page = 3;
    request.page_size = 50;
    request.direction = sent::CallDirection::inbound;
    request.status = sent::CallStatus::completed;
    request.number = number;
    request.from = at("2026-11-01T00:00:00Z");
    request.to = at("2026-11-30T23:59:59Z");
    return request;
}

std::vector<wire::RequestCase> call_requests() {
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    const sent::RecordCallRequest start{call_id, sent::RecordingAction::start};
    const sent::RecordCallRequest stop{call_id, sent::RecordingAction::stop};
    return {
        {"v3/calls.list.minimal", [](auto& c) { (void)c.calls().list(); }},
        {"v3/calls.list.full", [](auto& c) { (void)c.calls().list(full_list()); }},
        {"v3/calls.get.minimal", [](auto& c) { (void)c.calls().get(call_id); }},
        {"v3/calls.hangup.minimal", [=](auto& c) { (void)c.calls().hangup(call_id, keyed); }},
        {"v3/calls.hangup.sandbox", [=](auto& c) { (void)c.calls().hangup(call_id, simulated); }},
        {"v3/calls.recordings.minimal", [](auto& c) { (void)c.calls().recordings(call_id); }},
        {"v3/calls.record.minimal", [=](auto& c) { (void)c.calls().record(start, keyed); }},
        {"v3/calls.record.sandbox", [=](auto& c) { (void)c.calls().record(stop, simulated); }},
    };
}

std::vector<wire::RequestCase> participant_requests() {
    const auto keyed = wire::keyed();
    const auto simulated = wire::in_sandbox(keyed);
    const auto sandbox = wire::in_sandbox();
    const sent::AddCallParticipantRequest user{call_id, {sent::CallPartyKind::user, "agent-7"}};
    const sent::AddCallParticipantRequest phone{
        call_id, {sent::CallPartyKind::number, "+12025550124"}, number};
    const sent::RemoveCallParticipantRequest one{call_id, participant_id};
    return {
        {"v3/calls.participants.list.minimal", [](auto& c) { (void)c.calls().participants().list(call_id); }},
        {"v3/calls.participants.add.minimal",
         [=](auto& c) { (void)c.calls().participants().add(user, keyed); }},
        {"v3/calls.participants.add.full",
         [=](auto& c) { (void)c.calls().participants().add(phone, keyed); }},
        {"v3/calls.participants.add.sandbox",
         [=](auto& c) { (void)c.calls().participants().add(user, simulated); }},
        {"v3/calls.participants.update.minimal",
         [=](auto& c) {
             (void)c.calls().participants().update({call_id, participant_id, true}, keyed);
         }},
        {"v3/calls.participants.update.sandbox",
         [=](auto& c) {
             (void)c.calls().participants().update({call_id, participant_id, false}, simulated);
         }},
        {"v3/calls.participants.remove.minimal",
         [=](auto& c) { (void)c.calls().participants().remove(one); }},
        {"v3/calls.participants.remove.sandbox",
         [=](auto& c) { (void)c.calls().participants().remove(one, sandbox); }},
        {"v3/calls.participants.remove_all.minimal",
         [](auto& c) { (void)c.calls().participants().remove_all(call_id); }},
        {"v3/calls.participants.remove_all.sandbox",
         [=](auto& c) { (void)c.calls().participants().remove_all(call_id, sandbox); }},
    };
}

INSTANTIATE_TEST_SUITE_P(V3VoiceNumbers, Requests, ::testing::ValuesIn(voice_requests()), wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V3PhoneCalls, Requests, ::testing::ValuesIn(call_requests()), wire::name_of_case);
INSTANTIATE_TEST_SUITE_P(V3CallParticipants, Requests, ::testing::ValuesIn(participant_requests()),
                         wire::name_of_case);

void expect_whole(const sent::VoiceNumber& voice) {
    EXPECT_EQ(voice.number, number);
    EXPECT_EQ(voice.status, sent::VoiceNumberStatus::active);
    EXPECT_TRUE(voice.default_for_app_calls);
    EXPECT_EQ(voice.callback_url, url);
    EXPECT_EQ(voice.created_at, at("2026-11-20T09:06:00Z"));
    EXPECT_EQ(voice.updated_at, at("2026-11-20T09:06:30Z"));
}

void expect_empty(const sent::VoiceNumber& voice, const std::string& with_number = number) {
    EXPECT_EQ(voice.number, with_number);
    EXPECT_TRUE(voice.status.empty());
    EXPECT_FALSE(voice.default_for_app_calls);
    EXPECT_FALSE(voice.callback_url || voice.created_at || voice.updated_at);
    EXPECT_TRUE(voice.callback_secret.empty());
}

void expect_strange(const sent::VoiceNumber& voice) {
    EXPECT_EQ(voice.number, number);
    EXPECT_EQ(voice.status.str(), "HUMMING");
}

template <class Function>
void expect_number_replies(const std::string& operation, Function function) {
    SCOPED_TRACE(operation);
    expect_whole(read_reply(operation + ".reply", function));
    expect_empty(read_reply(operation + ".reply_nulls", function));
    expect_strange(read_reply(operation + ".reply_unknown", function));
}

TEST(V3VoiceNumbers, HaveEveryMember) {
    const auto create = [](const Client& c) { return c.channels().voice().create({url, number}); };
    expect_number_replies("channels.voice.create", create);
    expect_number_replies("channels.voice.get",
                          [](const Client& c) { return c.channels().voice().get(number); });
    expect_number_replies("channels.voice.update",
                          [](const Client& c) { return c.channels().voice().update(full_update()); });
    EXPECT_EQ(read_reply("channels.voice.create.reply", create).callback_secret.reveal(),
              "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=");
}

TEST(V3VoiceNumbers, ComeInABareArray) {
    const auto list = [](const Client& c) { return c.channels().voice().list(); };
    const auto all = read_reply("channels.voice.list.reply", list);
    ASSERT_EQ(all.items.size(), 2U);
    expect_whole(all.items[0]);
    expect_empty(all.items[1], "+12025550142");
    wire::expect_one_page(all);
    const auto sparse = read_reply("channels.voice.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U) << "a null is no element";
    expect_empty(sparse.items[0]);
    expect_strange(read_reply("channels.voice.list.reply_unknown", list).items.at(0));
}

TEST(V3VoiceNumbers, ShowTheirSecretsOnce) {
    const auto create_token = [](const Client& c) { return c.channels().voice().create_token({"agent-7"}); };
    const auto token = read_reply("channels.voice.create_token.reply", create_token);
    EXPECT_EQ(token.token.reveal(), "eyEXAMPLE.ONLY.NOTREAL");
    EXPECT_EQ(token.identity, "agent-7");
    EXPECT_EQ(token.number, number);
    EXPECT_EQ(token.expires_at, at("2026-11-20T09:17:00Z"));
    const auto none = read_reply("channels.voice.create_token.reply_nulls", create_token);
    EXPECT_TRUE(none.token.empty() && none.identity.empty() && none.number.empty() && !none.expires_at);
    EXPECT_EQ(read_reply("channels.voice.create_token.reply_unknown", create_token).identity, "agent-7");

    const auto rotate = [](const Client& c) { return c.channels().voice().rotate_secret(number); };
    const auto secret = read_reply("channels.voice.rotate_secret.reply", rotate);
    EXPECT_EQ(secret.callback_secret.reveal(), "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDI=");
    EXPECT_TRUE(read_reply("channels.voice.rotate_secret.reply_nulls", rotate).callback_secret.empty());
    EXPECT_EQ(read_reply("channels.voice.rotate_secret.reply_unknown", rotate).callback_secret.reveal(),
              "whsec_new");
    std::ostringstream shown;
    shown << token.token << secret.callback_secret;
    EXPECT_EQ(shown.str(), "[redacted][redacted]");
}

TEST(V3VoiceNumbers, ReportTheTestOfTheirCallback) {
    const auto test = [](const Client& c) { return c.channels().voice().test(number); };
    const auto failed = read_reply("channels.voice.test.reply", test);
    EXPECT_EQ(failed.outcome, sent::VoiceTestOutcome::invalid_answer);
    EXPECT_EQ(failed.call_id, call_id);
    EXPECT_EQ(failed.answer.text, R"({"action":{"action":"dance"}})");
    ASSERT_TRUE(failed.error && failed.request && failed.response);
    EXPECT_EQ(failed.error->reason, sent::VoiceTestReason::unknown_action);
    EXPECT_EQ(failed.error->message, "The action is not known");
    EXPECT_EQ(failed.error->path, "action.action");
    EXPECT_EQ(failed.request->url, url);
    EXPECT_EQ(failed.request->headers.at("X-Webhook-ID"), "7ba7b820-9dad-11d1-80b4-00c04fd430c8");
    EXPECT_EQ(failed.request->body, "{}");
    EXPECT_EQ(failed.response->status_code, 200);
    EXPECT_EQ(failed.response->body, R"({"action":{"action":"dance"}})");
    const auto passed = read_reply("channels.voice.test.reply_nulls", test);
    EXPECT_EQ(passed.outcome, sent::VoiceTestOutcome::ok);
    EXPECT_TRUE(passed.answer.text.empty());
    EXPECT_FALSE(passed.error || passed.request || passed.response);
    EXPECT_EQ(read_reply("channels.voice.test.reply_unknown", test).outcome.str(), "hiccup");
}

/// What is refused before it is sent.
template <class Function>
void expect_refused(const std::string& part, Function function) {
    const wire::Session session;
    const auto result = function(session.client);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, sent::ErrorKind::invalid_request);
    EXPECT_NE(result.error().message.find(part), std::string::npos) << result.error();
    EXPECT_EQ(session.mock->request_count(), 0U);
}

TEST(V3VoiceNumbers, AreNotBoughtByMistake) {
    for (const char* empty : {"", " \t"}) {
        expect_refused("`number` is empty", [&](const Client& c) {
            return c.channels().voice().create({url, empty});
        });
    }
    expect_refused("`callback_url`", [](const Client& c) { return c.channels().voice().create({}); });
    expect_refused("set at least one", [](const Client& c) { return c.channels().voice().update({number}); });
    expect_refused("`identity`", [](const Client& c) { return c.channels().voice().create_token({}); });
}

void expect_whole(const sent::Call& call, bool has_timeline) {
    EXPECT_EQ(call.id, call_id);
    EXPECT_EQ(call.number, number);
    EXPECT_EQ(call.direction, sent::CallDirection::outbound);
    EXPECT_EQ(call.status, sent::CallStatus::completed);
    EXPECT_EQ(call.failure_reason, sent::CallFailureReason::no_answer);
    EXPECT_EQ(call.from.kind, sent::CallPartyKind::user);
    EXPECT_EQ(call.from.value, "agent-7");
    EXPECT_EQ(call.to.kind, sent::CallPartyKind::number);
    EXPECT_EQ(call.to.value, "+12025550123");
    EXPECT_EQ(call.started_at, at("2026-11-20T09:10:00Z"));
    EXPECT_EQ(call.answered_at, at("2026-11-20T09:10:06Z"));
    EXPECT_EQ(call.ended_at, at("2026-11-20T09:11:37Z"));
    EXPECT_EQ(call.duration_seconds, 91);
    EXPECT_EQ(call.price, 0.0105);
    EXPECT_TRUE(call.recording_available);
    ASSERT_EQ(call.timeline.size(), has_timeline ? 2U : 0U);
    if (has_timeline) {
        EXPECT_EQ(call.timeline[1].status, sent::CallStatus::answered);
        EXPECT_EQ(call.timeline[1].timestamp, at("2026-11-20T09:10:06Z"));
    }
}

void expect_empty(const sent::Call& call, const std::string& id = call_id) {
    EXPECT_EQ(call.id, id);
    EXPECT_TRUE(call.number.empty() && call.direction.empty() && call.status.empty());
    EXPECT_TRUE(call.from.kind.empty());
    EXPECT_FALSE(call.failure_reason || call.from.value || call.to.value || call.started_at ||
                 call.answered_at || call.ended_at || call.duration_seconds || call.price ||
                 call.recording_available);
    EXPECT_TRUE(call.timeline.empty());
}

void expect_strange(const sent::Call& call) {
    EXPECT_EQ(call.direction.str(), "sideways");
    EXPECT_EQ(call.status, sent::CallStatus::completed) << "in capitals";
    EXPECT_EQ(call.status.str(), "COMPLETED");
    EXPECT_EQ(call.from.kind.str(), "parrot");
    EXPECT_EQ(call.price, 0.0105);
    ASSERT_EQ(call.timeline.size(), 2U);
    EXPECT_EQ(call.timeline[0].status.str(), "DANCED");
}

TEST(V3PhoneCalls, HaveEveryMember) {
    const auto get = [](const Client& c) { return c.calls().get(call_id); };
    expect_whole(read_reply("calls.get.reply", get), true);
    expect_empty(read_reply("calls.get.reply_nulls", get));
    expect_strange(read_reply("calls.get.reply_unknown", get));
    const sent::AddCallParticipantRequest user{call_id, {sent::CallPartyKind::user, "agent-7"}};
    const auto add = [&](const Client& c) { return c.calls().participants().add(user); };
    expect_whole(read_reply("calls.participants.add.reply", add), true);
    expect_empty(read_reply("calls.participants.add.reply_nulls", add));
    expect_strange(read_reply("calls.participants.add.reply_unknown", add));
}

TEST(V3PhoneCalls, ComeInPages) {
    const auto list = [](const Client& c) { return c.calls().list(); };
    const auto page = read_reply("calls.list.reply", list);
    ASSERT_EQ(page.items.size(), 2U);
    expect_whole(page.items[0], false);
    expect_empty(page.items[1], "second");
    wire::expect_golden_totals(page);
    const auto sparse = read_reply("calls.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U);
    expect_empty(sparse.items[0]);
    wire::expect_no_totals(sparse);
    const auto extended = read_reply("calls.list.reply_unknown", list);
    expect_strange(extended.items.at(0));
    wire::expect_extended_totals(extended);
    expect_refused("`status` has capitals", [](const Client& c) {
        return c.calls().list({1, 20, {}, "COMPLETED"});
    });
    expect_refused("`page_size`", [](const Client& c) { return c.calls().list({1, 101}); });
}

TEST(V3PhoneCalls, HaveRecordings) {
    const auto read = [](const Client& c) { return c.calls().recordings(call_id); };
    const auto whole = read_reply("calls.recordings.reply", read);
    ASSERT_EQ(whole.recordings.size(), 1U);
    EXPECT_EQ(whole.recordings[0].recording_id, "rec_1");
    EXPECT_EQ(whole.recordings[0].download_url, "https://recordings.example.com/rec_1.mp3?token=s3cret");
    EXPECT_EQ(whole.recordings[0].url_expires_at, at("2026-11-20T10:00:00Z"));
    const auto sparse = read_reply("calls.recordings.reply_nulls", read);
    ASSERT_EQ(sparse.recordings.size(), 1U);
    EXPECT_TRUE(sparse.recordings[0].recording_id.empty() && sparse.recordings[0].download_url.empty());
    EXPECT_FALSE(sparse.recordings[0].url_expires_at);
    EXPECT_EQ(read_reply("calls.recordings.reply_unknown", read).recordings.at(0).recording_id, "rec_1");
}

TEST(V3PhoneCalls, HaveParticipants) {
    const auto list = [](const Client& c) { return c.calls().participants().list(call_id); };
    const auto all = read_reply("calls.participants.list.reply", list);
    ASSERT_EQ(all.items.size(), 2U);
    EXPECT_EQ(all.items[0].id, participant_id);
    EXPECT_EQ(all.items[0].kind, sent::CallPartyKind::number);
    EXPECT_EQ(all.items[0].value, "+12025550124");
    EXPECT_TRUE(all.items[0].muted);
    EXPECT_EQ(all.items[0].duration_seconds, 12);
    wire::expect_one_page(all);
    const auto sparse = read_reply("calls.participants.list.reply_nulls", list);
    ASSERT_EQ(sparse.items.size(), 2U);
    EXPECT_TRUE(sparse.items[0].kind.empty());
    EXPECT_FALSE(sparse.items[0].value || sparse.items[0].muted);
    EXPECT_EQ(read_reply("calls.participants.list.reply_unknown", list).items.at(0).kind.str(), "parrot");
    expect_refused("`to.kind`", [](const Client& c) { return c.calls().participants().add({call_id, {}}); });
    expect_refused("`to.value`", [](const Client& c) {
        return c.calls().participants().add({call_id, {sent::CallPartyKind::user, ""}});
    });
}

TEST(V3PhoneCalls, AreControlled) {
    const sent::RemoveCallParticipantRequest one{call_id, participant_id};
    wire::expect_done("calls.hangup.reply", [](const Client& c) { return c.calls().hangup(call_id); });
    wire::expect_done("calls.record.reply", [](const Client& c) {
        return c.calls().record({call_id, sent::RecordingAction::start});
    });
    wire::expect_done("calls.participants.update.reply", [](const Client& c) {
        return c.calls().participants().update({call_id, participant_id, true});
    });
    wire::expect_done("calls.participants.remove.reply",
                      [&](const Client& c) { return c.calls().participants().remove(one); });
    wire::expect_done("calls.participants.remove_all.reply",
                      [](const Client& c) { return c.calls().participants().remove_all(call_id); });
}

}  // namespace
