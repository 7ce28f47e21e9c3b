// N17 and HTTP/2 against a web server that others have made.

#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "fault_scene.hpp"
#include "nginx.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class N17_RealTls : public testing::Test {
  protected:
    void SetUp() override {
        if (!Nginx::is_here()) {
            GTEST_SKIP() << "skipped: nginx is not installed";
        }
    }

    ClientOptions trusting(const Nginx& server) const {
        auto options = quick_options(server.origin());
        options.tls.ca_pem = authority.pem();
        return options;
    }

    static void expect_tls_error(const Result<void>& result, const char* words, int attempts) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::tls) << describe(result);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_EQ(result.error().attempts, attempts);
        EXPECT_THAT(result.error().message, HasSubstr(words));
    }

    CertificateAuthority authority{};
};

TEST_F(N17_RealTls, AServerOfOurTimeIsSpokenTo) {
    Nginx server(authority.localhost(), "ssl_protocols TLSv1.2 TLSv1.3;");
    ASSERT_TRUE(server.start()) << server.log();
    with_both_drivers([&](Driver driver) {
        const Client client{trusting(server)};
        const auto result = perform(client, driver, send_request());
        EXPECT_TRUE(result) << describe(result);
    });
    EXPECT_TRUE(server.has_logged("TLSv1.3 . HTTP/1.1 204")) << server.requests();
}

TEST_F(N17_RealTls, OneThatOnlyKnowsTls12IsSpokenTo) {
    Nginx server(authority.localhost(), "ssl_protocols TLSv1.2;");
    ASSERT_TRUE(server.start()) << server.log();
    const auto result = Client{trusting(server)}.call(send_request());
    EXPECT_TRUE(result) << describe(result);
    EXPECT_TRUE(server.has_logged("TLSv1.2 . HTTP/1.1 204")) << server.requests();
}

TEST_F(N17_RealTls, OneThatOnlyKnowsOlderVersionsGetsNothing) {
    Nginx server(authority.localhost(), "ssl_protocols TLSv1 TLSv1.1; ssl_ciphers DEFAULT@SECLEVEL=0;");
    ASSERT_TRUE(server.start()) << server.log();
    with_both_drivers([&](Driver driver) {
        const Client client{trusting(server)};
        expect_tls_error(perform(client, driver, send_request()), "TLS", 3);
    });
    EXPECT_TRUE(server.complains_of("unsupported protocol")) << server.log();
    EXPECT_THAT(server.requests(), Not(HasSubstr("HTTP/1.1")));
}

TEST_F(N17_RealTls, AnExpiredCertificateIsRefused) {
    Nginx server(authority.expired());
    ASSERT_TRUE(server.start()) << server.log();
    with_both_drivers([&](Driver driver) {
        const Client client{trusting(server)};
        expect_tls_error(perform(client, driver, send_request()), "expired", 1);
    });
    EXPECT_THAT(server.requests(), Not(HasSubstr("HTTP/1.1")));
}

TEST_F(N17_RealTls, ACertificateForOthersIsRefused) {
    Nginx server(authority.wrong_host());
    ASSERT_TRUE(server.start()) << server.log();
    expect_tls_error(Client{trusting(server)}.call(send_request()), "127.0.0.1", 1);
}

TEST_F(N17_RealTls, AClientsCertificateIsShownWhereItIsDemanded) {
    Nginx server(authority.localhost(), "ssl_verify_client on; ssl_client_certificate clients.pem;");
    server.write("clients.pem", authority.pem());
    ASSERT_TRUE(server.start()) << server.log();
    const auto me = authority.client("our-gateway");
    with_both_drivers([&](Driver driver) {
        auto options = trusting(server);
        options.tls.client_certificate_file = server.write("client.pem", me.certificate_pem);
        options.tls.client_key_file = server.write("client.key", me.key_pem);
        const auto result = perform(Client{options}, driver, send_request());
        EXPECT_TRUE(result) << describe(result);
    });
    EXPECT_TRUE(server.has_logged("204 CN=our-gateway")) << server.requests();
}

TEST_F(N17_RealTls, WithoutTheCertificateThatIsDemandedNothingIsAccepted) {
    Nginx server(authority.localhost(), "ssl_verify_client on; ssl_client_certificate clients.pem;");
    server.write("clients.pem", authority.pem());
    ASSERT_TRUE(server.start()) << server.log();
    // nginx completes the handshake and says it in words.
    const auto result = Client{trusting(server)}.call(send_request());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::bad_request) << describe(result);
    EXPECT_EQ(result.error().outcome, Outcome::rejected);
    EXPECT_THAT(result.error().raw_body, HasSubstr("SSL certificate"));
}

TEST_F(N17_RealTls, ASessionIsResumed) {
    for (const char* version : {"TLSv1.2", "TLSv1.3"}) {
        SCOPED_TRACE(version);
        Nginx server(authority.localhost(),
                     std::string{"ssl_session_cache shared:s:1m; keepalive_timeout 0; "} + "ssl_protocols " +
                         version + ";");
        ASSERT_TRUE(server.start()) << server.log();
        const Client client{trusting(server)};
        for (int i = 0; i < 3; ++i) {
            const auto result = client.call(send_request());
            EXPECT_TRUE(result) << describe(result);
        }
        EXPECT_TRUE(server.has_logged(std::string{version} + " r HTTP/1.1 204")) << server.requests();
    }
}

TEST_F(N17_RealTls, ARestartedServerThatForgotItsSessionsIsSpokenTo) {
    Nginx server(authority.localhost(), "keepalive_timeout 0;");
    ASSERT_TRUE(server.start()) << server.log();
    const Client client{trusting(server)};
    ASSERT_TRUE(client.call(send_request()));
    // Another one, whose tickets are others, on a port of its own: the client must not be confused.
    Nginx other(authority.localhost(), "keepalive_timeout 0;");
    ASSERT_TRUE(other.start()) << other.log();
    const auto result = Client{trusting(other)}.call(send_request());
    EXPECT_TRUE(result) << describe(result);
}

/// A server that prefers HTTP/2.
class HTTP2_RealServer : public N17_RealTls {
  protected:
    Nginx server{authority.localhost(),
                 {},
                 "ssl http2",
                 R"(default_type application/json;
                    return 200 '{"items":[{"id":"contact-1"}],"totalCount":1}';)"};
    const std::vector<v1::ListContactsRequest> many = std::vector<v1::ListContactsRequest>(200);
};

TEST_F(HTTP2_RealServer, IsSpokenToInHttp11) {
    ASSERT_TRUE(server.start()) << server.log();
    const Client client{trusting(server)};
    with_both_drivers([&](Driver driver) {
        const auto result = perform(client, driver, v1::ListContactsRequest{});
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->items.at(0).id, "contact-1");
    });
    EXPECT_EQ(client.bulk(many).succeeded, many.size());
    EXPECT_TRUE(server.has_logged("HTTP/1.1 200"));
    EXPECT_THAT(server.requests(), Not(HasSubstr("HTTP/2")));
}

TEST_F(HTTP2_RealServer, IsSpokenToInHttp2WhenAskedTo) {
    ASSERT_TRUE(server.start()) << server.log();
    auto options = trusting(server);
    CurlTransportOptions transport;
    transport.tls = options.tls;
    transport.proxy = options.proxy;
    transport.http2 = true;
    options.transport = std::make_shared<CurlTransport>(transport);
    EXPECT_EQ(Client{options}.bulk(many).succeeded, many.size());
    if ((curl_version_info(CURLVERSION_NOW)->features & CURL_VERSION_HTTP2) == 0) {
        GTEST_SKIP() << "skipped: this libcurl knows no HTTP/2";
    }
    EXPECT_TRUE(server.has_logged("HTTP/2.0 200")) << server.requests();
}

}  // namespace
}  // namespace sent::test
