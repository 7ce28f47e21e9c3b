#include "tls_session.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace sent::test {

namespace {

template <auto Function>
struct Free {
    template <class T>
    void operator()(T* object) const {
        Function(object);
    }
};

using Bio = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;

constexpr std::size_t record_size = 16 * 1024;

std::string last_error() {
    std::string text;
    while (const unsigned long code = ERR_get_error()) {
        std::array<char, 256> buffer{};
        ERR_error_string_n(code, buffer.data(), buffer.size());
        text += (text.empty() ? "" : "; ") + std::string(buffer.data());
    }
    return text;
}

void require(bool ok, const char* what) {
    if (!ok) {
        throw std::runtime_error(std::string("TLS set-up failed: ") + what + ": " + last_error());
    }
}

Bio bio_of(const std::string& text) {
    Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    require(bio != nullptr, "memory");
    return bio;
}

Certificate read_certificate(const std::string& pem) {
    const Bio bio = bio_of(pem);
    Certificate certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    require(certificate != nullptr, "certificate");
    return certificate;
}

int protocol(TlsVersion version) {
    switch (version) {
        case TlsVersion::tls1_0:
            return TLS1_VERSION;
        case TlsVersion::tls1_1:
            return TLS1_1_VERSION;
        case TlsVersion::tls1_2:
            return TLS1_2_VERSION;
        case TlsVersion::tls1_3:
            break;
    }
    return TLS1_3_VERSION;
}

int accept_any(int, X509_STORE_CTX*) {
    return 1;
}

int select_protocol(SSL*, const unsigned char** selected, unsigned char* selected_size,
                    const unsigned char* offered, unsigned int offered_size, void* wanted) {
    const auto& name = *static_cast<const std::string*>(wanted);
    for (unsigned int at = 0; at < offered_size; at += 1U + offered[at]) {
        const std::string_view candidate(reinterpret_cast<const char*>(offered) + at + 1, offered[at]);
        if (candidate == name) {
            *selected = offered + at + 1;
            *selected_size = offered[at];
            return SSL_TLSEXT_ERR_OK;
        }
    }
    return SSL_TLSEXT_ERR_NOACK;
}

void request_client_certificate(SSL_CTX* context, const TlsOptions& options) {
    const bool required = options.client_certificate == ClientCertificate::required;
    const int mode = SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0);
    if (options.client_ca_pem.empty()) {
        SSL_CTX_set_verify(context, mode, accept_any);
        return;
    }
    const Certificate ca = read_certificate(options.client_ca_pem);
    require(X509_STORE_add_cert(SSL_CTX_get_cert_store(context), ca.get()) == 1, "client CA");
    require(SSL_CTX_add_client_CA(context, ca.get()) == 1, "client CA");
    SSL_CTX_set_verify(context, mode, nullptr);
}

}  // namespace

struct TlsContext::Impl {
    std::string alpn{};
    std::unique_ptr<SSL_CTX, Free<SSL_CTX_free>> ssl{SSL_CTX_new(TLS_server_method())};
};

TlsContext::TlsContext(const TlsOptions& options) : impl_(std::make_unique<Impl>()) {
    SSL_CTX* const context = impl_->ssl.get();
    require(context != nullptr, "context");
    require(SSL_CTX_set_min_proto_version(context, protocol(options.min_version)) == 1, "version");
    require(SSL_CTX_set_max_proto_version(context, protocol(options.max_version)) == 1, "version");
    require(SSL_CTX_set_cipher_list(context, "ALL:@SECLEVEL=0") == 1, "ciphers");
    const Certificate certificate = read_certificate(options.identity.certificate_pem);
    const Bio key_text = bio_of(options.identity.key_pem);
    const Key key(PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
    require(SSL_CTX_use_certificate(context, certificate.get()) == 1, "certificate");
    require(SSL_CTX_use_PrivateKey(context, key.get()) == 1, "key");
    // Without an id OpenSSL refuses to resume sessions of clients that have shown a certificate.
    const unsigned char session_id[] = {'s'};
    SSL_CTX_set_session_id_context(context, session_id, sizeof session_id);
    if (!options.alpn.empty()) {
        impl_->alpn = options.alpn;
        SSL_CTX_set_alpn_select_cb(context, select_protocol, &impl_->alpn);
    }
    if (options.client_certificate != ClientCertificate::not_requested) {
        request_client_certificate(context, options);
    }
}

TlsContext::~TlsContext() = default;

struct TlsSession::Impl {
    std::unique_ptr<SSL, Free<SSL_free>> ssl;
    BIO* in = nullptr;   // owned by ssl
    BIO* out = nullptr;  // owned by ssl
};

TlsSession::TlsSession(const TlsContext& context, Wire& wire) : impl_(std::make_unique<Impl>()), wire_(wire) {
    impl_->ssl.reset(SSL_new(context.impl_->ssl.get()));
    require(impl_->ssl != nullptr, "session");
    impl_->in = BIO_new(BIO_s_mem());
    impl_->out = BIO_new(BIO_s_mem());
    require(impl_->in != nullptr && impl_->out != nullptr, "memory");
    SSL_set_bio(impl_->ssl.get(), impl_->in, impl_->out);
    SSL_set_accept_state(impl_->ssl.get());
}

TlsSession::~TlsSession() = default;

Io TlsSession::feed() {
    std::string encrypted;
    const Io io = wire_.receive(encrypted);
    if (io == Io::ok) {
        const int size = static_cast<int>(encrypted.size());
        require(BIO_write(impl_->in, encrypted.data(), size) == size, "memory");
    }
    return io;
}

Io TlsSession::flush() {
    std::string encrypted(BIO_ctrl_pending(impl_->out), '\0');
    if (encrypted.empty()) {
        return Io::ok;
    }
    BIO_read(impl_->out, encrypted.data(), static_cast<int>(encrypted.size()));
    return wire_.send_all(encrypted);
}

Io TlsSession::fail(int ssl_error) {
    if (ssl_error == SSL_ERROR_ZERO_RETURN) {
        return Io::closed;
    }
    error_ = last_error();
    if (error_.empty()) {
        error_ = "TLS error " + std::to_string(ssl_error);
    }
    flush();  // the alert; a peer that no longer reads it changes nothing
    return Io::failed;
}

Io TlsSession::handshake() {
    for (;;) {
        ERR_clear_error();
        const int result = SSL_do_handshake(impl_->ssl.get());
        const int ssl_error = SSL_get_error(impl_->ssl.get(), result);
        if (result != 1 && ssl_error != SSL_ERROR_WANT_READ) {
            return fail(ssl_error);
        }
        Io io = flush();
        if (io == Io::ok && result == 1) {
            return Io::ok;
        }
        if (io == Io::ok) {
            io = feed();
        }
        if (io != Io::ok) {
            error_ = "the connection ended during the handshake";
            return io;
        }
    }
}

Io TlsSession::receive(std::string& into) {
    std::array<char, record_size> buffer;
    bool any = false;
    for (;;) {
        ERR_clear_error();
        const int count = SSL_read(impl_->ssl.get(), buffer.data(), static_cast<int>(buffer.size()));
        if (count > 0) {
            into.append(buffer.data(), static_cast<std::size_t>(count));
            any = true;
            continue;
        }
        const int ssl_error = SSL_get_error(impl_->ssl.get(), count);
        if (any) {
            return Io::ok;  // an end of the stream is reported by the next call
        }
        if (ssl_error != SSL_ERROR_WANT_READ) {
            return fail(ssl_error);
        }
        Io io = flush();
        if (io == Io::ok) {
            io = feed();
        }
        if (io != Io::ok) {
            return io;
        }
    }
}

Io TlsSession::send_all(std::string_view bytes) {
    while (!bytes.empty()) {
        ERR_clear_error();
        const int size = static_cast<int>(std::min(bytes.size(), record_size));
        const int count = SSL_write(impl_->ssl.get(), bytes.data(), size);
        if (count <= 0) {
            return fail(SSL_get_error(impl_->ssl.get(), count));
        }
        if (const Io io = flush(); io != Io::ok) {
            return io;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return Io::ok;
}

Io TlsSession::send_close_notify() {
    ERR_clear_error();
    SSL_shutdown(impl_->ssl.get());
    return flush();
}

Io TlsSession::send_key_update() {
    ERR_clear_error();
    require(SSL_key_update(impl_->ssl.get(), SSL_KEY_UPDATE_NOT_REQUESTED) == 1, "key update");
    SSL_do_handshake(impl_->ssl.get());
    return flush();
}

Io TlsSession::send_session_ticket() {
    ERR_clear_error();
    require(SSL_new_session_ticket(impl_->ssl.get()) == 1, "session ticket");
    SSL_do_handshake(impl_->ssl.get());
    return flush();
}

std::string TlsSession::version() const {
    return SSL_get_version(impl_->ssl.get());
}

std::string TlsSession::server_name() const {
    const char* const name = SSL_get_servername(impl_->ssl.get(), TLSEXT_NAMETYPE_host_name);
    return name != nullptr ? name : "";
}

std::string TlsSession::client_name() const {
    const Certificate certificate(SSL_get1_peer_certificate(impl_->ssl.get()));
    if (certificate == nullptr) {
        return "";
    }
    std::array<char, 256> buffer{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, buffer.data(),
                              static_cast<int>(buffer.size()));
    return buffer.data();
}

}  // namespace sent::test
