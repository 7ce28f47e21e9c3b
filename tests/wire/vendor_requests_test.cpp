// Our golden requests of v3 next to what the vendor's TypeScript SDK sends for the same parameters, as
// scripts/check-vendor-sdk recorded it. That the library sends the golden requests is shown elsewhere.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "wire/golden.hpp"

namespace wire {
namespace {

using Json = nlohmann::json;

Json recorded_requests() {
    return Json::parse(read_file(std::string{SENT_TEST_DATA_DIR} + "/../vendor/typescript/requests.json"));
}

std::string percent_decoded(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            result += static_cast<char>(std::stoi(std::string{text.substr(i + 1, 2)}, nullptr, 16));
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

/// A golden request in the form of the recorded ones.
Json golden_request(const std::string& name) {
    const auto request = golden(name);
    const auto target_at = request.first_line.find(' ') + 1;
    const auto target = request.first_line.substr(target_at, request.first_line.rfind(' ') - target_at);
    const auto query_at = target.find('?');
    Json result{{"method", request.first_line.substr(0, target_at - 1)},
                {"path", target.substr(0, query_at)},
                {"query", Json::object()},
                {"headers", Json::object()}};
    std::string_view query{target};
    query.remove_prefix(query_at == std::string::npos ? target.size() : query_at + 1);
    while (!query.empty()) {
        const auto pair = query.substr(0, query.find('&'));
        const auto equals = pair.find('=');
        result["query"][std::string{pair.substr(0, equals)}] = percent_decoded(pair.substr(equals + 1));
        query.remove_prefix(std::min(query.size(), pair.size() + 1));
    }
    for (const auto field : request.headers) {
        result["headers"][std::string{field.name}] = field.value;
    }
    if (!request.body.empty()) {
        result["body"] = Json::parse(request.body);
    }
    return result;
}

/// Where the contract recommends something else than the SDK does.
Json as_recommended(Json request) {
    auto path = request["path"].get<std::string>();
    if (const auto plus = path.find("/lookup/+"); plus != std::string::npos) {
        path.replace(plus, 9, "/lookup/%2B");
    }
    request["path"] = path;
    if (request["method"] == "DELETE" && request["headers"]["accept"] == "*/*") {
        request["headers"]["accept"] = "application/json";
    }
    return request;
}

/// "contacts.list.full.http" belongs to "contacts.list".
std::string operation_of(const std::string& file) {
    return file.substr(0, file.rfind('.', file.size() - sizeof(".http")));
}

TEST(VendorRequests, AreOursForTheSameParameters) {
    const auto requests = recorded_requests();
    for (const auto& [file, request] : requests.items()) {
        const auto name = "v3/" + file.substr(0, file.size() - sizeof("http"));
        EXPECT_EQ(as_recommended(request), golden_request(name)) << file;
    }
}

TEST(VendorRequests, CoverAllOperationsOfTheSdk) {
    std::set<std::string> operations;
    const auto requests = recorded_requests();
    for (const auto& item : requests.items()) {
        operations.insert(operation_of(item.key()));
    }
    EXPECT_EQ(operations.size(), 40U);
}

}  // namespace
}  // namespace wire
