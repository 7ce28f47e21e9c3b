// Every public function means one thing for `{}` and for a braced list. What must not compile is in
// tests/headers.
#include <chrono>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <sent/testing/emulator.hpp>
#include <sent/webhooks.hpp>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Reply;

static_assert(std::is_aggregate_v<CallOptions>);
static_assert(std::is_default_constructible_v<CallOptions>);
template <class... Arguments>
constexpr auto is_made_from_list(int /*preferred*/)
    -> decltype(static_cast<void>(CallOptions{std::declval<Arguments>()...}), true) {
    return true;
}
template <class... Arguments>
constexpr bool is_made_from_list(long /*otherwise*/) {
    return false;
}
static_assert(is_made_from_list<>(0));
static_assert(!is_made_from_list<const char*>(0), "it would be an idempotency key");
static_assert(!is_made_from_list<std::string>(0), "it would be an idempotency key");
static_assert(!is_made_from_list<std::chrono::milliseconds>(0));
static_assert(!std::is_convertible_v<const char*, CallOptions>);

// Compiled and never called: each method of each handle, with `{}` for each parameter that takes it.
[[maybe_unused]] void compile_v1(v1::Api api) {
    (void)api.messages().send_to_contact({}, {});
    (void)api.messages().send_to_phone({}, {});
    (void)api.contacts().list({}, {});
    (void)api.contacts().all({}, {});
    (void)api.contacts().get({}, {});
    (void)api.contacts().get_by_phone({}, {});
    (void)api.templates().list({});
    (void)api.templates().all({});
    (void)api.templates().get({}, {});
    (void)api.contacts().get({"id"}, {});
    (void)api.contacts().list({1, 20});
}

[[maybe_unused]] void compile_v2(v2::Api api) {
    (void)api.messages().send_to_contact({}, {});
    (void)api.messages().send_to_phone({}, {});
    (void)api.messages().send_quick_message({}, {});
    (void)api.messages().get({}, {});
    (void)api.contacts().list({}, {});
    (void)api.contacts().all({}, {});
    (void)api.contacts().get({}, {});
    (void)api.contacts().get_by_phone({}, {});
    (void)api.templates().list({}, {});
    (void)api.templates().all({}, {});
    (void)api.templates().get({}, {});
    (void)api.templates().create({}, {});
    (void)api.templates().remove({}, {});
    (void)api.templates().remove({"id"});
    (void)api.numbers().lookup({}, {});
}

[[maybe_unused]] void compile_voice(const Client& client) {
    const VoiceNumbers numbers{client};
    (void)numbers.create({}, {});
    (void)numbers.list({});
    (void)numbers.get({}, {});
    (void)numbers.update({}, {});
    (void)numbers.create_token({}, {});
    (void)numbers.rotate_secret({}, {});
    (void)numbers.test({}, {});
    const auto calls = client.calls();
    (void)calls.list({}, {});
    (void)calls.all({}, {});
    (void)calls.get({}, {});
    (void)calls.hangup({}, {});
    (void)calls.recordings({}, {});
    (void)calls.record({}, {});
    (void)calls.participants().list({}, {});
    (void)calls.participants().add({}, {});
    (void)calls.participants().update({}, {});
    (void)calls.participants().remove({}, {});
    (void)calls.participants().remove_all({}, {});
}

[[maybe_unused]] void compile_v3(const Client& client) {
    (void)client.me({});
    (void)remaining_setup({});
    (void)remaining_setup(Error{});
    (void)remaining_setup(client.me());
    (void)client.channels().get({});
    const auto markets = client.channels().sms();
    (void)markets.list({});
    (void)markets.create({}, {});
    (void)markets.get({}, {}, {});
    (void)markets.update({}, {});
    (void)markets.numbers().list({}, {});
    (void)markets.numbers().add({}, {});
    (void)markets.numbers().replace({}, {});
    (void)markets.campaigns().list({});
    (void)markets.campaigns().create({}, {});
    (void)markets.campaigns().update({}, {});
    (void)client.channels().whatsapp().create({}, {});
    (void)client.channels().rcs().create({}, {});
    (void)client.compliance().requirements({}, {});
    (void)client.compliance().by_country({}, {});
    const auto messages = client.messages();
    (void)messages.send({}, {});
    (void)messages.send_to_many({}, {});
    (void)messages.get({}, {});
    (void)messages.activities({}, {});
    (void)messages.cancel({}, {});
    (void)messages.resend({}, {});
    (void)messages.failure_reason({}, {});
    (void)messages.wait_until_final({}, {});
    (void)messages.wait_until_final("id", {std::chrono::seconds{5}});
    (void)messages.submit_wait_until_final({}, {});
    messages.submit_wait_until_final({}, [](const Result<Message>&) {}, {});
    const auto sender_profiles = client.sender_profiles();
    (void)sender_profiles.create({}, {});
    (void)sender_profiles.list({}, {});
    (void)sender_profiles.all({}, {});
    (void)sender_profiles.get({}, {});
    (void)sender_profiles.update({}, {});
    (void)sender_profiles.remove({}, {});
    const auto contacts = client.contacts();
    (void)contacts.create({}, {});
    (void)contacts.list({}, {});
    (void)contacts.all({}, {});
    (void)contacts.get({}, {});
    (void)contacts.update({}, {});
    (void)contacts.remove({}, {});
    (void)contacts.message_summary({}, {});
    const auto templates = client.templates();
    (void)templates.create({}, {});
    (void)templates.list({}, {});
    (void)templates.all({}, {});
    (void)templates.get({}, {});
    (void)templates.update({}, {});
    (void)templates.remove({}, {});
    const auto webhooks = client.webhooks();
    (void)webhooks.create({}, {});
    (void)webhooks.list({}, {});
    (void)webhooks.all({}, {});
    (void)webhooks.get({}, {});
    (void)webhooks.update({}, {});
    (void)webhooks.remove({}, {});
    (void)webhooks.event_types({});
    (void)webhooks.events({}, {});
    (void)webhooks.all_events({}, {});
    (void)webhooks.rotate_secret({}, {});
    (void)webhooks.test({}, {}, {});
    (void)webhooks.toggle_status({}, {}, {});
    const auto conversations = client.conversations();
    (void)conversations.list({}, {});
    (void)conversations.all({});
    (void)conversations.all({}, {});
    (void)conversations.all({2, 50});
    (void)conversations.all({"id", 2, 50});
    (void)conversations.get({}, {});
    (void)client.numbers().lookup({}, {});
}

[[maybe_unused]] void compile_accounts(const Client& client) {
    const auto profiles = client.profiles();
    (void)profiles.create({}, {});
    (void)profiles.list({}, {});
    (void)profiles.get({}, {});
    (void)profiles.update({}, {});
    (void)profiles.remove({}, {});
    (void)profiles.complete({}, {});
    const auto campaigns = profiles.campaigns();
    (void)campaigns.list({}, {});
    (void)campaigns.create({}, {});
    (void)campaigns.update({}, {});
    (void)campaigns.remove({}, {}, {});
    const auto users = client.users();
    (void)users.list({}, {});
    (void)users.get({}, {});
    (void)users.create({}, {});
    (void)users.update({}, {});
    (void)users.remove({}, {});
}

[[maybe_unused]] void compile_client(const Client& client) {
    const SendMessageRequest request;
    (void)client.call(request, {});
    (void)client.submit(request, {});
    client.submit(request, [](const Result<SendMessageResponse>&) {}, {});
    (void)client.bulk(std::vector{request}, {});
    client.bulk(std::vector{request}, [](std::size_t, const Result<SendMessageResponse>&) {}, {});
    (void)client.bulk({request}, {});
    client.bulk({request}, [](std::size_t, const Result<SendMessageResponse>&) {}, {});
    const auto list = {request};
    (void)client.bulk(list);
    (void)client.request({}, {});
    (void)client.for_profile({});
    (void)client.with_options({});
    (void)Client::create({});
}

[[maybe_unused]] void compile_constructors() {
    const Client client({});
    const CurlTransport transport({});
    const webhooks::Deduplicator deduplicator({});
    const webhooks::EarlyStatuses early({});
    const webhooks::StatusTracker tracker({});
    const sent::testing::Emulator emulator({});
    const webhooks::Verifier verifier({});
    const webhooks::Signer signer({});
    const webhooks::SecretList secrets({});
    const Secret secret({});
    const Channel channel({});
    const Nullable<Channel> nullable({});
    const Headers headers({});
    const sent::testing::FakeClock clock({});
    const CancellationToken token({});
}

// sent::to_string() alone has no answer for `{}`: its overloads differ in nothing but the type.
[[maybe_unused]] void compile_webhooks(webhooks::StatusTracker& tracker, const webhooks::Verifier& verifier,
                                       sent::testing::MockTransport& mock) {
    (void)webhooks::response_status({});
    (void)webhooks::dedupe_key({}, {});
    (void)webhooks::dedupe_key({}, {}, {});
    (void)webhooks::dedupe_key({{"x-webhook-event-id", "1"}}, {});
    (void)tracker.apply({});
    (void)tracker.apply({}, {});
    (void)verifier.verify({}, {});
    (void)verifier.verify({{"x-webhook-id", "1"}}, {});
    mock.reply({}).reply({}, {}).reply({}, {}, {});
    mock.reply(200, {}, {{"X-Trace", "42"}});
    (void)Reply::json(200, {}, {{"X-Trace", "42"}});
    (void)Reply::error(402, {}, {}, {{"X-Trace", "42"}});
    (void)Reply::no_content({{"X-Trace", "42"}});
}

TEST(B26_BracedLists, OfAResultAreAValueOfATransportResultAnError) {
    EXPECT_TRUE(Result<Contact>({}).has_value());
    EXPECT_TRUE(Result<void>({}).has_value());
    EXPECT_FALSE(TransportResult({}));
    EXPECT_TRUE(TransportResult({204, {}, {}}));
}

TEST(B26_BracedLists, OfANullableAreAbsent) {
    EXPECT_TRUE(Nullable<Channel>({}).is_absent());
    Nullable<std::string> text{"x"};
    text = {};
    EXPECT_TRUE(text.is_absent());
}

using B26_Methods = ClientFixture;

TEST_F(B26_Methods, RemoveTakesABracedIdAsAnId) {
    mock->otherwise(Reply::no_content().always());
    const auto templates = Client{options()}.templates();
    EXPECT_TRUE(templates.remove({"one"}));
    EXPECT_TRUE(templates.remove("two"));
    EXPECT_TRUE(templates.remove(std::string{"three"}));
    RemoveTemplateRequest from_meta;
    from_meta.id = "four";
    from_meta.delete_from_meta = true;
    EXPECT_TRUE(templates.remove(from_meta));
    EXPECT_TRUE(templates.remove({"five", true}));
    EXPECT_FALSE(templates.remove({})) << "there is no id";
    std::vector<std::string> sent;
    for (const auto& request : mock->requests()) {
        sent.push_back(request.target() + " " + request.body);
        EXPECT_EQ(request.headers.get("Idempotency-Key").value_or(""), "");
    }
    EXPECT_THAT(
        sent, ::testing::ElementsAre("/v3/templates/one {}", "/v3/templates/two {}", "/v3/templates/three {}",
                                     R"(/v3/templates/four {"delete_from_meta":true})",
                                     R"(/v3/templates/five {"delete_from_meta":true})"));
}

TEST_F(B26_Methods, BulkTakesRequestsInBraces) {
    mock->otherwise(Reply::json(200, R"({"success":true,"data":{}})").always());
    const Client client{options()};
    const auto report = client.bulk({GetMessageRequest{"one"}, GetMessageRequest{"two"}});
    EXPECT_EQ(report.succeeded, 2U);
    std::vector<std::size_t> told;
    BulkOptions in_order;
    in_order.max_in_flight = 1;
    client.bulk(
        {Keyed{SendMessageRequest{}, "key"}},
        [&told](std::size_t index, const Result<SendMessageResponse>&) { told.push_back(index); }, in_order);
    EXPECT_THAT(told, ::testing::ElementsAre(0U));
}

TEST_F(B26_Methods, AllOfConversationsTellsOneFromAll) {
    mock->otherwise(Reply::json(200, R"({"success":true,"data":{"messages":[]}})").always());
    const auto conversations = Client{options()}.conversations();
    (void)conversations.all({}).begin();
    (void)conversations.all({2, 50}).begin();
    (void)conversations.all({"id", 3, 50}).begin();
    std::vector<std::string> targets;
    for (const auto& request : mock->requests()) {
        targets.push_back(request.target());
    }
    EXPECT_THAT(targets, ::testing::ElementsAre("/v3/conversations?page=1&page_size=20",
                                                "/v3/conversations?page=2&page_size=50",
                                                "/v3/conversations/id?page=3&page_size=50"));
}

}  // namespace
}  // namespace sent::test
