#include "trust_store.hpp"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <climits>
#include <utility>

#include "process_exit.hpp"
#include "tls_goodbye.hpp"

namespace sent::detail::http {

namespace {

/// As long as libcurl keeps what it has read: certificates are replaced on disk now and then.
constexpr std::chrono::hours max_age{24};

struct FreeBio {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};
struct FreeCertificate {
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
};

std::string why(const std::string& what) {
    char text[256] = "unreadable";
    if (const unsigned long code = ERR_peek_last_error(); code != 0) {
        ERR_error_string_n(code, text, sizeof text);
    }
    ERR_clear_error();
    return "no trusted certificates in " + what + ": " + text;
}

}  // namespace

std::string TrustSource::describe() const {
    std::string text;
    const auto add = [&text](const std::string& what) {
        text += text.empty() ? "" : ", ";
        text += what;
    };
    if (!pem.empty()) {
        add("the given PEM text");
    }
    if (!file.empty()) {
        add("file " + file);
    }
    if (!path.empty()) {
        add("directory " + path);
    }
    return text.empty() ? "libcurl's default" : text;
}

TrustStore::TrustStore(TrustSource source) : source_(std::move(source)) {}

void TrustStore::Free::operator()(x509_store_st* store) const noexcept {
    X509_STORE_free(store);
}

bool TrustStore::is_supported() noexcept {
#ifdef OPENSSL_VERSION_STRING
    const char* theirs = curl_version_info(CURLVERSION_NOW)->ssl_version;
    try {
        return theirs != nullptr &&
               std::string("OpenSSL/") + OpenSSL_version(OPENSSL_VERSION_STRING) == theirs;
    } catch (...) {
        return false;
    }
#else
    return false;  // before OpenSSL 3 a library does not tell its version in a form to compare
#endif
}

bool TrustStore::install(CURL* easy) {
#if LIBCURL_VERSION_NUM >= 0x075700
    // libcurl would take the store for its own and keep it.
    curl_easy_setopt(easy, CURLOPT_CA_CACHE_TIMEOUT, 0L);
#endif
    return curl_easy_setopt(easy, CURLOPT_SSL_CTX_FUNCTION, &TrustStore::on_new_context) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_SSL_CTX_DATA, this) == CURLE_OK;
}

std::string TrustStore::problem() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return problem_;
}

CURLcode TrustStore::on_new_context(CURL* /*easy*/, void* ssl_context, void* self) noexcept {
    try {
        return static_cast<TrustStore*>(self)->attach(ssl_context);
    } catch (...) {
        return CURLE_OUT_OF_MEMORY;
    }
}

CURLcode TrustStore::attach(void* ssl_context) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const Clock::time_point now = Clock::now();
    if (!store_ || now - loaded_ > max_age) {
        store_ = load();
        loaded_ = now;
    }
    if (!store_) {
        return CURLE_SSL_CACERT_BADFILE;
    }
    auto* context = static_cast<SSL_CTX*>(ssl_context);
    SSL_CTX_set1_cert_store(context, store_.get());
    if (!watch_tls_goodbye(ssl_context)) {
        return CURLE_OUT_OF_MEMORY;
    }
    return CURLE_OK;
}

TrustStore::Store TrustStore::load() {
    ERR_clear_error();
    Store store(X509_STORE_new());
    if (!store) {
        throw std::bad_alloc();
    }
    if (!source_.file.empty() && X509_STORE_load_locations(store.get(), source_.file.c_str(), nullptr) != 1) {
        problem_ = why("file " + source_.file);
        return nullptr;
    }
    if (!source_.path.empty() && X509_STORE_load_locations(store.get(), nullptr, source_.path.c_str()) != 1) {
        problem_ = why("directory " + source_.path);
        return nullptr;
    }
    if (!source_.pem.empty() && !add_pem(store.get())) {
        problem_ = why("the given PEM text");
        return nullptr;
    }
    // As libcurl sets them: a trusted intermediate certificate is enough.
    X509_STORE_set_flags(store.get(), X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
    problem_.clear();
    return store;
}

bool TrustStore::add_pem(x509_store_st* store) const {
    if (source_.pem.size() > INT_MAX) {
        return false;
    }
    const std::unique_ptr<BIO, FreeBio> bio(
        BIO_new_mem_buf(source_.pem.data(), static_cast<int>(source_.pem.size())));
    bool some = false;
    while (bio) {
        const std::unique_ptr<X509, FreeCertificate> certificate(
            PEM_read_bio_X509_AUX(bio.get(), nullptr, nullptr, nullptr));
        if (!certificate) {
            break;
        }
        if (X509_STORE_add_cert(store, certificate.get()) != 1) {
            return false;
        }
        some = true;
    }
    if (some) {
        ERR_clear_error();  // the end of the text is one
    }
    return some;
}

}  // namespace sent::detail::http
