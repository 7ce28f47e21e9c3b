#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <sent/http/transport.hpp>
#include <sent/operation.hpp>

#include "base/url.hpp"
#include "operations/registry.hpp"

/// @file
/// Each operation has one row, next to the tables of its structs:
///
///     SENT_OPERATION(LookupNumberRequest, read("v2.numbers.lookup", "/v2/number-lookup", "Look up a phone
///     number"));
///
/// At the end of a source is the list of its operations, in the order of the documentation:
///
///     SENT_OPERATIONS(v2_numbers, LookupNumberRequest);

namespace sent::detail {

/// A row that is being written. The functions return changed copies.
struct Row {
    Route route{};

    [[nodiscard]] constexpr Row deprecated() const noexcept {
        Row changed = *this;
        changed.route.is_deprecated = true;
        return changed;
    }
    /// For writes that take effect in sandbox mode, too. A client in sandbox mode refuses them.
    [[nodiscard]] constexpr Row without_sandbox() const noexcept {
        Row changed = *this;
        changed.route.accepts_sandbox = false;
        return changed;
    }
    /// See Route::takes_profile.
    [[nodiscard]] constexpr Row without_profile() const noexcept {
        Row changed = *this;
        changed.route.takes_profile = false;
        return changed;
    }
    /// For a request that may have `documents`. See Route::json_part.
    template <class Request>
    [[nodiscard]] constexpr Row takes_documents(std::string_view json_part = {}) const noexcept {
        Row changed = *this;
        changed.route.body = BodyRule::form;
        changed.route.json_part = json_part;
        changed.route.documents = [](const void* request) noexcept -> const std::vector<Document>& {
            return static_cast<const Request*>(request)->documents;
        };
        return changed;
    }
    /// See Route::check.
    [[nodiscard]] constexpr Row checks(Route::InvalidMember (*check)(const void* request)) const noexcept {
        Row changed = *this;
        changed.route.check = check;
        return changed;
    }
    /// See Route::message_count.
    [[nodiscard]] constexpr Row counts(std::size_t (*count)(const void* request)) const noexcept {
        Row changed = *this;
        changed.route.message_count = count;
        changed.route.rate_class = RateClass::message;
        return changed;
    }
    /// See Route::finish.
    [[nodiscard]] constexpr Row finishes(decltype(Route::finish) finish) const noexcept {
        Row changed = *this;
        changed.route.finish = finish;
        return changed;
    }
    /// See Route::replay_mismatch.
    [[nodiscard]] constexpr Row checks_replays(decltype(Route::replay_mismatch) mismatch) const noexcept {
        Row changed = *this;
        changed.route.replay_mismatch = mismatch;
        return changed;
    }
};

/// Functions that start a row. The name determines the generation: `v3.contacts.create`.
namespace rows {

constexpr Row row(std::string_view name, std::string_view method, std::string_view path,
                  std::string_view summary) noexcept {
    Row made;
    made.route.name = name;
    made.route.method = method;
    made.route.path = path;
    made.route.summary = summary;
    made.route.generation = name[1] == '1'   ? Generation::v1
                            : name[1] == '2' ? Generation::v2
                                             : Generation::v3;
    return made;
}

/// A GET without a body.
constexpr Row read(std::string_view name, std::string_view path, std::string_view summary) noexcept {
    auto made = row(name, "GET", path, summary);
    made.route.safety = Safety::read;
    return made;
}

/// For Route::check of operations with the id in the query. A dot segment does no harm there, but is not an
/// id either.
template <class Request>
Route::InvalidMember check_query_id(const void* request) {
    if (is_dot_segment(static_cast<const Request*>(request)->id)) {
        return {"id", "is . or .., which is not an id: use the id itself"};
    }
    return {};
}

/// A GET of one object with the id in the query, as in v1 and parts of v2.
template <class Request>
constexpr Row read_by_query_id(std::string_view name, std::string_view path,
                               std::string_view summary) noexcept {
    return read(name, path, summary).checks(&check_query_id<Request>);
}

/// A write that does not support idempotency keys.
constexpr Row unkeyed_write(std::string_view name, std::string_view method, std::string_view path,
                            BodyRule body, std::string_view summary) noexcept {
    auto made = row(name, method, path, summary);
    made.route.body = body;
    return made;
}

/// A POST, PUT or PATCH of v3. Supports an idempotency key and the sandbox.
constexpr Row keyed_write(std::string_view name, std::string_view method, std::string_view path,
                          std::string_view summary) noexcept {
    auto made = unkeyed_write(name, method, path, BodyRule::object_even_if_empty, summary);
    made.route.safety = Safety::keyed_write;
    made.route.accepts_idempotency_key = true;
    made.route.accepts_sandbox = true;
    return made;
}

/// A PATCH of v3 that the service refuses if it changes nothing. So does the client.
constexpr Row patch(std::string_view name, std::string_view path, std::string_view summary) noexcept {
    auto made = keyed_write(name, "PATCH", path, summary);
    made.route.body = BodyRule::nonempty_object;
    return made;
}

/// A write that the service counts as sensitive: limited to 10 requests per minute.
constexpr Row sensitive_write(std::string_view name, std::string_view method, std::string_view path,
                              std::string_view summary) noexcept {
    auto made = keyed_write(name, method, path, summary);
    made.route.rate_class = RateClass::sensitive;
    return made;
}

/// A DELETE of v3 that supports the sandbox. Its body is a JSON object, at least `{}`. The service ignores
/// idempotency keys on DELETE.
constexpr Row remove(std::string_view name, std::string_view path, std::string_view summary) noexcept {
    auto made = unkeyed_write(name, "DELETE", path, BodyRule::object_even_if_empty, summary);
    made.route.accepts_sandbox = true;
    return made;
}

/// For Route::message_count of requests that create one message.
inline std::size_t one_message(const void* /*request*/) {
    return 1;
}

/// A send of v1 or v2: creates one message and returns no content.
constexpr Row legacy_send(std::string_view name, std::string_view path, std::string_view summary) noexcept {
    return unkeyed_write(name, "POST", path, BodyRule::object_even_if_empty, summary).counts(&one_message);
}

}  // namespace rows

/// Adds the parts of the route that follow from the types.
template <class Request>
constexpr Route complete(Row row) noexcept {
    using Response = response_of<Request>;
    Route route = row.route;
    route.request = &Described<Request>::info;
    route.make_request = &make_object<Request>;
    if constexpr (!std::is_void_v<Response>) {
        route.response = &Described<Response>::info;
        route.make_response = &make_object<Response>;
    }
    return route;
}

}  // namespace sent::detail

/// Use it in namespace sent::detail.
#define SENT_OPERATION(Request, ...)                                     \
    const Route& RowOf<Request>::route() noexcept {                      \
        using namespace rows; /* NOLINT(google-build-using-namespace) */ \
        static constexpr Route route = complete<Request>(__VA_ARGS__);   \
        return route;                                                    \
    }                                                                    \
    static_assert(true, "takes the semicolon")
