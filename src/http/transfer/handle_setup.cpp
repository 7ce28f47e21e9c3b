#include "http/transfer/handle_setup.hpp"

#include <string>

#include "http/process/curl_global.hpp"
#include "http/transfer/idle_connections.hpp"

#if LIBCURL_VERSION_NUM < 0x075700
#error \
    "sent needs libcurl 7.87 or newer: without CURLOPT_QUICK_EXIT a call cannot end while a name server is silent"
#endif

namespace sent::detail::http {

namespace {

/// Sets options until one is refused, and remembers that one.
class OptionSetter {
  public:
    explicit OptionSetter(CURL* easy) : easy_(easy) {}

    template <class T>
    void operator()(CURLoption option, const char* name, T value) {
        if (refused_.name == nullptr) {
            refused_.code = curl_easy_setopt(easy_, option, value);
            refused_.name = refused_.code != CURLE_OK ? name : nullptr;
        }
    }
    /// For options that some TLS libraries do not have and that are then not needed.
    void clear_if_known(CURLoption option) { curl_easy_setopt(easy_, option, nullptr); }
    void text(CURLoption option, const char* name, const std::string& value) {
        if (!value.empty()) {
            (*this)(option, name, value.c_str());
        }
    }
    /// Does not copy the text, because each copy would have to be wiped. The text ends with NUL, because it
    /// is a whole string.
    void secret(CURLoption option, const char* name, const Secret& value) {
        if (!value.empty()) {
            (*this)(option, name, value.reveal().data());
        }
    }
    [[nodiscard]] RefusedOption refused() const { return refused_; }

  private:
    CURL* easy_;
    RefusedOption refused_{};
};

// NOLINTNEXTLINE(cppcoreguidelines-macro-usage): option and name cannot drift apart
#define SENT_OPTION(name) CURLOPT_##name, #name

void set_http_options(OptionSetter& set, const TransportSettings& settings) {
    set(SENT_OPTION(PROTOCOLS_STR), "http,https");
    set(SENT_OPTION(HTTP_VERSION), static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(SENT_OPTION(FOLLOWLOCATION), 0L);
    set(SENT_OPTION(DISALLOW_USERNAME_IN_URL), 1L);
    set(SENT_OPTION(PATH_AS_IS), 1L);
    set(SENT_OPTION(NETRC), static_cast<long>(CURL_NETRC_IGNORED));
    // libcurl decompresses all formats that it knows, but offers only gzip to servers.
    set(SENT_OPTION(ACCEPT_ENCODING), can_unpack_gzip() ? "gzip" : "");
    // The headers are sent to the server only, not to a proxy.
    set(SENT_OPTION(HEADEROPT), static_cast<long>(CURLHEADER_SEPARATE));
    set(SENT_OPTION(SUPPRESS_CONNECT_HEADERS), 1L);
    set(SENT_OPTION(TCP_NODELAY), 1L);
    set(SENT_OPTION(TCP_KEEPALIVE), 1L);
    set(SENT_OPTION(MAXAGE_CONN), longest_idle_seconds(settings.options.max_idle_time));
    set(SENT_OPTION(MAXLIFETIME_CONN), static_cast<long>(settings.options.max_connection_age.count()));
    set(SENT_OPTION(FORBID_REUSE), settings.options.max_idle_time.count() == 0 ? 1L : 0L);
    // A name server that does not answer must not delay a call that has ended.
    set(SENT_OPTION(QUICK_EXIT), 1L);
}

void set_proxy_options(OptionSetter& set, const ProxyOptions& proxy) {
    set(SENT_OPTION(PROXYAUTH), curl_scheme(proxy.scheme));
    if (proxy.mode == ProxyOptions::Mode::url) {
        set(SENT_OPTION(NOPROXY), proxy.no_proxy.c_str());
        set.text(SENT_OPTION(PROXYUSERNAME), proxy.username);
        set.secret(SENT_OPTION(PROXYPASSWORD), proxy.password);
    }
    if (proxy.scheme == ProxyOptions::Scheme::negotiate && proxy.username.empty()) {
        set(SENT_OPTION(PROXYUSERNAME), "");  // without a user name, libcurl does not authenticate
    }
}

void set_pem(OptionSetter& set, CURLoption option, const char* name, const std::string& pem) {
    if (!pem.empty()) {
        curl_blob blob{};
        blob.data =
            const_cast<char*>(pem.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): it is copied
        blob.len = pem.size();
        blob.flags = CURL_BLOB_COPY;
        set(option, name, &blob);
    }
}

/// Sets all trust options, because libcurl has its own default for each that is not set.
void set_trust(CURL* easy, OptionSetter& set, const TransportSettings& settings) {
    const TrustSource& trust = settings.trust;
    if (trust.empty()) {
        return;
    }
    for (const CURLoption option :
         {CURLOPT_CAINFO, CURLOPT_PROXY_CAINFO, CURLOPT_CAPATH, CURLOPT_PROXY_CAPATH}) {
        set.clear_if_known(option);
    }
    if (settings.trust_store && TrustStore::may_be_attached(easy)) {
        return;
    }
    set_pem(set, SENT_OPTION(CAINFO_BLOB), trust.pem);
    set_pem(set, SENT_OPTION(PROXY_CAINFO_BLOB), trust.pem);
    set.text(SENT_OPTION(CAINFO), trust.file);
    set.text(SENT_OPTION(PROXY_CAINFO), trust.file);
    set.text(SENT_OPTION(CAPATH), trust.path);
    set.text(SENT_OPTION(PROXY_CAPATH), trust.path);
}

void set_tls_options(CURL* easy, OptionSetter& set, const TransportSettings& settings) {
    const TlsOptions& tls = settings.options.tls;
    set(SENT_OPTION(SSLVERSION), static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(SENT_OPTION(SSL_VERIFYPEER), 1L);
    set(SENT_OPTION(SSL_VERIFYHOST), 2L);
    set(SENT_OPTION(PROXY_SSLVERSION), static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(SENT_OPTION(PROXY_SSL_VERIFYPEER), 1L);
    set(SENT_OPTION(PROXY_SSL_VERIFYHOST), 2L);
    set_trust(easy, set, settings);
    set.text(SENT_OPTION(SSLCERT), tls.client_certificate_file);
    set.text(SENT_OPTION(SSLKEY), tls.client_key_file);
    set.secret(SENT_OPTION(KEYPASSWD), tls.client_key_password);
    set.text(SENT_OPTION(PINNEDPUBLICKEY), tls.pinned_public_key);
}

}  // namespace

RefusedOption set_constant_options(CURL* easy, const TransportSettings& settings) {
    OptionSetter set(easy);
    set_http_options(set, settings);
    set_tls_options(easy, set, settings);
    set_proxy_options(set, settings.options.proxy);
    return set.refused();
}

#undef SENT_OPTION

CURLcode set_request_options(CURL* easy, const RequestOptions& options) {
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, options.connect_timeout_ms);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, options.timeout_ms);
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 0L);
    const bool is_head = !options.posts && options.method == "HEAD";
    const bool is_plain = is_head || options.method == (options.posts ? "POST" : "GET");
    // Undoes the settings of the previous request.
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, nullptr);
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    if (options.posts) {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
    } else if (is_head) {
        curl_easy_setopt(easy, CURLOPT_NOBODY, 1L);
    }
    return curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, is_plain ? nullptr : options.method.c_str());
}

long curl_scheme(ProxyOptions::Scheme scheme) noexcept {
    switch (scheme) {
        case ProxyOptions::Scheme::any:
            break;
        case ProxyOptions::Scheme::basic:
            return static_cast<long>(CURLAUTH_BASIC);
        case ProxyOptions::Scheme::digest:
            return static_cast<long>(CURLAUTH_DIGEST);
        case ProxyOptions::Scheme::ntlm:
            return static_cast<long>(CURLAUTH_NTLM);
        case ProxyOptions::Scheme::negotiate:
            return static_cast<long>(CURLAUTH_NEGOTIATE);
    }
    // If several schemes are allowed, libcurl sends none before the proxy has named its own. Negotiate is
    // left out, because libcurl prefers it but it ignores the user name: without a ticket, libcurl would not
    // try the others.
    return static_cast<long>(CURLAUTH_DIGEST | CURLAUTH_NTLM | CURLAUTH_BASIC);
}

CURLcode set_proxy(CURL* easy, const ProxyOptions& proxy, bool https) {
    if (!https || proxy.mode == ProxyOptions::Mode::off) {
        return curl_easy_setopt(easy, CURLOPT_PROXY, "");
    }
    const bool given = proxy.mode == ProxyOptions::Mode::url;
    return curl_easy_setopt(easy, CURLOPT_PROXY, given ? proxy.url.c_str() : nullptr);
}

}  // namespace sent::detail::http
