// The code blocks about sent/json.hpp in docs/v1-and-v2.md.
#include <iostream>

#include <sent/json.hpp>
#include <sent/sent.hpp>

int main() {
    const sent::Client client;
    const auto contact = client.v2().contacts().get("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    if (!contact) {
        std::cerr << contact.error() << '\n';
        return 1;
    }

    const nlohmann::json tree = *contact;  // as on the wire
    std::cout << tree["formatInternational"] << '\n';

    const auto request = nlohmann::json::parse(R"({"phoneNumber": "+14155550100", "templateId": "7ba7b820"})")
                             .get<sent::v2::SendToPhoneRequest>();
    return request.template_id == "7ba7b820" && tree["countryCode"] == "1" ? 0 : 1;
}
