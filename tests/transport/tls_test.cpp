// Certificates and protocol versions: what is not right is refused, with a message that says what and why.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "requests.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using Kind = TransportErrorKind;

struct FreeOpenSsl {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, FreeOpenSsl>;
using Certificate = std::unique_ptr<X509, FreeOpenSsl>;

Bio reading(const std::string& text) {
    return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

Certificate read_certificate(const std::string& pem) {
    return Certificate(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
}

/// The name under which OpenSSL looks for an authority in a directory.
std::string directory_entry(const std::string& pem) {
    const Certificate certificate = read_certificate(pem);
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "%08lx.0", X509_subject_name_hash(certificate.get()));
    return name.data();
}

/// As CURLOPT_PINNEDPUBLICKEY wants it.
std::string pin_of(const std::string& pem) {
    const Certificate certificate = read_certificate(pem);
    unsigned char* key = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &key);
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(key, static_cast<std::size_t>(size), digest.data());
    OPENSSL_free(key);
    std::array<unsigned char, 64> text{};
    EVP_EncodeBlock(text.data(), digest.data(), static_cast<int>(digest.size()));
    return "sha256//" + std::string(text.begin(), std::find(text.begin(), text.end(), '\0'));
}

std::string encrypted_key(const std::string& pem, const std::string& password) {
    const std::unique_ptr<EVP_PKEY, FreeOpenSsl> key(
        PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, nullptr));
    const Bio out(BIO_new(BIO_s_mem()));
    PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_128_cbc(), password.data(),
                                  static_cast<int>(password.size()), nullptr, nullptr);
    char* text = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

/// Sets a variable of the environment for the time of a test. The tests of this file run one after the other.
class Variable {
  public:
    Variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;
    ~Variable() { ::unsetenv(name_); }

  private:
    const char* name_;
};

class Tls : public testing::TestWithParam<bool> {
  protected:
    ScriptedServer& serve_with(test::TlsOptions tls) {
        ServerOptions options;
        options.tls = std::move(tls);
        server_.emplace(std::move(options));
        server_->by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "secure"); })});
        return *server_;
    }
    ScriptedServer& serve_with(TlsIdentity identity) {
        test::TlsOptions tls;
        tls.identity = std::move(identity);
        return serve_with(std::move(tls));
    }
    CurlTransportOptions trusting() const {
        CurlTransportOptions options;
        options.tls.ca_file = files_.write("ca.pem", authority_.pem());
        return options;
    }
    TransportResult fetch(const CurlTransportOptions& options) {
        CurlTransport transport(options);
        return run(transport, get(server_->origin() + "/x"), GetParam());
    }
    void expect_certificate_error(const TransportResult& result, const char* words) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::certificate) << result.error().message;
        EXPECT_FALSE(result.error().request_may_have_left);
        EXPECT_THAT(result.error().message, HasSubstr(words));
        EXPECT_EQ(server_->request_count(), 0U);
    }

    CertificateAuthority authority_;
    TempDir files_;
    std::optional<ScriptedServer> server_;
};

INSTANTIATE_TEST_SUITE_P(Modes, Tls, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(Tls, TrustedServerAnswers) {
    serve_with(authority_.localhost());
    TransportResult result = fetch(trusting());
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "secure");
}

TEST_P(Tls, AuthorityMayBeGivenAsText) {
    serve_with(authority_.localhost());
    CurlTransportOptions options;
    options.tls.ca_pem = authority_.pem();
    TransportResult result = fetch(options);
    EXPECT_TRUE(result) << result.error().message;
}

TEST_P(Tls, AuthorityMayBeInADirectory) {
    serve_with(authority_.localhost());
    const TempDir directory;
    static_cast<void>(directory.write(directory_entry(authority_.pem()), authority_.pem()));
    CurlTransportOptions options;
    options.tls.ca_path = directory.path().string();
    const TransportResult result = fetch(options);
    EXPECT_TRUE(result) << result.error().message;
}

TEST_P(Tls, GivenDirectoryReplacesTheSystemsTrustAndIsNamed) {
    serve_with(authority_.localhost());
    const TempDir empty;
    CurlTransportOptions options;
    options.tls.ca_path = empty.path().string();
    const TransportResult result = fetch(options);
    expect_certificate_error(result, "issuer");
    EXPECT_THAT(result.error().message, HasSubstr("directory " + options.tls.ca_path));
}

TEST_P(Tls, ErrorNamesWhatTheSystemTrusts) {
    serve_with(authority_.localhost());
    const TransportResult result = fetch({});
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().message, testing::AnyOf(HasSubstr("trusted certificates: file /"),
                                                       HasSubstr("trusted certificates: directory /"),
                                                       HasSubstr("trusted certificates: libcurl's default")));
}

TEST_P(Tls, ConnectionIsReused) {
    serve_with(authority_.localhost());
    CurlTransport transport(trusting());
    for (int i = 0; i < 5; ++i) {
        TransportResult result = run(transport, post(server_->origin() + "/x", "{}"), GetParam());
        ASSERT_TRUE(result) << result.error().message;
    }
    EXPECT_EQ(server_->connection_count(), 1U);
}

TEST_P(Tls, UnknownAuthorityIsRefusedAndTheTrustedFileNamed) {
    serve_with(CertificateAuthority("Another CA").localhost());
    const CurlTransportOptions options = trusting();
    const TransportResult result = fetch(options);
    expect_certificate_error(result, "certificate");
    EXPECT_THAT(result.error().message, HasSubstr(options.tls.ca_file));
    EXPECT_THAT(result.error().message, HasSubstr("127.0.0.1:" + std::to_string(server_->port())));
}

TEST_P(Tls, SystemTrustsNoTestAuthority) {
    serve_with(authority_.localhost());
    expect_certificate_error(fetch({}), "issuer");
}

TEST_P(Tls, GivenTextReplacesTheSystemsTrust) {
    serve_with(authority_.localhost());
    CurlTransportOptions options;
    options.tls.ca_pem = CertificateAuthority("Another CA").pem();
    const TransportResult result = fetch(options);
    expect_certificate_error(result, "the given PEM text");
}

TEST_P(Tls, SelfSignedIsRefused) {
    serve_with(self_signed_identity());
    expect_certificate_error(fetch(trusting()), "self-signed");
}

TEST_P(Tls, ExpiredIsRefused) {
    serve_with(authority_.expired());
    expect_certificate_error(fetch(trusting()), "expired");
}

TEST_P(Tls, NotYetValidIsRefused) {
    serve_with(authority_.not_yet_valid());
    expect_certificate_error(fetch(trusting()), "not yet valid");
}

TEST_P(Tls, WrongHostIsRefused) {
    serve_with(authority_.wrong_host());
    expect_certificate_error(fetch(trusting()), "127.0.0.1");
}

TEST_P(Tls, MissingAuthorityFileIsNamed) {
    serve_with(authority_.localhost());
    CurlTransportOptions options;
    options.tls.ca_file = (files_.path() / "missing.pem").string();
    expect_certificate_error(fetch(options), "missing.pem");
}

TEST_P(Tls, A22_AnOptionThatLibcurlDoesNotTakeIsNamed) {
    ScriptedServer server;
    server.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransportOptions options;
    options.tls.pinned_public_key = std::string(9'000'000, 'x');  // longer than libcurl takes a text
    CurlTransport transport(options);
    for (int i = 0; i < 2; ++i) {
        const TransportResult result = run(transport, get(server.origin() + "/x"), GetParam());
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::internal);
        EXPECT_FALSE(result.error().request_may_have_left);
        EXPECT_THAT(result.error().message, HasSubstr("does not take the option PINNEDPUBLICKEY"));
    }
    EXPECT_EQ(server.connection_count(), 0U);
}

TEST_P(Tls, WrongPinIsRefused) {
    serve_with(authority_.localhost());
    CurlTransportOptions options = trusting();
    options.tls.pinned_public_key = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    expect_certificate_error(fetch(options), "public key");
}

TEST_P(Tls, RightPinIsAcceptedAlsoAmongOthers) {
    const TlsIdentity identity = authority_.localhost();
    serve_with(identity);
    CurlTransportOptions options = trusting();
    options.tls.pinned_public_key = pin_of(identity.certificate_pem);
    EXPECT_TRUE(fetch(options));
    options.tls.pinned_public_key =
        "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=;" + pin_of(identity.certificate_pem);
    EXPECT_TRUE(fetch(options));
}

TEST_P(Tls, PinDoesNotReplaceTheCheckOfTheAuthority) {
    const TlsIdentity identity = CertificateAuthority("Another CA").localhost();
    serve_with(identity);
    CurlTransportOptions options = trusting();
    options.tls.pinned_public_key = pin_of(identity.certificate_pem);
    expect_certificate_error(fetch(options), "issuer");
}

TEST_P(Tls, VersionsBefore12AreRefused) {
    test::TlsOptions tls;
    tls.identity = authority_.localhost();
    tls.min_version = TlsVersion::tls1_0;
    tls.max_version = TlsVersion::tls1_1;
    serve_with(std::move(tls));
    const TransportResult result = fetch(trusting());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::tls) << result.error().message;
    EXPECT_FALSE(result.error().request_may_have_left);
}

TEST_P(Tls, B28_APortForPlainHttpIsNamedAtOnce) {
    for (const Script& script :
         {Script{send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), wait_for_close()},
          Script{read_bytes(1), send(http_reply(400, {{"Connection", "close"}}, "bad request")),
                 wait_for_close()},
          Script{read_bytes(1), send("220 mail.example ESMTP\r\n"), wait_for_close()}}) {
        ScriptedServer plain;
        plain.by_default(script);
        CurlTransport transport(trusting());
        const TransportResult result =
            run(transport, get("https://127.0.0.1:" + std::to_string(plain.port()) + "/x"), GetParam());
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::not_tls) << result.error().message;
        EXPECT_FALSE(result.error().request_may_have_left);
        EXPECT_THAT(result.error().message,
                    testing::StartsWith("127.0.0.1:" + std::to_string(plain.port()) + " does not speak TLS"));
        EXPECT_THAT(result.error().message, HasSubstr("the URL must begin with http://"));
    }
}

TEST_P(Tls, B28_AServerThatIgnoresTheHandshakeIsSaidToDoSo) {
    ScriptedServer silent;
    silent.by_default({hold()});
    CurlTransport transport(trusting());
    HttpRequest request = get("https://127.0.0.1:" + std::to_string(silent.port()) + "/x");
    for (const auto connect_timeout : {std::chrono::milliseconds(200), std::chrono::milliseconds(0)}) {
        request.connect_timeout = connect_timeout;
        request.timeout =
            connect_timeout.count() > 0 ? std::chrono::milliseconds(10'000) : std::chrono::milliseconds(200);
        const TransportResult result = run(transport, request, GetParam());
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::timeout) << result.error().message;
        EXPECT_THAT(result.error().message, HasSubstr("did not answer the TLS handshake within the"));
        EXPECT_THAT(result.error().message, HasSubstr("timeout of 200 ms"));
    }
}

TEST_P(Tls, B28_FilesThatAreMissingAreNamedWithTheReason) {
    serve_with(authority_.localhost());
    CurlTransportOptions options;
    options.tls.ca_file = (files_.path() / "missing.pem").string();
    expect_certificate_error(fetch(options), (options.tls.ca_file + ": no such file").c_str());
    options.tls = {};
    options.tls.ca_path = (files_.path() / "missing").string();
    expect_certificate_error(fetch(options), (options.tls.ca_path + ": no such file").c_str());
    options = trusting();
    options.tls.client_certificate_file = (files_.path() / "no-client.pem").string();
    expect_certificate_error(fetch(options),
                             (options.tls.client_certificate_file + ": no such file").c_str());
    options.tls.client_certificate_file = files_.write("client.pem", authority_.client("me").certificate_pem);
    options.tls.client_key_file = (files_.path() / "no-client.key").string();
    expect_certificate_error(fetch(options), (options.tls.client_key_file + ": no such file").c_str());
}

TEST_P(Tls, B19_TheEnvironmentNamesTheTrustedCertificates) {
    serve_with(authority_.localhost());
    const TempDir directory;
    static_cast<void>(directory.write(directory_entry(authority_.pem()), authority_.pem()));
    const auto file = files_.write("ca.pem", authority_.pem());
    {
        const Variable variable("SSL_CERT_FILE", " " + file + "\n");
        TransportResult result = fetch({});
        EXPECT_TRUE(result) << result.error().message;
        CurlTransportOptions deaf;
        deaf.use_environment = false;
        const TransportResult untrusted = fetch(deaf);
        ASSERT_FALSE(untrusted);
        EXPECT_EQ(untrusted.error().kind, Kind::certificate) << untrusted.error().message;
        CurlTransportOptions own;
        own.tls.ca_pem = CertificateAuthority("Another CA").pem();
        EXPECT_FALSE(fetch(own)) << "what the program names counts alone";
    }
    const Variable variable("SSL_CERT_DIR", "/nowhere:" + directory.path().string());
    TransportResult result = fetch({});
    EXPECT_TRUE(result) << result.error().message;
}

TEST_P(Tls, B19_TheErrorListsWhatTheEnvironmentNamed) {
    serve_with(CertificateAuthority("Another CA").localhost());
    const auto ca = files_.write("ca.pem", authority_.pem());
    const Variable file("SSL_CERT_FILE", ca);
    const Variable directory("SSL_CERT_DIR", files_.path().string());
    TransportResult result = fetch({});
    expect_certificate_error(result, ("file " + ca + " (SSL_CERT_FILE)").c_str());
    EXPECT_THAT(result.error().message, HasSubstr("directory " + files_.path().string() + " (SSL_CERT_DIR)"));
    const Variable missing("SSL_CERT_FILE", ca + ".missing");
    result = fetch({});
    expect_certificate_error(result, (ca + ".missing: no such file").c_str());
    EXPECT_THAT(result.error().message, HasSubstr("(SSL_CERT_FILE)"));
}

TEST_P(Tls, HandshakeCutOffIsATlsError) {
    ScriptedServer plain;
    plain.by_default({read_bytes(1), reset()});
    CurlTransport transport(trusting());
    const TransportResult result =
        run(transport, get("https://127.0.0.1:" + std::to_string(plain.port()) + "/x"), GetParam());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::tls) << result.error().message;
    EXPECT_FALSE(result.error().request_may_have_left);
}

TEST_P(Tls, ClientCertificateIsShown) {
    test::TlsOptions tls;
    tls.identity = authority_.localhost();
    tls.client_certificate = ClientCertificate::required;
    tls.client_ca_pem = authority_.pem();
    serve_with(std::move(tls));
    const TlsIdentity me = authority_.client("the-client");
    CurlTransportOptions options = trusting();
    options.tls.client_certificate_file = files_.write("client.pem", me.certificate_pem);
    options.tls.client_key_file = files_.write("client.key", me.key_pem);
    TransportResult result = fetch(options);
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(server_->connections()[0].tls_client_name, "the-client");
}

TEST_P(Tls, ClientKeyMayHaveAPassword) {
    test::TlsOptions tls;
    tls.identity = authority_.localhost();
    tls.client_certificate = ClientCertificate::required;
    tls.client_ca_pem = authority_.pem();
    serve_with(std::move(tls));
    const TlsIdentity me = authority_.client("the-client");
    CurlTransportOptions options = trusting();
    options.tls.client_certificate_file = files_.write("client.pem", me.certificate_pem);
    options.tls.client_key_file =
        files_.write("client.key", encrypted_key(me.key_pem, "password-of-the-key"));
    options.tls.client_key_password = "password-of-the-key";
    const TransportResult right = fetch(options);
    EXPECT_TRUE(right) << right.error().message;

    const auto before = server_->request_count();
    options.tls.client_key_password = "another-password";
    const TransportResult wrong = fetch(options);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().kind, Kind::certificate) << wrong.error().message;
    EXPECT_FALSE(wrong.error().request_may_have_left);
    EXPECT_THAT(wrong.error().message, testing::Not(HasSubstr("another-password")));
    EXPECT_EQ(server_->request_count(), before);
}

TEST_P(Tls, MissingClientCertificateIsACertificateError) {
    test::TlsOptions tls;
    tls.identity = authority_.localhost();
    tls.client_certificate = ClientCertificate::required;
    tls.client_ca_pem = authority_.pem();
    serve_with(std::move(tls));
    const TransportResult result = fetch(trusting());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::certificate) << result.error().message;
}

TEST_P(Tls, UnreadableClientCertificateIsACertificateError) {
    serve_with(authority_.localhost());
    CurlTransportOptions options = trusting();
    options.tls.client_certificate_file = (files_.path() / "no-client.pem").string();
    expect_certificate_error(fetch(options), "no-client.pem");
}

TEST_P(Tls, BodyCutOffWithoutCloseNotifyIsIncomplete) {
    serve_with(authority_.localhost());
    server_->on_connection({read_request(), send("HTTP/1.1 200 OK\r\n\r\npart"), close_without_notify()});
    const TransportResult result = fetch(trusting());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::incomplete) << result.error().message;
    EXPECT_EQ(result.error().partial.body, "part");
}

TEST_P(Tls, RequestOnALostConnectionIsSeenOnce) {
    serve_with(authority_.localhost());
    server_->on_connection({read_request(), send(http_reply(204)), read_request(), close()});
    CurlTransport transport(trusting());
    ASSERT_TRUE(run(transport, post(server_->origin() + "/x", "first"), GetParam()));
    const TransportResult second = run(transport, post(server_->origin() + "/x", "second"), GetParam());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, Kind::closed) << second.error().message;
    EXPECT_TRUE(second.error().request_may_have_left);
    EXPECT_EQ(server_->request_count(), 2U);
}

TEST_P(Tls, ConnectionClosedWhileIdleIsReplacedUnnoticed) {
    serve_with(authority_.localhost());
    server_->on_connection({read_request(), send(http_reply(204)), close()});
    CurlTransport transport(trusting());
    ASSERT_TRUE(run(transport, post(server_->origin() + "/x", "first"), GetParam()));
    ASSERT_TRUE(server_->wait_for_finished(1, patience));
    const TransportResult second = run(transport, post(server_->origin() + "/x", "second"), GetParam());
    EXPECT_TRUE(second) << (second ? "" : second.error().message);
    EXPECT_EQ(server_->request_count(), 2U);
}

}  // namespace
}  // namespace sent::test
