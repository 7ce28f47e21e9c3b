#include "core/call_options.hpp"

#include <cstddef>
#include <utility>

#include "base/uuid.hpp"
#include "core/option_list.hpp"
#include "core/request.hpp"

namespace sent::detail {
namespace {

/// Room for the headers of a single request, in addition to the common ones: Content-Type, Idempotency-Key.
constexpr std::size_t own_header_bytes = 160;

}  // namespace

Problem apply_options(const Config& config, const CallOptions& options, PreparedCall& call) {
    if (auto problem = problem_in(options); !problem.empty()) {
        return refuse(std::move(problem));
    }
    const bool is_v3 = call.route->generation == Generation::v3;
    if (!is_v3 && config.options.sender_id.empty()) {
        return problem_of(ErrorKind::configuration,
                          "no sender id, which v1 and v2 require: set ClientOptions::sender_id, or "
                          "SENT_DM_SENDER_ID in the "
                          "environment");
    }
    apply_limits(config.options, options, call);
    auto& http = call.http;
    http.headers.reserve(config.common_headers.bytes() + config.credential_bytes + own_header_bytes);
    http.headers = config.common_headers;
    const auto& profile = options.profile_id.empty() ? config.options.profile_id : options.profile_id;
    if (is_v3 && call.route->takes_profile && !profile.empty()) {
        http.headers.set("x-profile-id", profile);
    }
    for (const auto field : options.extra_headers) {
        http.headers.set(field.name, field.value);
    }
    for (const auto field : options.extra_query) {
        append_query_pair(field.name, field.value, http.url);
    }
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
        call.idempotency_key = options.idempotency_key;
        call.has_callers_key = true;
    } else if (call.safety == Safety::keyed_write && make_one && config.options.auto_idempotency_key) {
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
    const bool is_on = options.sandbox.value_or(config.options.sandbox);
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

}  // namespace sent::detail
