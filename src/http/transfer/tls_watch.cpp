#include "http/transfer/tls_watch.hpp"

#include <openssl/ssl.h>

#include <atomic>
#include <new>

namespace sent::detail::http {

namespace {

using Watch = std::shared_ptr<TlsWatch>;

/// Handshake messages have a fixed weight, because each causes work; records have a weight by size. A
/// handshake has a dozen messages. The limit is three dozen messages without progress, or about four thousand
/// small records that are not application data.
constexpr unsigned int message_weight = 128;
constexpr unsigned int bytes_per_weight = 256;
constexpr unsigned int most_weight = 4096;
/// 64 KiB: about 7,000 frames without content.
constexpr unsigned int data_weight_per_turn = 256;

void free_watch(void* /*parent*/, void* watch, CRYPTO_EX_DATA* /*data*/, int /*index*/, long /*number*/,
                void* /*argument*/) {
    delete static_cast<Watch*>(watch);
}

/// Returns the index under which contexts store their watch. OpenSSL wants one per process.
int watch_index() noexcept {
    static std::atomic<int> index{-1};
    int known = index.load(std::memory_order_acquire);
    if (known < 0) {  // also if OpenSSL had no memory for one before
        const int fresh = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &free_watch);
        // If another thread was faster, this one is never used.
        known = index.compare_exchange_strong(known, fresh) ? fresh : known;
    }
    return known;
}

void on_message(int is_written, int /*version*/, int type, const void* content, std::size_t size, SSL* ssl,
                void* watch) {
    if (is_written == 0 &&
        !static_cast<TlsWatch*>(watch)->received(type, static_cast<const unsigned char*>(content), size)) {
        // As if the peer had closed the connection: OpenSSL drops its data and stops reading.
        SSL_set_shutdown(ssl, SSL_get_shutdown(ssl) | SSL_RECEIVED_SHUTDOWN);
    }
}

}  // namespace

bool TlsWatch::received(int type, const unsigned char* content, std::size_t size) noexcept {
    if (counted_in_.round != turn_.round || counted_in_.pieces != turn_.pieces) {
        counted_in_ = turn_;
        weight_ = 0;
        data_weight_ = 0;
    }
    if (type == SSL3_RT_HEADER && size >= SSL3_RT_HEADER_LENGTH) {
        const unsigned int length = content[3] * 256U + content[4];
        const unsigned int weight = 1 + length / bytes_per_weight;
        // TLS 1.3 encrypts handshake messages as application data. They are counted after decryption.
        if (content[0] == SSL3_RT_APPLICATION_DATA) {
            count_data(weight);
        } else {
            weight_ += weight;
        }
    } else if (type == SSL3_RT_HANDSHAKE) {
        weight_ += message_weight;
    } else if (type == SSL3_RT_ALERT && size >= 2 && content[1] == SSL_AD_CLOSE_NOTIFY) {
        is_closed_properly_ = true;
    }
    flooded_ = flooded_ || weight_ > most_weight;
    return !flooded_;
}

void TlsWatch::count_data(unsigned int weight) noexcept {
    data_weight_ += weight;
    if (data_weight_ > data_weight_per_turn && !sockets_.pause(owner_)) {
        weight_ += weight;
    }
}

bool watch_tls(void* ssl_context, const std::shared_ptr<TlsWatch>& watch) noexcept {
    auto* context = static_cast<SSL_CTX*>(ssl_context);
    try {
        auto kept = std::make_unique<Watch>(watch);
        if (SSL_CTX_set_ex_data(context, watch_index(), kept.get()) != 1) {
            return false;
        }
        (void)kept.release();  // the context frees it
        SSL_CTX_set_msg_callback(context, &on_message);
        SSL_CTX_set_msg_callback_arg(context, watch.get());
        return true;
    } catch (const std::bad_alloc&) {
        return false;
    }
}

std::shared_ptr<const TlsWatch> tls_watch_of(CURL* easy) noexcept {
    curl_tlssessioninfo* session = nullptr;
    const bool known = curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) == CURLE_OK &&
                       session != nullptr && session->backend == CURLSSLBACKEND_OPENSSL &&
                       session->internals != nullptr;
    const SSL_CTX* context = known ? SSL_get_SSL_CTX(static_cast<const SSL*>(session->internals)) : nullptr;
    const void* watch = context != nullptr ? SSL_CTX_get_ex_data(context, watch_index()) : nullptr;
    return watch != nullptr ? *static_cast<const Watch*>(watch) : nullptr;
}

}  // namespace sent::detail::http
