#include "tls_goodbye.hpp"

#include <openssl/ssl.h>

#include <new>

namespace sent::detail::http {

namespace {

using Flag = std::shared_ptr<std::atomic<bool>>;

void free_flag(void* /*parent*/, void* flag, CRYPTO_EX_DATA* /*data*/, int /*index*/, long /*number*/,
               void* /*argument*/) {
    delete static_cast<Flag*>(flag);
}

/// Where contexts keep the flag; one number for the whole process, as OpenSSL wants it.
int flag_index() noexcept {
    static std::atomic<int> index{-1};
    int known = index.load(std::memory_order_acquire);
    if (known < 0) {  // also after OpenSSL had no memory for one
        const int fresh = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &free_flag);
        // Another thread may have been faster; then this one is never used.
        known = index.compare_exchange_strong(known, fresh) ? fresh : known;
    }
    return known;
}

const Flag* flag_of(const SSL* ssl) noexcept {
    const SSL_CTX* context = SSL_get_SSL_CTX(ssl);
    return context == nullptr ? nullptr
                              : static_cast<const Flag*>(SSL_CTX_get_ex_data(context, flag_index()));
}

void on_event(const SSL* ssl, int where, int value) {
    if ((where & SSL_CB_READ_ALERT) == SSL_CB_READ_ALERT && (value & 0xff) == SSL_AD_CLOSE_NOTIFY) {
        if (const Flag* flag = flag_of(ssl)) {
            (*flag)->store(true, std::memory_order_relaxed);
        }
    }
}

}  // namespace

// libcurl has a context for each connection.
bool watch_tls_goodbye(void* ssl_context) noexcept {
    auto* context = static_cast<SSL_CTX*>(ssl_context);
    try {
        auto flag = std::make_unique<Flag>(std::make_shared<std::atomic<bool>>(false));
        if (SSL_CTX_set_ex_data(context, flag_index(), flag.get()) != 1) {
            return false;
        }
        (void)flag.release();  // the context frees it
    } catch (const std::bad_alloc&) {
        return false;
    }
    SSL_CTX_set_info_callback(context, &on_event);
    return true;
}

TlsGoodbye tls_goodbye_of(CURL* easy) noexcept {
    curl_tlssessioninfo* session = nullptr;
    const bool known = curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK &&
                       session != nullptr && session->backend == CURLSSLBACKEND_OPENSSL &&
                       session->internals != nullptr;
    const Flag* flag = known ? flag_of(static_cast<const SSL*>(session->internals)) : nullptr;
    return flag != nullptr ? *flag : nullptr;
}

}  // namespace sent::detail::http
