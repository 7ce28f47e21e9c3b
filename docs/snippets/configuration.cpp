// The code blocks of docs/configuration.md.
#include <chrono>
#include <iostream>

#include <sent/sent.hpp>

using namespace std::chrono_literals;

namespace {

bool unusable_options() {
    const auto client = sent::Client::create({.base_url = "http://api.example.com"});
    if (!client) {
        std::cerr << client.error()
                  << '\n';  // plain http to another host: everybody on the way could read the key
        return false;
    }
    return true;
}

sent::Client behind_a_proxy() {
    return sent::Client({
        .connect_timeout = 3s,
        .attempt_timeout = 10s,
        .deadline = 20s,
        .tls = {.ca_file = "/etc/ssl/certs/ca-certificates.crt"},
        .proxy = {.mode = sent::ProxyOptions::Mode::url, .url = "http://proxy.example:3128"},
        .extra_headers = {{"X-Team", "billing"}},
    });
}

bool an_undocumented_path(const sent::Client& client) {
    const auto answer = client.request({.path = "/v2/contacts", .query = {{"page", "0"}, {"pageSize", "1"}}});
    return answer && answer->status == 200;
}

}  // namespace

int main() {
    const sent::Client client;
    const sent::Client hurried = client.with_options({.deadline = 2s});  // shares the connections
    return !unusable_options() && behind_a_proxy().v2().contacts().list() && an_undocumented_path(hurried)
               ? 0
               : 1;
}
