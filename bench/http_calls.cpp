// Makes a given number of calls of one kind and nothing else, for tools that count or profile. Also prints
// the page that the server of bench/run serves.

#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "bare_curl.hpp"
#include "bare_multi.hpp"
#include "sdk.hpp"
#include "workload.hpp"

namespace {

constexpr std::size_t in_flight = 64;

using Maker = std::unique_ptr<bench::Contender> (*)(const std::string& base_url);

struct Kind {
    const char* name = nullptr;
    Maker make = nullptr;
};

constexpr Kind kinds[] = {
    {"bare-send",
     [](const std::string& url) -> std::unique_ptr<bench::Contender> {
         return std::make_unique<bench::BareEasy>(bench::bare_v1_send(url));
     }},
    {"bare-again-send",
     [](const std::string& url) -> std::unique_ptr<bench::Contender> {
         return std::make_unique<bench::BareEasySetAgain>(bench::bare_v1_send(url));
     }},
    {"sdk-send",
     [](const std::string& url) -> std::unique_ptr<bench::Contender> {
         return std::make_unique<bench::SdkSend>(url);
     }},
    {"bare-list",
     [](const std::string& url) -> std::unique_ptr<bench::Contender> {
         return std::make_unique<bench::BareEasy>(bench::bare_v1_list(url));
     }},
    {"sdk-list",
     [](const std::string& url) -> std::unique_ptr<bench::Contender> {
         return std::make_unique<bench::SdkList>(url);
     }},
    {"bare-multi",
     [](const std::string& url) -> std::unique_ptr<bench::Contender> {
         return std::make_unique<bench::BareMulti>(bench::bare_v1_send(url), in_flight);
     }},
    {"sdk-bulk",
     [](const std::string& url) -> std::unique_ptr<bench::Contender> {
         return std::make_unique<bench::SdkBulk>(url, in_flight);
     }},
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
            kind.make(base_url)->run(calls);
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
