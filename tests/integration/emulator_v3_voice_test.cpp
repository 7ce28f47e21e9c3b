// Voice numbers, calls and conferences, through the public API.
#include <chrono>
#include <string>

#include <gmock/gmock.h>

#include <sent/sent.hpp>
#include <sent/v3/voice_numbers.hpp>
#include <sent/webhooks.hpp>

#include "integration/emulator_v3_receiver.hpp"
#include "support/eventually.hpp"

namespace sent::test {
namespace {

constexpr auto number = "+12025550141";
constexpr auto connects = R"({"action":{"action":"connectToNumber","number":"+12025550123"}})";

class EmulatorV3Voice : public V3ReceiverTest {
  protected:
    EmulatorV3Voice() : api_(options()) {}

    ClientOptions options() const {
        ClientOptions result;
        result.base_url = slow_.base_url();
        result.api_key = slow_.api_key();
        result.use_environment = false;
        return result;
    }
    VoiceNumber turn_on(const char* text = number) {
        const auto made = voice().create({receiver.origin() + "/voice", text});
        EXPECT_TRUE(made) << made.error();
        return made ? *made : VoiceNumber{};
    }
    VoiceNumbers voice() const { return api_.channels().voice(); }
    /// Starts a call as the other side would.
    std::string start(const Json& more = Json::object()) {
        Json body{{"number", number}};
        body.update(more);
        OtherClient control(slow_.base_url(), "", "");
        const auto answer = control.post("/_emulator/calls", body);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.json().value("id", "");
    }
    std::string start_conference() {
        return start({{"answer", {{"action", {{"action", "connectToConference"}}}}}});
    }
    CallStatus status_of(const std::string& call_id) {
        const auto call = api_.calls().get(call_id);
        return call ? call->status : CallStatus{};
    }
    template <class T>
    static void expect_conflict(const Result<T>& result) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::conflict);
        EXPECT_EQ(result.error().attempts, 1) << "the state does not pass by itself";
    }

    testing::Emulator slow_;  // seconds are seconds
    Client api_;
};

TEST_F(EmulatorV3Voice, NumbersFollowTheRulesOfTheDefault) {
    const auto first = turn_on();
    EXPECT_TRUE(first.default_for_app_calls);
    EXPECT_EQ(first.callback_secret.reveal().substr(0, 6), "whsec_");
    EXPECT_TRUE(voice().get(number)->callback_secret.empty());
    const auto again = turn_on();
    EXPECT_EQ(again.callback_secret, first.callback_secret) << "the secret is kept";

    const auto bought = voice().create({"https://voice.example.com", {}, "415"});
    ASSERT_TRUE(bought) << bought.error();
    EXPECT_EQ(bought->number.substr(0, 5), "+1415");
    EXPECT_FALSE(bought->default_for_app_calls);
    UpdateVoiceNumberRequest off;
    off.number = number;
    off.status = VoiceNumberStatus::inactive;
    expect_conflict(voice().update(off));
    UpdateVoiceNumberRequest other;
    other.number = bought->number;
    other.default_for_app_calls = true;
    ASSERT_TRUE(voice().update(other));
    EXPECT_FALSE(voice().get(number)->default_for_app_calls);
    EXPECT_EQ(voice().update(off)->status, VoiceNumberStatus::inactive);
    EXPECT_EQ(voice().list()->items.size(), 2U);

    const auto rotated = voice().rotate_secret(number);
    ASSERT_TRUE(rotated) << rotated.error();
    EXPECT_NE(rotated->callback_secret, first.callback_secret);
    EXPECT_EQ(voice().create_token({"agent-7"})->number, bought->number);
    EXPECT_EQ(voice().get("+12025550199").error().kind, ErrorKind::not_found);
}

TEST_F(EmulatorV3Voice, TestsACallbackWithASignedQuestion) {
    const auto secret_of_number = turn_on().callback_secret;
    receiver.by_default(always(200, connects));
    const auto passed = voice().test(number);
    ASSERT_TRUE(passed) << passed.error();
    EXPECT_EQ(passed->outcome, VoiceTestOutcome::ok) << (passed->error ? passed->error->message : "");
    EXPECT_EQ(nlohmann::json::parse(passed->answer.text)["action"]["callerId"], number);
    ASSERT_TRUE(passed->request && passed->response);
    EXPECT_EQ(passed->response->status_code, 200);
    const webhooks::Verifier verifier{{secret_of_number}};
    EXPECT_EQ(verifier.check(passed->request->headers, passed->request->body), webhooks::Verdict::valid);
    ASSERT_EQ(receiver.request_count(), 1U);
    EXPECT_TRUE(is_signed_with(receiver.requests()[0], std::string{secret_of_number.reveal()}));
    EXPECT_EQ(nlohmann::json::parse(receiver.requests()[0].body)["test"], true);
    EXPECT_EQ(api_.calls().get(passed->call_id).error().kind, ErrorKind::not_found);

    receiver.by_default(always(200, R"({"action":{"action":"dance"}})"));
    const auto unknown = voice().test(number);
    ASSERT_TRUE(unknown && unknown->error);
    EXPECT_EQ(unknown->error->reason, VoiceTestReason::unknown_action);
    EXPECT_EQ(unknown->error->path, "action.action");
    receiver.by_default(always(401));
    EXPECT_EQ(voice().test(number)->outcome, VoiceTestOutcome::http_error);
    CallOptions simulated;
    simulated.sandbox = true;
    EXPECT_EQ(voice().test(number, simulated)->outcome, VoiceTestOutcome::ok);
    EXPECT_EQ(receiver.request_count(), 3U) << "the sandbox asks nobody";
}

TEST_F(EmulatorV3Voice, AsksTheCallbackWhatToDo) {
    EXPECT_EQ(api_.calls().get(start())->failure_reason, CallFailureReason::callback_not_configured);
    turn_on();
    receiver.by_default(always(200, connects));
    const auto call = start();
    EXPECT_TRUE(eventually([&] { return status_of(call) == CallStatus::answered; }));
    receiver.by_default(always(500));
    const auto failed = start();
    EXPECT_TRUE(eventually([&] { return status_of(failed) == CallStatus::failed; }));
    EXPECT_EQ(api_.calls().get(failed)->failure_reason, CallFailureReason::callback_timeout);
    const auto requests = receiver.requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(requests[1].body, requests[2].body) << "the same question again";
    EXPECT_FALSE(requests[1].header("x-sent-retry"));
    EXPECT_EQ(requests[2].header("x-sent-retry"), "1");
    ListCallsRequest live;
    live.status = CallStatus::answered;
    EXPECT_EQ(api_.calls().list(live)->items.at(0).id, call);
    EXPECT_EQ(api_.calls().list()->items.size(), 3U);
}

TEST_F(EmulatorV3Voice, CallsAreRecordedAndEnded) {
    const auto call = start_conference();
    const auto calls = api_.calls();
    EXPECT_TRUE(calls.recordings(call)->recordings.empty());
    EXPECT_TRUE(calls.record({call, RecordingAction::start}));
    EXPECT_TRUE(calls.record({call, RecordingAction::stop}));
    EXPECT_EQ(calls.recordings(call)->recordings.size(), 1U);
    slow_.advance(std::chrono::seconds(90));
    ASSERT_TRUE(calls.hangup(call));
    const auto ended = calls.get(call);
    ASSERT_TRUE(ended) << ended.error();
    EXPECT_EQ(ended->status, CallStatus::completed);
    EXPECT_GE(ended->duration_seconds, 90);
    EXPECT_TRUE(ended->price && ended->recording_available);
    EXPECT_EQ(ended->timeline.size(), 4U);
    expect_conflict(calls.hangup(call));
    expect_conflict(calls.record({call, RecordingAction::start}));
    const auto between_users =
        start({{"direction", "outbound"},
               {"to", "agent-8"},
               {"answer", {{"action", {{"action", "connectToUser"}, {"identity", "agent-8"}}}}}});
    expect_conflict(calls.hangup(between_users));
    EXPECT_FALSE(calls.get(between_users)->answered_at);
}

TEST_F(EmulatorV3Voice, ConferencesHaveParticipants) {
    const auto call = start_conference();
    const auto room = api_.calls().participants();
    ASSERT_EQ(room.list(call)->items.size(), 1U) << "the call itself";
    const auto added = room.add({call, {CallPartyKind::number, "+12025550124"}});
    ASSERT_TRUE(added) << added.error();
    EXPECT_EQ(added->number, number);
    ASSERT_TRUE(room.update({call, added->id, true}));
    const auto all = room.list(call);
    ASSERT_EQ(all->items.size(), 2U);
    EXPECT_TRUE(all->items[1].muted);
    EXPECT_EQ(all->items[1].value, "+12025550124");
    EXPECT_EQ(room.update({call, "call_nobody", true}).error().kind, ErrorKind::not_found);
    ASSERT_TRUE(room.remove({call, added->id}));
    EXPECT_EQ(status_of(added->id), CallStatus::completed);
    EXPECT_EQ(room.remove({call, added->id}).error().kind, ErrorKind::not_found);
    ASSERT_TRUE(room.remove_all(call));
    EXPECT_EQ(status_of(call), CallStatus::completed);
    expect_conflict(room.list(call));
    expect_conflict(room.add({call, {CallPartyKind::user, "agent-7"}}));
}

TEST_F(EmulatorV3Voice, StopsWhileACallbackIsAsked) {
    turn_on();
    receiver.by_default({read_request(), wait_for_close()});
    auto later = api_.submit(TestVoiceCallbackRequest{number});
    EXPECT_TRUE(eventually([&] { return receiver.request_count() == 1; }));
    const auto before = std::chrono::steady_clock::now();
    slow_.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(2));
    (void)later.get();
}

}  // namespace
}  // namespace sent::test
