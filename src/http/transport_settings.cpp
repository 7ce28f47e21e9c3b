#include "transport_settings.hpp"

#include <curl/curl.h>
#include <unistd.h>

#include <utility>

namespace sent::detail::http {

namespace {

bool is_readable(const char* path) noexcept {
    return path != nullptr && ::access(path, R_OK) == 0;
}

std::string describe_trust(const TlsOptions& tls, const char* file, const char* path) {
    std::string text;
    const auto add = [&text](const std::string& what) {
        text += text.empty() ? "" : ", ";
        text += what;
    };
    if (!tls.ca_pem.empty()) {
        add("the given PEM text");
    }
    if (file != nullptr) {
        add("file " + std::string(file));
    }
    if (path != nullptr) {
        add("directory " + std::string(path));
    }
    return text.empty() ? "libcurl's default" : text;
}

}  // namespace

TransportSettings::TransportSettings(CurlTransportOptions user_options) : options(std::move(user_options)) {
    const TlsOptions& tls = options.tls;
    const curl_version_info_data* curl = curl_version_info(CURLVERSION_NOW);
    own_trust = !tls.ca_file.empty() || !tls.ca_path.empty() || !tls.ca_pem.empty();
    const char* file = own_trust ? nullptr : curl->cainfo;
    const char* path = own_trust ? nullptr : curl->capath;
    drop_ca_path = own_trust || is_readable(file);
    if (drop_ca_path) {
        path = nullptr;
    }
    if (!tls.ca_file.empty()) {
        file = tls.ca_file.c_str();
    }
    if (!tls.ca_path.empty()) {
        path = tls.ca_path.c_str();
    }
    trust_source = describe_trust(tls, file, path);
}

}  // namespace sent::detail::http
