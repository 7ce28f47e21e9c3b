// Looks at a delivery that was recorded: is it signed with this secret, and what does it say? For finding out
// why a receiver refuses what it gets. Links sent::webhooks.
//
//   SENT_WEBHOOK_SECRET=whsec_... ./22_verify_captured_delivery headers.txt body.json
//
// headers.txt has `name: value` lines; body.json the bytes of the body, without a newline that an editor has
// added.
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <sent/webhooks.hpp>

namespace {

namespace webhooks = sent::webhooks;

std::vector<std::pair<std::string, std::string>> read_headers(const char* path) {
    std::vector<std::pair<std::string, std::string>> headers;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(':');
        if (colon == std::string::npos) {
            continue;
        }
        const auto value = line.find_first_not_of(' ', colon + 1);
        const auto end = line.find_last_not_of("\r ") + 1;
        headers.emplace_back(line.substr(0, colon), value < end ? line.substr(value, end - value) : "");
    }
    return headers;
}

std::string read_bytes(const char* path) {
    std::ostringstream bytes;
    bytes << std::ifstream{path, std::ios::binary}.rdbuf();
    return bytes.str();
}

}  // namespace

int main(int argc, char** argv) {
    const char* const secret = std::getenv("SENT_WEBHOOK_SECRET");
    if (argc != 3 || secret == nullptr) {
        std::cerr << "Please set SENT_WEBHOOK_SECRET, and name a file of headers and one with the body.\n";
        return 2;
    }
    const auto headers = read_headers(argv[1]);
    const auto body = read_bytes(argv[2]);

    // Its time has long passed. Never do this in a receiver: whoever has seen a delivery could send it again.
    const webhooks::Verifier verifier{{.secrets = secret, .check_timestamp = false}};
    const auto verdict = verifier.check(headers, body);
    std::cout << "verdict: " << verdict << '\n';

    const auto event = webhooks::parse_event(body);
    if (!event) {
        std::cerr << event.error().message << '\n';
        return 1;
    }
    std::cout << "key: " << webhooks::dedupe_key(headers, body, *event) << '\n';
    std::cout << "family: " << event->field << "\nevent: " << event->event << '\n';
    if (std::holds_alternative<webhooks::UnknownEvent>(event->payload)) {
        std::cout << "this version does not know the event\n";
    }
    return verdict == webhooks::Verdict::valid ? 0 : 1;
}
