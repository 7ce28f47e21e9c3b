#include "bare_curl.hpp"

#include <new>
#include <utility>

#include "workload.hpp"

namespace bench {

namespace {

std::size_t append(char* bytes, std::size_t, std::size_t count, void* target) {
    static_cast<std::string*>(target)->append(bytes, count);
    return count;
}

BareRequest request_to(const Endpoint& endpoint, const std::string& path) {
    BareRequest request;
    request.url = endpoint.url + path;
    request.trust = endpoint.trust;
    request.http2 = endpoint.http2;
    return request;
}

void set_tls_options(CURL* handle, const BareRequest& request) {
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION,
                     request.http2 ? long{CURL_HTTP_VERSION_2TLS} : long{CURL_HTTP_VERSION_1_1});
    curl_easy_setopt(handle, CURLOPT_PIPEWAIT, request.http2 ? 1L : 0L);
    if (!request.trust.empty()) {
        curl_easy_setopt(handle, CURLOPT_CAINFO, request.trust.c_str());
    }
    if (request.without_ca_path) {
        curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
    }
}

}  // namespace

EasyHandle make_easy_handle() {
    EasyHandle handle{curl_easy_init()};
    if (!handle) {
        throw std::bad_alloc{};
    }
    return handle;
}

void perform(CURL* handle, const BareRequest& request, std::string& received) {
    received.clear();
    const CURLcode code = curl_easy_perform(handle);
    long status = 0;
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
    if (code != CURLE_OK || status != request.expected_status) {
        throw CallFailed{"bare libcurl: " + std::string{curl_easy_strerror(code)} + ", status " +
                         std::to_string(status)};
    }
}

BareRequest bare_v1_send(const Endpoint& endpoint) {
    BareRequest request = request_to(endpoint, "/v1/messages/contact");
    request.body = v1_send_body();
    request.headers = v1_headers(true);
    request.expected_status = 204;
    return request;
}

BareRequest bare_v1_list(const Endpoint& endpoint) {
    BareRequest request = request_to(endpoint, contacts_path());
    request.headers = v1_headers(false);
    return request;
}

BareRequest bare_v3_send(const Endpoint& endpoint) {
    BareRequest request = request_to(endpoint, "/v3/messages");
    request.body = v3_send_body();
    request.headers = v3_headers();
    request.expected_status = 202;
    return request;
}

HeaderList make_header_list(const std::vector<std::string>& headers) {
    HeaderList list;
    for (const std::string& header : headers) {
        curl_slist* longer = curl_slist_append(list.get(), header.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc{};
        }
        static_cast<void>(list.release());
        list.reset(longer);
    }
    return list;
}

void set_options(CURL* handle, const BareRequest& request, curl_slist* headers, std::string& received) {
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, 10'000L);
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, 60'000L);
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &received);
    set_tls_options(handle, request);
    if (!request.body.empty()) {
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, request.body.c_str());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    }
}

BareEasy::BareEasy(BareRequest request)
    : request_(std::move(request)),
      headers_(make_header_list(request_.headers)),
      handle_(make_easy_handle()) {
    set_options(handle_.get(), request_, headers_.get(), received_);
}

void BareEasy::run(std::size_t calls) {
    for (std::size_t call = 0; call < calls; ++call) {
        perform(handle_.get(), request_, received_);
    }
}

BareEasySetAgain::BareEasySetAgain(BareRequest request)
    : request_(std::move(request)), handle_(make_easy_handle()) {}

void BareEasySetAgain::run(std::size_t calls) {
    for (std::size_t call = 0; call < calls; ++call) {
        curl_easy_reset(handle_.get());
        const HeaderList headers = make_header_list(request_.headers);
        set_options(handle_.get(), request_, headers.get(), received_);
        perform(handle_.get(), request_, received_);
    }
}

}  // namespace bench
