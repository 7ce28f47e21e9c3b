#include "core/option_list.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "base/text/ascii.hpp"
#include "base/url_authority.hpp"
#include "core/config.hpp"

namespace sent::detail {
namespace {

using std::chrono::milliseconds;

// What is wrong with the value of an option, and what to do about it. Empty if nothing is.

std::string above_zero(std::string_view name, const milliseconds& time) {
    return time.count() > 0 ? "" : quoted(name) + " must be longer than 0 ms";
}

std::string above_zero_if_set(std::string_view name, const std::optional<milliseconds>& time) {
    return !time || time->count() > 0 ? "" : quoted(name) + " must be longer than 0 ms, or left empty";
}

std::string not_empty(std::string_view name, const std::size_t& size) {
    return size > 0 ? "" : quoted(name) + " must be larger than 0";
}

std::string retries(std::string_view /*name*/, const RetryOptions& retry) {
    if (retry.max_retries < 0) {
        return "`retry.max_retries` must not be negative";
    }
    const auto shortest = std::min({retry.initial_backoff, retry.max_backoff, retry.max_retry_after});
    return shortest.count() < 0 ? "the durations in `retry` must not be negative" : "";
}

std::string retries_if_set(std::string_view name, const std::optional<RetryOptions>& retry) {
    return retry ? retries(name, *retry) : "";
}

std::string rate_limits(std::string_view /*name*/, const RateLimitOptions& limits) {
    for (const auto& rate :
         {limits.requests_per_minute, limits.sensitive_per_minute, limits.messages_per_minute}) {
        if (rate && !(*rate > 0)) {
            return "the rates in `rate_limit` must be larger than 0, or left empty";
        }
    }
    const bool has_bursts =
        limits.request_burst >= 1 && limits.sensitive_burst >= 1 && limits.message_burst >= 1;
    return has_bursts ? "" : "the bursts in `rate_limit` must be at least 1";
}

std::string certificates(std::string_view /*name*/, const TlsOptions& tls) {
    return tls.client_key_file.empty() || !tls.client_certificate_file.empty()
               ? ""
               : "`tls.client_key_file` is set without `tls.client_certificate_file`: set both";
}

std::string proxy_server(std::string_view /*name*/, const ProxyOptions& proxy) {
    if (proxy.url.find('@') != std::string::npos) {
        return "`proxy.url` must not have a user name or password: use `proxy.username` and "
               "`proxy.password`";
    }
    if (proxy.mode != ProxyOptions::Mode::url) {
        return {};
    }
    if (proxy.url.empty()) {
        return "`proxy.url` is empty: set it, as in http://proxy.example:3128, or use another `proxy.mode`";
    }
    UrlAuthority parts;
    const char* const problem = parse_proxy_url(proxy.url, parts);
    return problem != nullptr ? "`proxy.url` " + std::string{problem} : "";
}

std::string header_text(std::string_view name, const std::string& text) {
    const auto problem = header_value_problem(text);
    return problem.empty() ? "" : quoted(name) + " " + std::string{problem};
}

std::string profile(std::string_view name, const std::string& id) {
    return token_problem(name, id, "where it was created");
}

std::string idempotency_key(std::string_view name, const std::string& key) {
    constexpr std::size_t longest = 255;
    const auto is_allowed = [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; };
    return key.size() <= longest && std::all_of(key.begin(), key.end(), is_allowed)
               ? ""
               : quoted(name) + " must have only letters, digits, _ and -, at most 255 characters";
}

/// Returns what is wrong with a value. Null if any value can be used.
template <class Value>
struct Check {
    using Function = std::string (*)(std::string_view name, const Value& value);
};

/// One option, a member of ClientOptions or CallOptions.
template <class Options, class Value, class Target>
struct Option {
    std::string_view name;
    Value Options::*member;
    typename Check<Value>::Function problem;
    /// The limit that it sets: a member of HttpRequest, which the transport reads, or of PreparedCall.
    Target target;
};

/// The target of an option that is no limit. Its user reads it from the options.
struct NoLimit {};

template <class Options, class Value, class Target = NoLimit>
constexpr Option<Options, Value, Target> row(std::string_view name, Value Options::*member,
                                             typename Check<Value>::Function problem = nullptr,
                                             Target target = {}) {
    return {name, member, problem, target};
}

// In the order of the members. make_config() checks the first three, because it knows where they come from.
// clang-format off
constexpr auto client_options = std::make_tuple(
    row("api_key",               &ClientOptions::api_key),
    row("sender_id",             &ClientOptions::sender_id),
    row("base_url",              &ClientOptions::base_url),
    row("profile_id",            &ClientOptions::profile_id,           profile),
    row("connect_timeout",       &ClientOptions::connect_timeout,      above_zero, &HttpRequest::connect_timeout),
    row("attempt_timeout",       &ClientOptions::attempt_timeout,      above_zero, &HttpRequest::timeout),
    row("deadline",              &ClientOptions::deadline,             above_zero_if_set, &PreparedCall::deadline),
    row("retry",                 &ClientOptions::retry,                retries, &PreparedCall::retry),
    row("rate_limit",            &ClientOptions::rate_limit,           rate_limits),
    row("tls",                   &ClientOptions::tls,                  certificates),
    row("proxy",                 &ClientOptions::proxy,                proxy_server),
    row("sandbox",               &ClientOptions::sandbox),
    row("auto_idempotency_key",  &ClientOptions::auto_idempotency_key),
    row("max_response_bytes",    &ClientOptions::max_response_bytes,   not_empty, &HttpRequest::max_response_bytes),
    row("max_document_bytes",    &ClientOptions::max_document_bytes,   not_empty),
    row("log",                   &ClientOptions::log),
    row("transport",             &ClientOptions::transport),
    row("clock",                 &ClientOptions::clock),
    row("extra_headers",         &ClientOptions::extra_headers,        headers_problem),
    row("use_environment",       &ClientOptions::use_environment),
    row("allow_insecure_http",   &ClientOptions::allow_insecure_http),
    row("user_agent_suffix",     &ClientOptions::user_agent_suffix,    header_text),
    row("async",                 &ClientOptions::async),
    row("drift",                 &ClientOptions::drift));

constexpr auto call_options = std::make_tuple(
    row("idempotency_key",  &CallOptions::idempotency_key, idempotency_key),
    row("attempt_timeout",  &CallOptions::attempt_timeout, above_zero_if_set, &HttpRequest::timeout),
    row("deadline",         &CallOptions::deadline,        nullptr, &PreparedCall::deadline),
    row("retry",            &CallOptions::retry,           retries_if_set, &PreparedCall::retry),
    row("cancel",           &CallOptions::cancel,          nullptr, &HttpRequest::cancel),
    row("profile_id",       &CallOptions::profile_id,      profile),
    row("sandbox",          &CallOptions::sandbox),
    row("extra_headers",    &CallOptions::extra_headers,   headers_problem),
    row("extra_query",      &CallOptions::extra_query),
    row("extra_body",       &CallOptions::extra_body));
// clang-format on

// The lists are complete: their rows initialise the whole struct, and there is nothing left that another {}
// could initialise.
template <class Options, class Enable, class... Values>
struct HasMoreThan : std::false_type {};
template <class Options, class... Values>
struct HasMoreThan<Options, std::void_t<decltype(Options{std::declval<Values>()..., {}})>, Values...>
    : std::true_type {};

template <class... First, class Options, class... Values, class... Targets>
constexpr bool is_complete(const std::tuple<Option<Options, Values, Targets>...>& /*rows*/) {
    using Whole = decltype(Options{std::declval<First>()..., std::declval<Values>()...});
    return !HasMoreThan<Whole, void, First..., Values...>::value;
}
static_assert(is_complete(client_options), "add a row for the new member of ClientOptions");
static_assert(is_complete<ByName>(call_options), "add a row for the new member of CallOptions");

template <class Rows, class Action>
void for_each(const Rows& rows, Action action) {
    std::apply([&](const auto&... row) { (action(row), ...); }, rows);
}

template <class Rows, class Options>
std::string first_problem(const Rows& rows, const Options& options) {
    std::string problem;
    for_each(rows, [&](const auto& row) {
        if (row.problem != nullptr && problem.empty()) {
            problem = row.problem(row.name, options.*row.member);
        }
    });
    return problem;
}

// An option of a call that is not set leaves the decision to the client.

template <class Value>
bool is_set(const Value& /*value*/) {
    return true;
}
template <class Value>
bool is_set(const std::optional<Value>& option) {
    return option.has_value();
}
bool is_set(const std::string& option) {
    return !option.empty();
}
bool is_set(const CancellationToken& option) {
    return option.can_be_cancelled();
}

template <class Value>
void fill(Value& option, const Value& fallback) {
    if (!is_set(option)) {
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

template <class Value>
Value& limit_of(PreparedCall& call, Value HttpRequest::*limit) {
    return call.http.*limit;
}
template <class Value>
Value& limit_of(PreparedCall& call, Value PreparedCall::*limit) {
    return call.*limit;
}

template <class Value>
void set(Value& limit, const Value& option) {
    limit = option;
}
template <class Value>
void set(Value& limit, const std::optional<Value>& option) {
    limit = *option;
}

template <class Rows, class Options>
void apply_limits_in(const Rows& rows, const Options& options, PreparedCall& call) {
    for_each(rows, [&](const auto& row) {
        if constexpr (!std::is_same_v<decltype(row.target), NoLimit>) {
            if (is_set(options.*row.member)) {
                set(limit_of(call, row.target), options.*row.member);
            }
        }
    });
}

}  // namespace

std::string problem_in(const ClientOptions& options) {
    return first_problem(client_options, options);
}

std::string problem_in(const CallOptions& options) {
    return first_problem(call_options, options);
}

CallOptions merge_options(const CallOptions& defaults, const CallOptions& options) {
    CallOptions merged = options;
    for_each(call_options, [&](const auto& row) { fill(merged.*row.member, defaults.*row.member); });
    return merged;
}

void apply_limits(const ClientOptions& defaults, const CallOptions& options, PreparedCall& call) {
    apply_limits_in(client_options, defaults, call);
    apply_limits_in(call_options, options, call);
}

}  // namespace sent::detail
