#include "transport_settings.hpp"

#include <curl/curl.h>
#include <unistd.h>

#include <utility>

namespace sent::detail::http {

namespace {

/// The system's file, or else its directory. Not both: libcurl keeps parsed certificates only as long as they
/// come from one file, and a directory beside it makes each further connection several times as expensive.
TrustSource system_trust() {
    const curl_version_info_data* curl = curl_version_info(CURLVERSION_NOW);
    TrustSource source;
    if (curl->cainfo != nullptr && ::access(curl->cainfo, R_OK) == 0) {
        source.file = curl->cainfo;
    } else if (curl->capath != nullptr) {
        source.path = curl->capath;
    }
    return source;
}

TrustSource own_trust(const TlsOptions& tls) {
    TrustSource source;
    source.file = tls.ca_file;
    source.path = tls.ca_path;
    source.pem = tls.ca_pem;
    return source;
}

}  // namespace

TransportSettings::TransportSettings(CurlTransportOptions user_options)
    : options(std::move(user_options)), trust(own_trust(options.tls)) {
    if (trust.empty()) {
        trust = system_trust();
    }
    if (!trust.empty() && TrustStore::is_supported()) {
        trust_store = std::make_unique<TrustStore>(trust);
    }
}

}  // namespace sent::detail::http
