#pragma once

/// @file
/// Replies of v3: {success, data, error, meta}.

#include <optional>
#include <string>
#include <vector>

#include "emulator/clock.hpp"
#include "emulator/http/http_types.hpp"
#include "emulator/http/router.hpp"
#include "emulator/json.hpp"
#include "emulator/v3/errors.hpp"

namespace sent::testing::emulator {

Reply success(const Call& call, Json data, int status = 200);

/// Returns a refusal as a reply. `details` is null if there are none.
Reply failure(const Refusal& refusal, const std::string& request_id, Time now);

/// Returns X-Request-Id and X-API-Version.
HeaderList v3_headers(const std::string& request_id);

/// Returns "req_7X9zKp2jDw", for example.
std::string make_request_id();

Json text_or_null(const std::string& text);
Json time_or_null(const std::optional<Time>& time);
template <typename Value>
Json value_or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

/// `page` and `page_size` of a query, with the refusals of v3.
struct V3Page {
    long long page = 1;
    long long size = 20;
};
V3Page read_v3_page(const Call& call);

/// Returns {total_count, has_more, ...}.
Json pagination_view(const V3Page& page, long long total);

/// Returns {"<name>": [...], "pagination": {...}} with the views of the page's rows. `rows` has all rows.
template <typename Row, typename View>
Json v3_page_view(const char* name, const std::vector<const Row*>& rows, const V3Page& page,
                  const View& view) {
    const auto total = static_cast<long long>(rows.size());
    Json items = Json::array();
    // A division, because page times size may overflow.
    if (page.page - 1 <= total / page.size) {
        const auto first = (page.page - 1) * page.size;
        for (auto i = first; i < total && i < first + page.size; ++i) {
            items.push_back(view(*rows[static_cast<std::size_t>(i)]));
        }
    }
    Json data = Json::object();
    data[name] = std::move(items);
    data["pagination"] = pagination_view(page, total);
    return data;
}

}  // namespace sent::testing::emulator
