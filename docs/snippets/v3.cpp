// The code blocks of docs/v3.md and of the README.
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <fstream>
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <sent/sent.hpp>

namespace {

std::string contact_id;
std::string profile_id;

void check(const sent::TemplateDefinition& definition) {
    for (const auto& finding : sent::lint(definition)) {
        std::cerr << finding.member << ": " << finding.remedy << '\n';  // body.sms.template: Write a word ...
    }
}

/// What the blocks name has to be there.
bool prepare(const sent::Client& client) {
    sent::TemplateDefinition definition;
    definition.body.multi_channel = sent::TemplateBodyContent{.text = "Hello"};
    check(definition);
    for (const char* name : {"reminder", "closing_early"}) {
        const auto created = client.templates().create({.definition = definition});
        if (!created || !client.templates().update({.id = created->id, .name = name})) {
            return false;
        }
    }
    const auto contacts = client.contacts().list();
    const auto account = client.me();
    if (!contacts || contacts->items.empty() || !account || account->profiles.empty()) {
        return false;
    }
    contact_id = contacts->items.front().id;
    profile_id = account->profiles.front().id;
    return true;
}

std::string id_of_a_message(const sent::Client& client) {
    const auto reply = client.messages().send({.to = {"+14155550100"}, .text = "Hello"});
    return reply && !reply->recipients.empty() ? reply->recipients.front().message_id.value_or("") : "";
}

bool send(const sent::Client& client) {
    const auto reply = client.messages().send({
        .to = {"+14155550100"},
        .template_ref = sent::TemplateRef{.name = "order_confirmation",
                                          .parameters = {{"name", "John Doe"}, {"order_id", "12345"}}},
    });
    if (!reply) {
        std::cerr << reply.error() << '\n';
        return false;
    }
    for (const auto& message : reply->recipients) {
        std::cout << message.to << ": " << message.message_id.value_or("no id") << '\n';
    }
    return true;
}

std::size_t broadcast() {
    const sent::SendMessageRequest request{
        .to = {"+14155550100", "+442071838750"},
        .channel = {sent::Channel::sms, sent::Channel::whatsapp},  // both, not "the one or else the other"
        .text = "We are closed today.",
    };
    return sent::message_count(request);  // 4 messages, each of them billed
}

std::string schedule(const sent::Client& client) {
    const auto reply = client.messages().send({
        .to = {"+14155550100"},
        .template_ref = sent::TemplateRef{.name = "reminder"},
        .scheduled_at = std::chrono::system_clock::now() + std::chrono::hours{2},
    });
    return reply && !reply->recipients.empty() ? reply->recipients.front().message_id.value_or("") : "";
}

bool cancel(const sent::Client& client, const std::string& message_id) {
    const auto cancelled = client.messages().cancel(message_id);
    if (!cancelled && cancelled.error().code == "BUSINESS_006") {
        std::cerr << "too late: it is no longer held\n";
    }
    return cancelled.has_value();
}

bool resend(const sent::Client& client, const std::string& message_id) {
    const auto again = client.messages().resend(message_id, {.idempotency_key = "resend-order-1001"});
    if (!again && again.error().outcome == sent::Outcome::unknown) {
        std::cerr << "it may have been sent again: repeat the call with the same key\n";
    }
    return again.has_value();
}

bool send_to_many(const sent::Client& client, const std::vector<std::string>& customers) {
    const auto report = client.messages().send_to_many(
        {.to = customers, .template_ref = sent::TemplateRef{.name = "closing_early"}},
        {.call = {.idempotency_key = "closing-early-2026-11-24"}});
    for (const auto& recipient : report.recipients) {
        if (recipient.outcome == sent::Outcome::unknown) {
            std::cerr << recipient.to << " may have got it\n";
        }
    }
    return report.accepted == customers.size();
}

std::vector<std::string> numbers_from(const std::vector<std::string>& rows) {
    std::vector<std::string> numbers;
    for (const auto& row : rows) {
        const auto number = sent::tidy_number(row);  // "(0041) 79 123-45-67\r" becomes "+41791234567"
        if (number) {
            numbers.push_back(*number);
        } else {
            std::cerr << row << ": " << number.error().message << '\n';
        }
    }
    return numbers;
}

bool fits_one_sms(const std::string& text) {
    const auto count = sent::count_segments(text);
    if (count.segments > 1 && count.first_offending) {
        std::cerr << "the character at byte " << count.first_offending->offset << " makes this "
                  << count.segments << " SMS\n";
    }
    return count.segments <= 1;
}

bool again_with_the_same_key(const sent::Client& client, const sent::SendMessageRequest& request) {
    auto reply = client.messages().send(request);
    if (!reply && reply.error().outcome == sent::Outcome::unknown) {
        // Minutes later, perhaps in another process that was given the key:
        reply = client.messages().send(request, {.idempotency_key = reply.error().idempotency_key});
    }
    return reply.has_value();
}

bool follow(const sent::Client& client, const std::string& message_id) {
    const auto message =
        client.messages().wait_until_final(message_id, {.deadline = std::chrono::seconds{90}});
    if (!message) {
        return false;  // ErrorKind::timeout: not final yet
    }
    std::cout << message->status << '\n';

    std::future<sent::Result<sent::Message>> later = client.messages().submit_wait_until_final(message_id);
    return later.get().has_value();
}

bool every_contact(const sent::Client& client) {
    for (const auto& contact : client.contacts().all({.page_size = 100})) {
        if (!contact) {
            std::cerr << contact.error() << '\n';
            return false;
        }
        std::cout << contact->phone_number << '\n';
    }
    return true;
}

bool three_states(const sent::Client& client) {
    const auto updated = client.contacts().update({
        .id = contact_id,
        .default_channel = sent::null,  // cleared
        .opt_out = true,                // set; what is not named stays as it is
    });
    return updated.has_value();
}

bool for_a_profile(const sent::Client& client) {
    const sent::Client branch = client.for_profile(profile_id);
    const auto once = client.templates().list({}, {.profile_id = profile_id});
    return branch.contacts().list() && once;
}

void store(const std::string& id, const sent::Secret& key) {
    std::cout << id << ' ' << key << '\n';
}

bool create_a_profile(const sent::Client& client) {
    sent::CreateSenderProfileRequest request{.name = "Example Retail", .short_name = "Example"};
    request.compliance = {R"({"inherit":true})"};  // the organization's campaign
    const auto created = client.sender_profiles().create(request);
    if (created) {
        store(created->id, created->api_key);  // prints as [redacted]; reveal() returns its text
    }
    return created.has_value();
}

bool create_a_profile_with_documents(const sent::Client& client, const std::string& scan) {
    std::ofstream("registration.pdf") << "%PDF-1.7";
    sent::CreateSenderProfileRequest request{.name = "Example Retail", .short_name = "Example"};
    request.documents.push_back({.key = "business_registration", .path = "registration.pdf"});
    request.documents.push_back({.key = "tax_certificate", .content = scan, .file_name = "tax.png"});
    const auto created = client.sender_profiles().create(request);
    std::remove("registration.pdf");
    return created.has_value();
}

bool what_is_left_to_do(const sent::Client& client) {
    const auto steps = sent::remaining_setup(client.me());
    for (const auto& step : steps) {
        std::cout << step.advice << '\n';
    }
    return true;
}

bool count_drift() {
    const auto drift = std::make_shared<sent::DriftCounter>();
    const sent::Client watched({.drift = drift});

    const auto contacts = watched.contacts().list();
    for (const auto& row : drift->operations()) {
        if (row.members + row.values > 0) {
            std::cerr << row.operation << ": unknown " << row.first_member << ' ' << row.first_value << '\n';
        }
    }

    const auto rows = drift->operations();
    return contacts && rows.size() == 1 && rows.front().members + rows.front().values == 0;
}

bool follow_and_resend(const sent::Client& client, const std::string& message_id) {
    return follow(client, message_id) && resend(client, message_id);
}

}  // namespace

int main() {
    const sent::Client client;
    const bool fine =
        prepare(client) && send(client) && broadcast() == 4 && cancel(client, schedule(client)) &&
        send_to_many(client, numbers_from({"(001) 415 555-0100\r", "555-0100"})) &&
        fits_one_sms("See you at 5 o'clock") &&
        again_with_the_same_key(client, {.to = {"+14155550100"}, .text = "Hello"}) &&
        follow_and_resend(client, id_of_a_message(client)) && every_contact(client) && three_states(client) &&
        for_a_profile(client) && create_a_profile(client) &&
        create_a_profile_with_documents(client, "scan") && what_is_left_to_do(client) && count_drift();
    return fine ? 0 : 1;
}
