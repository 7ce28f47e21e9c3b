#include "emulator/control/guard.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "emulator/http/url.hpp"
#include "emulator/json_reply.hpp"

namespace sent::testing::emulator {
namespace {

std::vector<std::string_view> header_values(const HeaderList& headers, std::string_view name) {
    std::vector<std::string_view> values;
    for (const auto& [key, value] : headers) {
        if (same_ignoring_case(key, name)) {
            values.emplace_back(value);
        }
    }
    return values;
}

// Containers call each other by "emulator". DNS rebinding needs a name that a public name server can resolve,
// which this is not.
bool is_local_name(std::string_view host) {
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

bool is_allowed(const std::string& host, const EmulatorOptions& options) {
    const auto listen_host = parse_host(options.host);
    if (is_loopback(host) || host == listen_host) {
        return true;
    }
    const bool listens_everywhere = listen_host == "0.0.0.0" || listen_host == "::";
    if (listens_everywhere && (is_address(host) || is_local_name(host))) {
        return true;
    }
    return std::any_of(options.allowed_hosts.begin(), options.allowed_hosts.end(),
                       [&host](const std::string& allowed) { return parse_host(allowed) == host; });
}

Reply refuse_host(std::string_view header, const std::string& name) {
    return problem(403, "Host " + std::string(header) +
                            " may not use /_emulator/. Start sent-emulator with --allowed-host " + name +
                            '.');
}

// Whether an Origin header names the host and port of the request, with http or https: only a proxy in front
// would know which of them the client used.
bool is_same_origin(std::string_view origin, const std::optional<Authority>& host) {
    const auto url = parse_url(origin);
    if (!url || !host || origin.find_first_of("/?#", origin.find("://") + 3) != std::string_view::npos) {
        return false;
    }
    return url->host == host->host && url->port == host->port.value_or(url->secure ? 443 : 80);
}

}  // namespace

std::optional<Reply> refuse_control(const Request& request, const EmulatorOptions& options) {
    auto hosts = header_values(request.headers, "Host");
    if (hosts.size() > 1) {
        return problem(
            403,
            "A request to /_emulator/ may have only one Host header: a name of this machine, or one "
            "given by --allowed-host.");
    }
    // A target that is a whole URL names the host, too, and wins.
    if (!request.authority.empty()) {
        hosts.emplace_back(request.authority);
    }
    // A request without any passes: every browser sends it.
    std::optional<Authority> host;
    for (const auto header : hosts) {
        host = parse_authority(header);
        const auto name = host ? without_final_dot(host->host) : "NAME";
        if (!host || !is_allowed(name, options)) {
            return refuse_host(header, name);
        }
    }
    // Checked after the host, because with DNS rebinding both headers contain the attacker's name for this
    // machine.
    for (const auto origin : header_values(request.headers, "Origin")) {
        if (!is_same_origin(origin, host)) {
            return problem(403, "Origin " + std::string(origin) +
                                    " may not use /_emulator/: it differs from the Host header.");
        }
    }
    for (const auto site : header_values(request.headers, "Sec-Fetch-Site")) {
        if (same_ignoring_case(site, "cross-site")) {
            return problem(403,
                           "A page of another site may not use /_emulator/ (Sec-Fetch-Site: cross-site).");
        }
    }
    return std::nullopt;
}

void keep_from_other_origins(Reply& reply) {
    reply.headers.insert(reply.headers.end(), {{"Cross-Origin-Resource-Policy", "same-origin"},
                                               {"X-Content-Type-Options", "nosniff"},
                                               {"Referrer-Policy", "no-referrer"},
                                               {"Cache-Control", "no-store"}});
}

}  // namespace sent::testing::emulator
