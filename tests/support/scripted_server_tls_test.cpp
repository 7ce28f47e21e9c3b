#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "support/raw_client.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds patience{10000};

struct ClientOptions {
    /// PEM of the CA that the client trusts.
    std::string ca;
    const char* host = "localhost";
    bool only_tls1_0 = false;
    std::optional<TlsIdentity> identity;
};

/// A TLS client straight on OpenSSL, blocking.
class TlsClient {
  public:
    TlsClient(std::uint16_t port, const ClientOptions& options) : raw_(port) {
        context_.reset(SSL_CTX_new(TLS_client_method()));
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
        const TempDir dir;
        SSL_CTX_load_verify_file(context_.get(), dir.write("ca.pem", options.ca).c_str());
        if (options.only_tls1_0) {
            SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0");
            SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context_.get(), TLS1_VERSION);
        } else {
            SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
        }
        if (options.identity) {
            const std::string file = dir.write("client.pem", options.identity->certificate_pem);
            const std::string key = dir.write("client.key", options.identity->key_pem);
            SSL_CTX_use_certificate_file(context_.get(), file.c_str(), SSL_FILETYPE_PEM);
            SSL_CTX_use_PrivateKey_file(context_.get(), key.c_str(), SSL_FILETYPE_PEM);
        }
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), raw_.fd());
        // What the macro SSL_set_tlsext_host_name does, without its C casts.
        std::string name = options.host;
        SSL_ctrl(ssl_.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
        SSL_set1_host(ssl_.get(), options.host);
    }

    bool handshake() {
        return retry([this] { return SSL_connect(ssl_.get()); }) == 1;
    }

    long verify_result() const { return SSL_get_verify_result(ssl_.get()); }

    void send(const std::string& text) {
        retry([&] { return SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())); });
    }

    /// Reads to the end; `error` becomes SSL_ERROR_ZERO_RETURN after a close_notify.
    std::string read_to_end(std::size_t most = 1U << 20U) {
        std::string text;
        std::array<char, 4096> buffer{};
        int count = 1;
        while (count > 0 && text.size() < most) {
            count =
                retry([&] { return SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size())); });
            text.append(buffer.data(), static_cast<std::size_t>(std::max(0, count)));
        }
        return text;
    }

    int error() const { return error_; }
    void close() { raw_.close(); }

  private:
    template <class Call>
    int retry(Call call_openssl) {
        for (;;) {
            ERR_clear_error();
            const int result = call_openssl();
            error_ = SSL_get_error(ssl_.get(), result);
            if (error_ != SSL_ERROR_WANT_READ && error_ != SSL_ERROR_WANT_WRITE) {
                return result;
            }
            pollfd entry{raw_.fd(), error_ == SSL_ERROR_WANT_READ ? short{POLLIN} : short{POLLOUT}, 0};
            if (poll_until(&entry, 1, deadline_after(patience)) == 0) {
                return -1;
            }
        }
    }

    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    RawClient raw_;
    std::unique_ptr<SSL_CTX, Free> context_;
    std::unique_ptr<SSL, Free> ssl_;
    int error_ = SSL_ERROR_NONE;
};

ServerOptions with_identity(TlsIdentity identity) {
    ServerOptions options;
    options.tls.emplace();
    options.tls->identity = std::move(identity);
    return options;
}

ClientOptions trusting(const CertificateAuthority& authority, const char* host = "localhost") {
    ClientOptions options;
    options.ca = authority.pem();
    options.host = host;
    return options;
}

long verify_result_against(const TlsIdentity& identity, const std::string& trusted_pem) {
    ScriptedServer server(with_identity(identity));
    server.by_default({read_request()});
    ClientOptions options;
    options.ca = trusted_pem;
    TlsClient client(server.port(), options);
    const bool accepted = client.handshake();
    EXPECT_EQ(accepted, client.verify_result() == X509_V_OK);
    return client.verify_result();
}

TEST(ScriptedServerTls, SpeaksToAClientThatTrustsItsAuthority) {
    const CertificateAuthority authority;
    ScriptedServer server(with_identity(authority.localhost()));
    server.on_connection({read_request(), send(http_reply(200, {}, "secret"))});
    EXPECT_EQ(server.origin(), "https://127.0.0.1:" + std::to_string(server.port()));
    TlsClient client(server.port(), trusting(authority));
    ASSERT_TRUE(client.handshake());
    client.send("GET /tls HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_to_end(), http_reply(200, {}, "secret"));
    EXPECT_EQ(client.error(), SSL_ERROR_ZERO_RETURN);
    ASSERT_TRUE(server.wait_for_requests(1, patience));
    EXPECT_EQ(server.requests().at(0).target, "/tls");
    const ConnectionRecord record = server.connections().at(0);
    EXPECT_EQ(record.tls_version, "TLSv1.3");
    EXPECT_EQ(record.tls_server_name, "localhost");
    EXPECT_EQ(record.tls_error, "");
    EXPECT_EQ(record.bytes_received, 21U);
}

TEST(ScriptedServerTls, EachBadIdentityFailsTheCheckThatItIsNamedAfter) {
    const CertificateAuthority authority;
    const TlsIdentity self_signed = self_signed_identity();
    EXPECT_EQ(verify_result_against(authority.localhost(), authority.pem()), X509_V_OK);
    EXPECT_EQ(verify_result_against(authority.expired(), authority.pem()), X509_V_ERR_CERT_HAS_EXPIRED);
    EXPECT_EQ(verify_result_against(authority.not_yet_valid(), authority.pem()),
              X509_V_ERR_CERT_NOT_YET_VALID);
    EXPECT_EQ(verify_result_against(authority.wrong_host(), authority.pem()), X509_V_ERR_HOSTNAME_MISMATCH);
    EXPECT_EQ(verify_result_against(self_signed, authority.pem()), X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
    EXPECT_EQ(verify_result_against(CertificateAuthority("Other").localhost(), authority.pem()),
              X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

TEST(ScriptedServerTls, AClientThatTrustsTheSelfSignedLeafAcceptsIt) {
    const TlsIdentity identity = self_signed_identity();
    EXPECT_EQ(verify_result_against(identity, identity.certificate_pem), X509_V_OK);
}

TEST(ScriptedServerTls, RecordsWhyTheClientBrokeOffTheHandshake) {
    const CertificateAuthority authority;
    ScriptedServer server(with_identity(authority.expired()));
    server.by_default({read_request(), send(http_reply(204))});
    TlsClient client(server.port(), trusting(authority));
    EXPECT_FALSE(client.handshake());
    ASSERT_TRUE(server.wait_for_finished(1, patience));
    EXPECT_NE(server.connections().at(0).tls_error.find("certificate expired"), std::string::npos);
    EXPECT_EQ(server.request_count(), 0U);
}

TEST(ScriptedServerTls, CanOfferNothingButTls10) {
    const CertificateAuthority authority;
    ServerOptions options = with_identity(authority.localhost());
    options.tls->min_version = TlsVersion::tls1_0;
    options.tls->max_version = TlsVersion::tls1_0;
    ScriptedServer server(options);
    server.by_default({send("old")});
    EXPECT_FALSE(TlsClient(server.port(), trusting(authority)).handshake());
    ClientOptions old = trusting(authority);
    old.only_tls1_0 = true;
    TlsClient client(server.port(), old);
    ASSERT_TRUE(client.handshake());
    EXPECT_EQ(client.read_to_end(), "old");
    EXPECT_EQ(server.connections().at(1).tls_version, "TLSv1");
}

TEST(ScriptedServerTls, AsksForAClientCertificate) {
    const CertificateAuthority authority;
    ServerOptions options = with_identity(authority.localhost());
    options.tls->client_certificate = ClientCertificate::required;
    options.tls->client_ca_pem = authority.pem();
    ScriptedServer server(options);
    server.by_default({send("hello")});

    TlsClient without(server.port(), trusting(authority));
    without.handshake();  // with TLS 1.3 the refusal comes after it
    EXPECT_EQ(without.read_to_end(), "");
    ClientOptions stranger = trusting(authority);
    stranger.identity = CertificateAuthority("Other").client("stranger");
    TlsClient unknown(server.port(), stranger);
    unknown.handshake();
    EXPECT_EQ(unknown.read_to_end(), "");
    ClientOptions known = trusting(authority);
    known.identity = authority.client("ada");
    TlsClient with(server.port(), known);
    ASSERT_TRUE(with.handshake());
    EXPECT_EQ(with.read_to_end(), "hello");

    ASSERT_TRUE(server.wait_for_finished(3, patience));
    EXPECT_EQ(server.connections().at(2).tls_client_name, "ada");
    EXPECT_NE(server.connections().at(0).tls_error.find("did not return a certificate"), std::string::npos);
}

TEST(ScriptedServerTls, TakesAnyClientCertificateWhenNoAuthorityIsNamed) {
    const CertificateAuthority authority;
    ServerOptions options = with_identity(authority.localhost());
    options.tls->client_certificate = ClientCertificate::optional;
    ScriptedServer server(options);
    server.by_default({send("hello")});
    ClientOptions stranger = trusting(authority);
    stranger.identity = CertificateAuthority("Other").client("stranger");
    for (const ClientOptions& client_options : {trusting(authority), stranger}) {
        TlsClient client(server.port(), client_options);
        ASSERT_TRUE(client.handshake());
        EXPECT_EQ(client.read_to_end(), "hello");
    }
    EXPECT_EQ(server.connections().at(0).tls_client_name, "");
    EXPECT_EQ(server.connections().at(1).tls_client_name, "stranger");
}

TEST(ScriptedServerTls, CanCloseWithoutNotify) {
    const CertificateAuthority authority;
    ScriptedServer server(with_identity(authority.localhost()));
    server.by_default({send("cut"), close_without_notify()});
    TlsClient client(server.port(), trusting(authority));
    ASSERT_TRUE(client.handshake());
    EXPECT_EQ(client.read_to_end(), "cut");
    EXPECT_EQ(client.error(), SSL_ERROR_SSL);  // "unexpected eof"
}

TEST(ScriptedServerTls, StopsAFloodWhenThePeerLeaves) {
    const CertificateAuthority authority;
    ScriptedServer server(with_identity(authority.localhost()));
    server.by_default({send_repeated("x", 1ULL << 40U)});
    TlsClient client(server.port(), trusting(authority));
    ASSERT_TRUE(client.handshake());
    client.read_to_end(1000);
    client.close();
    EXPECT_TRUE(server.wait_for_finished(1, patience));
}

TEST(ScriptedServerTls, EndsAtOnceInTheMiddleOfAHandshakeOrARead) {
    const CertificateAuthority authority;
    std::optional<ScriptedServer> server(std::in_place, with_identity(authority.localhost()));
    server->by_default({read_request()});
    const RawClient silent(server->port());
    TlsClient idle(server->port(), trusting(authority));
    ASSERT_TRUE(idle.handshake());
    ASSERT_TRUE(server->wait_for_connections(2, patience));
    const auto start = std::chrono::steady_clock::now();
    server.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - start, milliseconds(500));
}

TEST(ScriptedServerTls, IsNotReadableForAProxyInBetween) {
    const CertificateAuthority authority;
    ScriptedServer server(with_identity(authority.localhost()));
    server.by_default({read_request(), send(http_reply(204))});
    ScriptedServer proxy;
    proxy.by_default({tunnel_to(server.port())});
    TlsClient client(proxy.port(), trusting(authority));
    ASSERT_TRUE(client.handshake());
    client.send("GET / HTTP/1.1\r\nx-api-key: sentinel\r\n\r\n");
    EXPECT_EQ(client.read_to_end(), http_reply(204));
    EXPECT_EQ(server.requests().at(0).header("X-Api-Key"), "sentinel");
    const ConnectionRecord seen = proxy.connections().at(0);
    EXPECT_GT(seen.bytes_received, 200U);
    EXPECT_EQ(seen.received.find("sentinel"), std::string::npos);
}

TEST(TlsIdentity, AuthoritiesDifferAndFilesVanish) {
    EXPECT_NE(CertificateAuthority().pem(), CertificateAuthority().pem());
    std::string file;
    {
        const TempDir dir;
        file = dir.write("ca.pem", CertificateAuthority().pem());
        EXPECT_TRUE(std::filesystem::exists(file));
    }
    EXPECT_FALSE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace sent::test
