// Sets the options of libcurl, once for each handle and for each request.

#include "http/transfer/curl_transfer.hpp"

#include <algorithm>
#include <limits>
#include <string>

namespace sent::detail::http {

namespace {

long as_curl_milliseconds(std::chrono::milliseconds time) noexcept {
    // libcurl stores some timeouts in an int.
    constexpr std::chrono::milliseconds::rep most = std::numeric_limits<int>::max();
    constexpr std::chrono::milliseconds::rep least = 0;
    return static_cast<long>(std::clamp(time.count(), least, most));
}

}  // namespace

RefusedOption CurlTransfer::set_up() noexcept {
    CURL* easy = easy_.get();
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, error_text_);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &CurlTransfer::on_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &CurlTransfer::on_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::on_open);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, this);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, &CurlTransfer::on_close);
    // A connection keeps this pointer, and may outlive the transfer that opened it.
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, &sockets_);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_FUNCTION, &CurlTransfer::on_look_up);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_DATA, this);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &CurlTransfer::on_connecting);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    const CURLcode code =
        curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &CurlTransfer::on_request_about_to_leave);
    if (code != CURLE_OK) {
        return {"PREREQFUNCTION", code};
    }
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, this);
    const RefusedOption refused = set_constant_options(easy, settings_);
    if (settings_.uses_our_openssl) {
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &CurlTransfer::on_new_context);
        curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this);
    }
    return refused;
}

/// Most requests go to the same URL as the one before, so nothing has to be parsed again.
const char* CurlTransfer::take_url(const std::string& url) {
    if (libcurl_has_url_ && url == url_text_) {
        return nullptr;
    }
    libcurl_has_url_ = false;
    url_text_ = url;
    return parse_request_url(url_text_, url_);
}

CURLcode CurlTransfer::set_url() {
    const CURLcode code = curl_easy_setopt(easy_.get(), CURLOPT_URL, url_text_.c_str());
    return code == CURLE_OK ? set_target() : code;
}

CURLcode CurlTransfer::set_request(std::chrono::milliseconds timeout) {
    CURL* easy = easy_.get();
    const HttpRequest& request = *request_;
    const bool https = url_.https;
    form_.clear(easy);
    CURLcode code = CURLE_OK;
    if (!libcurl_has_url_) {
        code = set_url();
        libcurl_has_url_ = code == CURLE_OK;
    }
    if (code == CURLE_OK && proxied_ != https) {
        code = set_proxy(easy, settings_.options.proxy, https);
        proxied_ = https;
    }
    const auto no_limit = std::chrono::milliseconds::max();
    const auto connect = request.connect_timeout.count() > 0 ? request.connect_timeout : no_limit;
    const std::string& method = request.method;
    // For these three methods, an empty body is announced too, with Content-Length: 0.
    const bool posts = !request.body.empty() || request.parts != nullptr || method == "POST" ||
                       method == "PUT" || method == "PATCH";
    const RequestOptions wanted{method, posts, as_curl_milliseconds(connect), as_curl_milliseconds(timeout)};
    if (code == CURLE_OK && !(wanted == given_)) {
        code = set_request_options(easy, wanted);
        given_ = code == CURLE_OK ? wanted : RequestOptions{};
    }
    if (code == CURLE_OK && posts) {
        code = set_body();
    }
    header_list_.set(easy, request);
    http2_.begin_request();
    return code;
}

CURLcode CurlTransfer::set_body() {
    CURL* easy = easy_.get();
    const HttpRequest& request = *request_;
    if (request.parts != nullptr) {
        given_ = RequestOptions{};  // so that the next request sets the method back
        return form_.set(easy, *request.parts);
    }
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    return curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
}

/// If memory runs out while libcurl parses the URL, it drops the query and sends the request without it. With
/// an explicit target it does not.
CURLcode CurlTransfer::set_target() {
    CURL* easy = easy_.get();
    const std::string& url = url_text_;
    const std::size_t begin = url_.end;
    const std::size_t fragment = std::min(url.find('#', begin), url.size());
    const bool has_query = url.find('?', begin) < fragment;
    if (!has_query && !target_is_set_) {
        return CURLE_OK;
    }
    target_is_set_ = has_query;
    if (!has_query) {
        return curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, nullptr);
    }
    if (url[begin] == '/' && fragment == url.size()) {
        return curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, url.c_str() + begin);
    }
    const std::string target = (url[begin] == '/' ? "" : "/") + url.substr(begin, fragment - begin);
    return curl_easy_setopt(easy, CURLOPT_REQUEST_TARGET, target.c_str());
}

}  // namespace sent::detail::http
