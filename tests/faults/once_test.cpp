// The promise itself: whatever goes wrong, at whatever point of an exchange, a write takes effect at most
// once, and its outcome is true. Every send of the three generations, and writes of every resource of v3,
// against the emulator, which counts what it has accepted.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>

#include "fault_scene.hpp"

namespace sent::test {
namespace {

using sent::testing::Emulator;
using sent::testing::Fault;
using sent::testing::FaultKind;
using std::chrono::milliseconds;

/// How one logical write ended, whatever it answers with.
struct End {
    bool success = false;
    std::optional<Error> error{};
};

struct Subject {
    Emulator& emulator;
    const Client& client;
    Driver driver;
};

/// A write, and how often it has taken effect.
struct Write {
    const char* name;
    /// Under which path the emulator's faults strike.
    const char* path;
    bool is_keyed;
    std::function<End(const Subject&)> perform;
    std::function<std::int64_t(const Subject&)> effects;
};

/// For CTest's list, which has the parameter in it.
void PrintTo(const Write& write, std::ostream* out) {
    *out << write.name;
}

template <class Request>
std::function<End(const Subject&)> performing(std::function<Request(Emulator&)> make) {
    return [make = std::move(make)](const Subject& subject) {
        const auto result = sent::test::perform(subject.client, subject.driver, make(subject.emulator));
        return End{result.has_value(),
                   result ? std::optional<Error>{} : std::optional<Error>{result.error()}};
    };
}

std::int64_t accepted(const Subject& subject) {
    return static_cast<std::int64_t>(subject.emulator.accepted_messages());
}

/// Counts rows of a list.
template <class List>
std::function<std::int64_t(const Subject&)> total_of(List list) {
    return [list](const Subject& subject) {
        const auto page = list(subject.client);
        EXPECT_TRUE(page) << to_string(page.error());
        return page ? std::int64_t{page->total_count} : -1;
    };
}

std::string first_contact(Emulator& emulator) {
    return emulator.seeds().contacts.at(0).id;
}
std::string first_number(Emulator& emulator) {
    return emulator.seeds().contacts.at(0).phone_number;
}
std::string first_template(Emulator& emulator) {
    return emulator.seeds().templates.at(0).id;
}

const std::map<std::string, std::string>& variables() {
    static const std::map<std::string, std::string> values{{"name", "Ada"}, {"order_id", "1"}};
    return values;
}

v3::SendMessageRequest v3_send(Emulator& emulator) {
    v3::SendMessageRequest request;
    request.to = {first_number(emulator)};
    request.template_ref.emplace();
    request.template_ref->id = first_template(emulator);
    request.template_ref->parameters = variables();
    return request;
}

v3::CreateTemplateRequest v3_template() {
    v3::CreateTemplateRequest request;
    auto& text = request.definition.body.multi_channel.emplace();
    text.text = "Hello {{1:variable}}";
    text.variables = {v3::text_variable(1, "name", "Ada")};
    return request;
}

std::vector<Write> sends() {
    return {
        {"v1_to_contact", "/v1/messages", false, performing<v1::SendToContactRequest>([](Emulator& emulator) {
             v1::SendToContactRequest request;
             request.contact_id = first_contact(emulator);
             request.template_id = first_template(emulator);
             request.message_body = variables();
             return request;
         }),
         accepted},
        {"v1_to_phone", "/v1/messages", false, performing<v1::SendToPhoneRequest>([](Emulator& emulator) {
             v1::SendToPhoneRequest request;
             request.phone_number = first_number(emulator);
             request.template_id = first_template(emulator);
             request.message_body = variables();
             return request;
         }),
         accepted},
        {"v2_to_contact", "/v2/messages", false, performing<v2::SendToContactRequest>([](Emulator& emulator) {
             v2::SendToContactRequest request;
             request.contact_id = first_contact(emulator);
             request.template_id = first_template(emulator);
             request.template_variables = variables();
             return request;
         }),
         accepted},
        {"v2_to_phone", "/v2/messages", false, performing<v2::SendToPhoneRequest>([](Emulator& emulator) {
             v2::SendToPhoneRequest request;
             request.phone_number = first_number(emulator);
             request.template_id = first_template(emulator);
             request.template_variables = variables();
             return request;
         }),
         accepted},
        {"v2_quick_message", "/v2/messages", false,
         performing<v2::SendQuickMessageRequest>([](Emulator& emulator) {
             v2::SendQuickMessageRequest request;
             request.phone_number = first_number(emulator);
             request.custom_message = "Hello";
             return request;
         }),
         accepted},
        {"v3_send", "/v3/messages", true, performing<v3::SendMessageRequest>(v3_send), accepted},
    };
}

std::vector<Write> other_writes() {
    const auto contacts = total_of([](const Client& client) { return client.contacts().list(); });
    const auto templates = total_of([](const Client& client) { return client.templates().list(); });
    return {
        {"create_contact", "/v3/contacts", true, performing<v3::CreateContactRequest>([](Emulator&) {
             return v3::CreateContactRequest{"+14155550188"};
         }),
         contacts},
        {"remove_contact", "/v3/contacts", false,
         performing<v3::RemoveContactRequest>(
             [](Emulator& emulator) { return v3::RemoveContactRequest{first_contact(emulator)}; }),
         contacts},
        {"create_template", "/v3/templates", true,
         performing<v3::CreateTemplateRequest>([](Emulator&) { return v3_template(); }), templates},
        {"remove_template", "/v3/templates", false,
         performing<v3::RemoveTemplateRequest>([](Emulator& emulator) {
             return v3::RemoveTemplateRequest{first_template(emulator), {}};
         }),
         templates},
        {"create_webhook", "/v3/webhooks", true, performing<v3::CreateWebhookRequest>([](Emulator&) {
             v3::CreateWebhookRequest request;
             request.display_name = "Once";
             request.endpoint_url = "https://hooks.example.com/sent";
             request.event_types = {"message"};
             return request;
         }),
         total_of([](const Client& client) { return client.webhooks().list(); })},
        {"create_user", "/v3/users", true, performing<v3::CreateUserRequest>([](Emulator&) {
             return v3::CreateUserRequest{"once@example.com", "Once", v3::UserRole::developer};
         }),
         total_of([](const Client& client) { return client.users().list(); })},
        {"create_profile", "/v3/profiles", true, performing<v3::CreateProfileRequest>([](Emulator&) {
             v3::CreateProfileRequest request;
             request.name = "Once";
             request.billing_model = v3::BillingModel::organization;
             return request;
         }),
         total_of([](const Client& client) { return client.profiles().list(); })},
    };
}

struct Trouble {
    std::string name;
    Fault fault;
    /// Whether a keyed write gets over it when it strikes once.
    bool passes = true;
};

Trouble trouble(std::string name, FaultKind kind, std::optional<std::size_t> bytes = {}) {
    Trouble result;
    result.name = std::move(name);
    result.fault.kind = kind;
    result.fault.bytes = bytes;
    return result;
}

Trouble status(int status, bool processed = false) {
    auto result = trouble((processed ? "processed_" : "status_") + std::to_string(status),
                          processed ? FaultKind::error_after_processing : FaultKind::status);
    result.fault.status = status;
    result.fault.headers = {{"Retry-After", "0"}};
    return result;
}

Trouble code(std::string code) {
    auto result = trouble(code, FaultKind::status);
    result.fault.code = std::move(code);
    return result;
}

/// Every way in which the emulator can misbehave, at every point of an exchange.
std::vector<Trouble> troubles() {
    auto portal = trouble("portal", FaultKind::html);
    portal.passes = false;
    auto refused = status(400);
    refused.passes = false;
    auto too_long = trouble("length_too_long", FaultKind::wrong_length);
    return {
        trouble("closed_before_processing", FaultKind::close_unprocessed),
        trouble("closed_before_reply", FaultKind::close_before_reply),
        trouble("reset_before_reply", FaultKind::reset, 0),
        trouble("reset_in_status_line", FaultKind::reset, 7),
        trouble("reset_in_headers", FaultKind::reset, 40),
        trouble("cut_in_status_line", FaultKind::truncate, 7),
        trouble("cut_in_headers", FaultKind::truncate, 40),
        trouble("cut_in_body", FaultKind::truncate),
        trouble("stalled_before_reply", FaultKind::stall, 0),
        trouble("stalled_in_headers", FaultKind::stall, 40),
        too_long,
        trouble("garbage", FaultKind::garbage),
        portal,
        refused,
        status(408),
        status(429),
        status(500),
        status(502),
        status(503),
        status(504),
        status(500, true),
        status(503, true),
        code("SERVICE_001"),
        code("CONFLICT_001"),
        code("INTERNAL_003"),
    };
}

ClientOptions options_for(const Emulator& emulator, milliseconds attempt_timeout) {
    auto options = quick_options(emulator.base_url());
    options.api_key = emulator.api_key();
    options.sender_id = emulator.sender_id();
    options.attempt_timeout = attempt_timeout;
    options.retry.max_retry_after = milliseconds(50);
    return options;
}

/// What the promise demands of one ended write, given how often it has taken effect.
void expect_true(const End& end, std::int64_t effects) {
    EXPECT_LE(effects, 1);
    if (end.success) {
        EXPECT_EQ(effects, 1) << "a success of what was not accepted";
        return;
    }
    const auto& error = end.error.value();
    const bool denies = error.outcome == Outcome::not_sent || error.outcome == Outcome::rejected;
    EXPECT_FALSE(denies && effects != 0) << "a failure of what was accepted: " << to_string(error);
}

class Once : public ::testing::TestWithParam<Write> {
  protected:
    void SetUp() override { ASSERT_TRUE(emulator_) << emulator_.error(); }

    /// One write under one fault that strikes so often.
    void suffer(const Trouble& trouble, int times, Driver driver) {
        const ::testing::ScopedTrace trace(
            __FILE__, __LINE__,
            trouble.name + " x " + std::to_string(times) + (driver == Driver::call ? " call" : " submit"));
        emulator_.reset();
        const Client calm{options_for(emulator_, std::chrono::seconds(15))};
        const auto before = GetParam().effects({emulator_, calm, driver});
        auto fault = trouble.fault;
        fault.times = times;
        fault.path_prefix = GetParam().path;
        emulator_.add_fault(fault);
        const bool stalls = fault.kind == FaultKind::stall;
        const Client client{options_for(emulator_, stalls ? milliseconds(150) : milliseconds(10'000))};
        const auto end = GetParam().perform({emulator_, client, driver});
        emulator_.clear_faults();
        const auto effects = std::abs(GetParam().effects({emulator_, calm, driver}) - before);
        expect_true(end, effects);
        if (GetParam().is_keyed && times == 1 && trouble.passes) {
            EXPECT_TRUE(end.success) << to_string(end.error.value_or(Error{}));
        }
    }

    Emulator emulator_;
};

TEST_P(Once, HoldsWhateverStrikes) {
    for (const auto& trouble : troubles()) {
        for (const int times : {1, -1}) {
            for (const auto driver : {Driver::call, Driver::submit}) {
                suffer(trouble, times, driver);
            }
        }
    }
}

TEST_P(Once, HoldsWithoutAConnection) {
    for (const auto driver : {Driver::call, Driver::submit}) {
        auto options = options_for(emulator_, milliseconds(10'000));
        options.base_url = "http://127.0.0.1:1";
        const Client client{options};
        const auto end = GetParam().perform({emulator_, client, driver});
        ASSERT_FALSE(end.success);
        EXPECT_EQ(end.error->outcome, Outcome::not_sent);
        EXPECT_EQ(emulator_.requests(), 0U);
    }
}

const auto name_of_write = [](const ::testing::TestParamInfo<Write>& info) {
    return std::string{info.param.name};
};
INSTANTIATE_TEST_SUITE_P(Sends, Once, ::testing::ValuesIn(sends()), name_of_write);
INSTANTIATE_TEST_SUITE_P(Writes, Once, ::testing::ValuesIn(other_writes()), name_of_write);

/// A send whose caller has switched keys off is as careful as those of v1 and v2.
TEST(OnceWithoutKey, HoldsForSendsOfV3) {
    Emulator emulator;
    ASSERT_TRUE(emulator) << emulator.error();
    for (const auto& trouble : troubles()) {
        SCOPED_TRACE(trouble.name);
        emulator.reset();
        auto fault = trouble.fault;
        fault.path_prefix = "/v3/messages";
        emulator.add_fault(fault);
        auto options =
            options_for(emulator, fault.kind == FaultKind::stall ? milliseconds(150) : milliseconds(10'000));
        options.auto_idempotency_key = false;
        const auto result = Client{options}.call(v3_send(emulator));
        expect_true(
            {result.has_value(), result ? std::optional<Error>{} : std::optional<Error>{result.error()}},
            static_cast<std::int64_t>(emulator.accepted_messages()));
    }
}

}  // namespace
}  // namespace sent::test
