// Makes a given number of calls of one kind and nothing else, for tools that count or profile. Also prints
// the page that the server of bench/run serves.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include <curl/curl.h>

#include "bare_curl.hpp"
#include "bare_multi.hpp"
#include "sdk.hpp"
#include "workload.hpp"

namespace {

constexpr std::size_t in_flight = 64;

using Contender = std::unique_ptr<bench::Contender>;
using Maker = Contender (*)(const bench::Endpoint& endpoint);

struct Kind {
    const char* name = nullptr;
    Maker make = nullptr;
};

template <class Request>
Contender sdk_calls(const bench::Endpoint& endpoint, Request request) {
    return std::make_unique<bench::SdkCalls<Request>>(endpoint, std::move(request));
}

template <class Request>
Contender sdk_bulk(const bench::Endpoint& endpoint, Request request) {
    return std::make_unique<bench::SdkBulk<Request>>(endpoint, std::move(request), in_flight);
}

template <class Bare>
Contender bare(bench::BareRequest request) {
    return std::make_unique<Bare>(std::move(request));
}

Contender bare_multi(bench::BareRequest request) {
    return std::make_unique<bench::BareMulti>(std::move(request), in_flight);
}

constexpr Kind kinds[] = {
    {"bare-v3-send", [](const auto& to) { return bare<bench::BareEasy>(bench::bare_v3_send(to)); }},
    {"again-v3-send", [](const auto& to) { return bare<bench::BareEasySetAgain>(bench::bare_v3_send(to)); }},
    {"sdk-v3-send", [](const auto& to) { return sdk_calls(to, bench::v3_send_request()); }},
    {"bare-v1-send", [](const auto& to) { return bare<bench::BareEasy>(bench::bare_v1_send(to)); }},
    {"again-v1-send", [](const auto& to) { return bare<bench::BareEasySetAgain>(bench::bare_v1_send(to)); }},
    {"sdk-v1-send", [](const auto& to) { return sdk_calls(to, bench::v1_send_request()); }},
    {"bare-v1-list", [](const auto& to) { return bare<bench::BareEasy>(bench::bare_v1_list(to)); }},
    {"sdk-v1-list", [](const auto& to) { return sdk_calls(to, bench::v1_list_request()); }},
    {"bare-multi-v3", [](const auto& to) { return bare_multi(bench::bare_v3_send(to)); }},
    {"sdk-bulk-v3", [](const auto& to) { return sdk_bulk(to, bench::v3_send_request()); }},
    {"bare-multi-v1", [](const auto& to) { return bare_multi(bench::bare_v1_send(to)); }},
    {"sdk-bulk-v1", [](const auto& to) { return sdk_bulk(to, bench::v1_send_request()); }},
};

int usage() {
    std::cerr << "usage: sent-bench-calls KIND CALLS BASE_URL\n"
                 "       sent-bench-calls --page\n"
                 "Kinds:";
    for (const Kind& kind : kinds) {
        std::cerr << ' ' << kind.name;
    }
    std::cerr << '\n';
    return 2;
}

int run(const std::string& name, std::size_t calls, const std::string& base_url) {
    for (const Kind& kind : kinds) {
        if (name == kind.name) {
            kind.make({base_url, {}, false})->run(calls);
            return 0;
        }
    }
    return usage();
}

}  // namespace

int main(int count, char** values) {
    if (count == 2 && std::string{values[1]} == "--page") {
        std::cout << bench::contacts_page();
        return 0;
    }
    if (count != 4) {
        return usage();
    }
    try {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        return run(values[1], std::strtoul(values[2], nullptr, 10), values[3]);
    } catch (const std::exception& error) {
        std::cerr << "sent-bench-calls: " << error.what() << '\n';
        return 1;
    }
}
