// Makes a given number of calls of one kind and nothing else, for tools that count or profile, or that
// measure from outside. Also prints the page that the server of bench/run serves.

#include <sys/resource.h>

#include <chrono>
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

template <class Request>
Contender sdk_stream_50(const bench::Endpoint& endpoint, Request request) {
    return std::make_unique<bench::SdkBulkStream<Request>>(endpoint, std::move(request), 50);
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
    {"sdk-stream-50-v3", [](const auto& to) { return sdk_stream_50(to, bench::v3_send_request()); }},
    {"bare-multi-v1", [](const auto& to) { return bare_multi(bench::bare_v1_send(to)); }},
    {"sdk-bulk-v1", [](const auto& to) { return sdk_bulk(to, bench::v1_send_request()); }},
};

int usage() {
    std::cerr
        << "usage: sent-bench-calls KIND CALLS BASE_URL [TRUST]\n"
           "       sent-bench-calls KIND - BASE_URL [TRUST]\n"
           "                (reads numbers of calls, answers with the seconds and the processor's seconds\n"
           "                that each took; TRUST is a PEM file, for https)\n"
           "       sent-bench-calls --page\n"
           "Kinds:";
    for (const Kind& kind : kinds) {
        std::cerr << ' ' << kind.name;
    }
    std::cerr << '\n';
    return 2;
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

void serve(bench::Contender& contender) {
    std::size_t calls = 0;
    while (std::cin >> calls) {
        const double cpu_before = cpu_seconds();
        const auto start = std::chrono::steady_clock::now();
        contender.run(calls);
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
        std::cout << wall.count() << ' ' << cpu_seconds() - cpu_before << std::endl;
    }
}

int run(const std::string& name, const std::string& calls, const bench::Endpoint& endpoint) {
    for (const Kind& kind : kinds) {
        if (name == kind.name) {
            const auto contender = kind.make(endpoint);
            if (calls == "-") {
                serve(*contender);
            } else {
                contender->run(std::strtoul(calls.c_str(), nullptr, 10));
            }
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
    if (count != 4 && count != 5) {
        return usage();
    }
    try {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        return run(values[1], values[2], {values[3], count == 5 ? values[4] : "", false});
    } catch (const std::exception& error) {
        std::cerr << "sent-bench-calls: " << error.what() << '\n';
        return 1;
    }
}
