#include "http/transport_settings.hpp"

#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include "base/text/trim.hpp"
#include "base/url_authority.hpp"

namespace sent::detail::http {

namespace {

/// Longer times mean the same in practice, but could overflow when added to a time.
constexpr std::chrono::hours longest{24 * 365 * 10};

/// Returns the value of the variable without surrounding white space. Empty if it is unset.
std::string environment(const char* name) {
    const char* text = std::getenv(name);
    return std::string(text != nullptr ? trimmed(text, white_space) : std::string_view{});
}

TrustSource own_trust(const TlsOptions& tls) {
    TrustSource source;
    source.file = tls.ca_file;
    source.path = tls.ca_path;
    source.pem = tls.ca_pem;
    return source;
}

TrustSource trust_of_environment() {
    TrustSource source;
    source.file = environment("SSL_CERT_FILE");
    source.path = environment("SSL_CERT_DIR");
    source.from_environment = true;
    return source;
}

/// Returns the system's certificate file, or its directory if there is no file. Not both: libcurl caches
/// parsed certificates only if they come from a single file. An additional directory makes each further
/// connection several times as expensive.
TrustSource system_trust() {
    const curl_version_info_data* curl = curl_version_info(CURLVERSION_NOW);
    TrustSource source;
    if (curl->cainfo != nullptr && ::access(curl->cainfo, R_OK) == 0) {
        source.file = curl->cainfo;
    } else if (curl->capath != nullptr) {
        source.path = curl->capath;
        source.missing_file = curl->cainfo != nullptr ? curl->cainfo : "";
    }
    return source;
}

TrustSource choose_trust(const CurlTransportOptions& options) {
    TrustSource source = own_trust(options.tls);
    if (source.empty() && options.use_environment) {
        source = trust_of_environment();
    }
    return source.empty() ? system_trust() : source;
}

}  // namespace

TransportSettings::TransportSettings(CurlTransportOptions user_options)
    : options(std::move(user_options)), trust(choose_trust(options)) {
    for (std::chrono::seconds* limit : {&options.max_idle_time, &options.max_connection_age}) {
        *limit = std::clamp<std::chrono::seconds>(*limit, std::chrono::seconds{0}, longest);
    }
    if (options.proxy.mode == ProxyOptions::Mode::url) {
        UrlAuthority proxy;
        if (const char* problem = parse_proxy_url(options.proxy.url, proxy); problem != nullptr) {
            proxy_problem = std::string("`CurlTransportOptions::proxy.url` ") + problem;
        }
        proxy_is_name = proxy.is_name;
    }
    if (!trust.empty() && uses_our_openssl) {
        trust_store = std::make_unique<TrustStore>(trust, options.log);
    }
}

/// libcurl reads the environment for each request.
bool TransportSettings::may_look_up_proxy() const noexcept {
    const auto is_set = [](const char* name) { return std::getenv(name) != nullptr; };
    switch (options.proxy.mode) {
        case ProxyOptions::Mode::off:
            return false;
        case ProxyOptions::Mode::url:
            return proxy_is_name;
        case ProxyOptions::Mode::environment:
            break;
    }
    return is_set("https_proxy") || is_set("HTTPS_PROXY") || is_set("all_proxy") || is_set("ALL_PROXY");
}

}  // namespace sent::detail::http
