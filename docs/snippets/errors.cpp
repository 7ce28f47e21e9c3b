// The code blocks of docs/errors.md.
#include <iostream>
#include <string>

#include <sent/sent.hpp>

namespace {

enum class NextStep { none, repair, send_again_later, look_first };

NextStep next_step(const sent::Result<void>& done) {
    if (done) {
        return NextStep::none;
    }
    const sent::Error& error = done.error();
    if (error.outcome == sent::Outcome::unknown || error.outcome == sent::Outcome::accepted) {
        return NextStep::look_first;  // it may have gone out, or has: sending again could mean two messages
    }
    switch (error.kind) {
        case sent::ErrorKind::connection:
        case sent::ErrorKind::timeout:
        case sent::ErrorKind::rate_limited:
            return NextStep::send_again_later;  // nothing went out, and the library has tried already
        default:
            return NextStep::repair;
    }
}

void print_details(const sent::Error& error) {
    for (const auto& [member, problems] : error.details) {
        for (const auto& problem : problems) {
            std::cerr << (member.empty() ? "request" : member) << ": " << problem << '\n';
        }
    }
}

bool send_or_throw(const sent::Client& client, const sent::v2::SendToPhoneRequest& message) {
    try {
        client.call(message).value();
        return true;
    } catch (const sent::AuthenticationError& error) {
        std::cerr << error.error().hint() << '\n';
    } catch (const sent::ApiError& error) {
        std::cerr << error.what() << '\n';
    }
    return false;
}

}  // namespace

int main() {
    const sent::v2::SendToPhoneRequest message{.phone_number = "+14155550100",
                                               .template_id = "7ba7b820-9dad-11d1-80b4-00c04fd430c8",
                                               .template_variables = {{"name", "Ada"}, {"order_id", "1"}}};
    const sent::Client client;
    const auto refused =
        client.v2().messages().send_to_phone({.phone_number = "nobody", .template_id = "none"});
    if (!refused) {
        print_details(refused.error());
    }
    const bool as_documented = next_step(client.call(message)) == NextStep::none &&
                               next_step(refused) == NextStep::repair && send_or_throw(client, message) &&
                               !send_or_throw(sent::Client({.api_key = "wrong"}), message);
    return as_documented ? 0 : 1;
}
