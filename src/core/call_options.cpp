#include "core/call_options.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/uuid.hpp"
#include "core/request.hpp"

namespace sent::detail {
namespace {

constexpr std::size_t longest_idempotency_key = 255;
/// Room for the headers of a single request, in addition to the common ones: Content-Type, Idempotency-Key.
constexpr std::size_t own_header_bytes = 160;

bool is_idempotency_key(std::string_view key) noexcept {
    const auto is_allowed = [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; };
    return !key.empty() && key.size() <= longest_idempotency_key &&
           std::all_of(key.begin(), key.end(), is_allowed);
}

/// Lists all options of a call. An option that is missing here causes a compile error.
template <class Options>
auto all_of(Options& options) {
    auto& [by_name, idempotency_key, attempt_timeout, deadline, retry, cancel, profile_id, sandbox,
           extra_headers, extra_query, extra_body] = options;
    static_cast<void>(by_name);
    return std::tie(idempotency_key, attempt_timeout, deadline, retry, cancel, profile_id, sandbox,
                    extra_headers, extra_query, extra_body);
}

template <class T>
void fill(std::optional<T>& option, const std::optional<T>& fallback) {
    if (!option.has_value()) {
        option = fallback;
    }
}

void fill(std::string& option, const std::string& fallback) {
    if (option.empty()) {
        option = fallback;
    }
}

void fill(CancellationToken& option, const CancellationToken& fallback) {
    if (!option.can_be_cancelled()) {
        option = fallback;
    }
}

void fill(Headers& option, const Headers& fallback) {
    const Headers own = option;  // the fallback may have a name more than once
    for (const auto field : fallback) {
        if (!own.contains(field.name)) {
            option.add(field.name, field.value);
        }
    }
}

template <class Options, class Fallbacks, std::size_t... Index>
void fill_each(const Options& options, const Fallbacks& fallbacks, std::index_sequence<Index...> /*each*/) {
    (fill(std::get<Index>(options), std::get<Index>(fallbacks)), ...);
}

}  // namespace

Problem add_caller_headers(const Headers& headers, std::string_view member, Headers& out) {
    for (const auto field : headers) {
        if (const auto bad_name = header_name_problem(field.name); !bad_name.empty()) {
            return refuse(quoted(member) + ": a header's name " + std::string{bad_name});
        }
        if (const auto bad_value = header_value_problem(field.value); !bad_value.empty()) {
            return refuse(quoted(member) + ": the value of " + std::string{field.name} + " " +
                          std::string{bad_value});
        }
        out.set(field.name, field.value);
    }
    return {};
}

Problem apply_options(const Config& config, const CallOptions& options, PreparedCall& call) {
    auto& http = call.http;
    if (call.route->generation != Generation::v3 && config.sender_id.empty()) {
        return problem_of(ErrorKind::configuration,
                          "no sender id, which v1 and v2 require: set ClientOptions::sender_id, or "
                          "SENT_DM_SENDER_ID in the "
                          "environment");
    }
    http.headers.reserve(config.common_headers.bytes() + config.credential_bytes + own_header_bytes);
    http.headers = config.common_headers;
    const auto& profile = options.profile_id.empty() ? config.profile_id : options.profile_id;
    if (call.route->generation == Generation::v3 && !profile.empty()) {
        if (!header_value_problem(profile).empty()) {
            return refuse("`profile_id` holds a line break or another control character: remove it");
        }
        http.headers.set("x-profile-id", profile);
    }
    if (auto problem = add_caller_headers(options.extra_headers, "extra_headers", http.headers)) {
        return problem;
    }
    for (const auto field : options.extra_query) {
        append_query_pair(field.name, field.value, http.url);
    }
    call.retry = options.retry.value_or(config.retry);
    call.deadline = options.deadline ? options.deadline : config.deadline;
    http.connect_timeout = config.connect_timeout;
    http.timeout = options.attempt_timeout.value_or(config.attempt_timeout);
    if (http.timeout.count() <= 0) {
        return refuse("`attempt_timeout` must be longer than 0 ms");
    }
    http.max_response_bytes = config.max_response_bytes;
    http.cancel = options.cancel;
    return {};
}

Problem apply_idempotency_key(const Config& config, const CallOptions& options, bool make_one,
                              PreparedCall& call) {
    if (!options.idempotency_key.empty()) {
        if (call.safety != Safety::keyed_write) {
            return refuse(
                "`idempotency_key` is set, but this operation accepts none, so it would not prevent a second "
                "effect: leave it empty");
        }
        if (!is_idempotency_key(options.idempotency_key)) {
            return refuse(
                "`idempotency_key` must have only letters, digits, _ and -, at most 255 characters");
        }
        call.idempotency_key = options.idempotency_key;
        call.has_callers_key = true;
    } else if (call.safety == Safety::keyed_write && make_one && config.auto_idempotency_key) {
        call.idempotency_key = make_uuid();
    }
    if (!call.idempotency_key.empty()) {
        call.http.headers.add("Idempotency-Key", call.idempotency_key);
    } else if (call.safety == Safety::keyed_write) {
        call.safety = Safety::unkeyed_write;
    }
    return {};
}

Problem refuse_real_write(const Config& config, const CallOptions& options, Safety safety,
                          SandboxSupport support) {
    const bool is_on = options.sandbox.value_or(config.sandbox);
    if (!is_on || safety == Safety::read || support == SandboxSupport::yes) {
        return {};
    }
    // Two kinds: encoded requests wait in queues, which drop a request that is invalid. Such a queue must
    // keep this one, because nothing is wrong with it, only with the client that was to send it.
    const bool is_fixed = support == SandboxSupport::fixed_text;
    return problem_of(
        is_fixed ? ErrorKind::configuration : ErrorKind::invalid_request,
        "`sandbox` is on, but " +
            std::string{is_fixed ? "an encoded request is sent unchanged" : "this operation has no sandbox"} +
            " and would really be carried out: switch it off for this call "
            "(CallOptions::sandbox = false) if that is what you want");
}

CallOptions merge_options(const CallOptions& defaults, const CallOptions& options) {
    CallOptions merged = options;
    const auto members = all_of(merged);
    fill_each(members, all_of(defaults), std::make_index_sequence<std::tuple_size_v<decltype(members)>>{});
    return merged;
}

}  // namespace sent::detail
