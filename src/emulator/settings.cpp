#include "emulator/settings.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "emulator/http/url.hpp"
#include "emulator/state/ids.hpp"

namespace sent::testing::emulator {
namespace {

bool fits_a_header(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

bool is_host(const std::string& text) {
    const auto host = parse_host(text);
    return host && fits_a_header(*host) && host->find_first_of("/*?#%") == std::string::npos;
}

// Longer delays are as good as none, and cannot be added to a time.
constexpr std::chrono::hours longest_delay{24 * 365};

void limit_delays(EmulatorOptions& options) {
    for (auto* delay : {&options.delivery_delay, &options.template_approval_delay, &options.idempotency_wait,
                        &options.webhook_retry_delay, &options.webhook_second, &options.keep_alive_timeout}) {
        *delay = std::min<std::chrono::milliseconds>(*delay, longest_delay);
    }
}

// What is wrong with the options; the values of keys are not repeated.
std::string find_error(const EmulatorOptions& options) {
    if (options.host.empty()) {
        return "host must not be empty";
    }
    if (options.port < 0 || options.port > 65535) {
        return "port must be from 0 to 65535";
    }
    if (!fits_a_header(options.api_key)) {
        return "api_key must consist of visible ASCII characters";
    }
    if (!fits_a_header(options.forbidden_api_key)) {
        return "forbidden_api_key must consist of visible ASCII characters";
    }
    if (!fits_a_header(options.profile_api_key)) {
        return "profile_api_key must consist of visible ASCII characters";
    }
    if (options.api_key == options.forbidden_api_key) {
        return "api_key and forbidden_api_key must differ";
    }
    if (options.profile_api_key == options.api_key || options.profile_api_key == options.forbidden_api_key) {
        return "profile_api_key must differ from the other keys";
    }
    if (!parse_guid(options.sender_id)) {
        return "sender_id must be a GUID, as in 0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903";
    }
    if (options.delivery_delay.count() < 0 || options.template_approval_delay.count() < 0 ||
        options.keep_alive_timeout.count() < 0 || options.idempotency_wait.count() < 0 ||
        options.webhook_retry_delay.count() < 0 || options.webhook_second.count() < 0) {
        return "delays must not be negative";
    }
    const auto& limits = options.rate_limits;
    if (limits.standard < 0 || limits.sensitive < 0 || limits.messages < 0) {
        return "rate limits must not be negative";
    }
    const auto& channels = options.account.channels;
    if (std::any_of(channels.begin(), channels.end(), [](const std::string& channel) {
            return channel != "sms" && channel != "whatsapp" && channel != "rcs";
        })) {
        return "channels must be sms, whatsapp and rcs";
    }
    for (const auto& host : options.allowed_hosts) {
        if (!is_host(host)) {
            return "allowed_hosts must be host names, as in emulator.example, but one is `" + host + '`';
        }
    }
    return {};
}

}  // namespace

Settings make_settings(EmulatorOptions options) {
    for (auto* text :
         {&options.api_key, &options.forbidden_api_key, &options.profile_api_key, &options.sender_id}) {
        if (text->empty()) {
            *text = make_guid();
        }
    }
    limit_delays(options);
    auto error = find_error(options);
    return {std::move(options), std::move(error)};
}

std::string make_base_url(const std::string& host, int port) {
    std::string name = host;
    if (host == "0.0.0.0") {
        name = "127.0.0.1";
    } else if (host == "::") {
        name = "[::1]";
    } else if (host.find(':') != std::string::npos) {
        name = '[' + host + ']';
    }
    return "http://" + name + ':' + std::to_string(port);
}

}  // namespace sent::testing::emulator
