#include "emulator/v3/reply.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <utility>

#include "emulator/state/world.hpp"
#include "emulator/v3/fields.hpp"

namespace sent::testing::emulator {
namespace {

constexpr auto catalogue_url = "https://docs.sent.dm/reference/api/error-catalog";
constexpr long long default_page_size = 20;
constexpr long long largest_page_size = 1000;
constexpr long long largest_page = std::numeric_limits<int>::max();

Json meta(const std::string& request_id, Time now) {
    return Json{{"request_id", request_id}, {"timestamp", precise_timestamp(now)}, {"version", "v3"}};
}

}  // namespace

Reply success(const Call& call, Json data, int status) {
    Json body{{"success", true}, {"data", nullptr}, {"error", nullptr}};
    body["data"] = std::move(data);
    body["meta"] = meta(call.request_id, call.world.now());
    return json_reply(body, status);
}

Reply failure(const Refusal& refusal, const std::string& request_id, Time now) {
    const Json error{{"code", refusal.code()},
                     {"message", refusal.message()},
                     {"details", refusal.details().empty() ? Json() : Json(refusal.details())},
                     {"doc_url", catalogue_url}};
    const Json body{{"success", false}, {"data", nullptr}, {"error", error}, {"meta", meta(request_id, now)}};
    Reply reply = json_reply(body, refusal.status());
    reply.headers.insert(reply.headers.end(), refusal.headers().begin(), refusal.headers().end());
    return reply;
}

HeaderList v3_headers(const std::string& request_id) {
    return {{"X-Request-Id", request_id}, {"X-API-Version", "v3"}};
}

std::string make_request_id() {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr std::size_t length = 10;
    thread_local std::mt19937_64 generator{std::random_device{}()};
    std::uniform_int_distribution<std::size_t> letter(0, alphabet.size() - 1);
    std::string id = "req_";
    std::generate_n(std::back_inserter(id), length, [&] { return alphabet[letter(generator)]; });
    return id;
}

Json text_or_null(const std::string& text) {
    return text.empty() ? Json() : Json(text);
}

Json time_or_null(const std::optional<Time>& time) {
    return time ? Json(precise_timestamp(*time)) : Json();
}

V3Page read_v3_page(const Call& call) {
    Problems problems;
    const QueryFields query(call.request, problems);
    const V3Page page{query.integer("page", 1, largest_page).value_or(1),
                      query.integer("page_size", 1, largest_page_size).value_or(default_page_size)};
    problems.refuse_if_any();
    return page;
}

Json pagination_view(const V3Page& page, long long total) {
    const auto pages = (total + page.size - 1) / page.size;
    return Json{{"page", page.page},    {"page_size", page.size},        {"total_count", total},
                {"total_pages", pages}, {"has_more", page.page < pages}, {"cursors", nullptr}};
}

}  // namespace sent::testing::emulator
