// Proxies: only for https, and they see nothing that is meant for the server.

#include <curl/curl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "requests.hpp"
#include "support/loopback.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Kind = TransportErrorKind;

/// Sets an environment variable for the time of a test. The tests of this file run one after the other.
class Environment {
  public:
    Environment(std::initializer_list<std::pair<const char*, std::string>> values) {
        for (const char* name :
             {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"}) {
            const char* value = std::getenv(name);
            before_.emplace_back(name, value != nullptr ? std::optional<std::string>(value) : std::nullopt);
            unsetenv(name);
        }
        for (const auto& [name, value] : values) {
            setenv(name, value.c_str(), 1);
        }
    }
    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;
    ~Environment() {
        for (const auto& [name, value] : before_) {
            if (value) {
                setenv(name, value->c_str(), 1);
            } else {
                unsetenv(name);
            }
        }
    }

  private:
    std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

class Proxy : public testing::TestWithParam<bool> {
  protected:
    Proxy() {
        ServerOptions options;
        options.tls = test::TlsOptions{};
        options.tls->identity = authority_.localhost();
        server_.emplace(std::move(options));
        server_->by_default({serve([](const ReceivedRequest&) { return http_reply(200, {}, "secure"); })});
        options_.tls.ca_file = files_.write("ca.pem", authority_.pem());
        proxy_.by_default({read_request(),
                           send("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n"),
                           tunnel_to(server_->port())});
    }
    TransportResult fetch() {
        HttpRequest request = post(server_->origin() + "/x", "body-for-the-server");
        request.headers.add("x-api-key", "sentinel-key");
        CurlTransport transport(options_);
        return run(transport, request, GetParam());
    }
    void use_url() {
        options_.proxy.mode = ProxyOptions::Mode::url;
        options_.proxy.url = proxy_.origin();
    }
    void use_credentials() {
        options_.proxy.username = "user";
        options_.proxy.password = "sentinel-password";
    }
    static std::string offer(const std::vector<std::string>& schemes) {
        Headers headers;
        for (const auto& scheme : schemes) {
            headers.emplace_back("Proxy-Authenticate", scheme);
        }
        return http_reply(407, headers);
    }
    void refuse_with(const std::vector<std::string>& schemes) {
        proxy_.by_default({serve([reply = offer(schemes)](const ReceivedRequest&) { return reply; })});
    }
    /// Refuses the first request of a connection, and lets the second one through.
    Script asking_for(const std::string& scheme) {
        return {read_request(), send(offer({scheme})), read_request(),
                send("HTTP/1.1 200 Connection established\r\n\r\n"), tunnel_to(server_->port())};
    }
    /// What the proxy has been sent, request by request.
    std::vector<std::string> authorizations() {
        std::vector<std::string> values;
        for (const auto& request : proxy_.requests()) {
            values.push_back(request.header("proxy-authorization").value_or(""));
        }
        return values;
    }
    void expect_proxy_error(const TransportResult& result) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::proxy) << result.error().message;
        EXPECT_FALSE(result.error().request_may_have_left);
        EXPECT_THAT(result.error().message, Not(HasSubstr("sentinel")));
        EXPECT_EQ(server_->request_count(), 0U);
    }

    CertificateAuthority authority_;
    TempDir files_;
    std::optional<ScriptedServer> server_;
    ScriptedServer proxy_;
    CurlTransportOptions options_;
    const Environment clean_{};
};

INSTANTIATE_TEST_SUITE_P(Modes, Proxy, testing::Bool(),
                         [](const auto& test) { return test.param ? "Async" : "Blocking"; });

TEST_P(Proxy, SeesATunnelAndNoHeaderOfOurs) {
    use_url();
    TransportResult result = fetch();
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result.response().body, "secure");
    EXPECT_FALSE(result.response().headers.contains("X-Proxy"));
    ASSERT_EQ(proxy_.request_count(), 1U);
    EXPECT_EQ(proxy_.requests()[0].method, "CONNECT");
    EXPECT_THAT(proxy_.connections()[0].received, Not(HasSubstr("sentinel")));
    EXPECT_THAT(proxy_.connections()[0].received, Not(HasSubstr("body-for")));
    EXPECT_EQ(server_->requests()[0].header("x-api-key"), "sentinel-key");
}

TEST_P(Proxy, OfTheEnvironmentIsUsed) {
    const Environment environment({{"HTTPS_PROXY", proxy_.origin()}});
    EXPECT_TRUE(fetch());
    EXPECT_EQ(proxy_.request_count(), 1U);
}

TEST_P(Proxy, OfTheEnvironmentIsLeftOutForNoProxyHosts) {
    const Environment environment({{"HTTPS_PROXY", proxy_.origin()}, {"NO_PROXY", "127.0.0.1"}});
    EXPECT_TRUE(fetch());
    EXPECT_EQ(proxy_.connection_count(), 0U);
}

TEST_P(Proxy, OfTheEnvironmentIsIgnoredWhenOff) {
    const Environment environment({{"HTTPS_PROXY", proxy_.origin()}, {"ALL_PROXY", proxy_.origin()}});
    options_.proxy.mode = ProxyOptions::Mode::off;
    EXPECT_TRUE(fetch());
    EXPECT_EQ(proxy_.connection_count(), 0U);
}

TEST_P(Proxy, OwnListOfDirectHostsCountsForAUrl) {
    use_url();
    options_.proxy.no_proxy = "example.com,127.0.0.1";
    EXPECT_TRUE(fetch());
    EXPECT_EQ(proxy_.connection_count(), 0U);
}

TEST_P(Proxy, EnvironmentsListDoesNotCountForAUrl) {
    const Environment environment({{"NO_PROXY", "127.0.0.1"}});
    use_url();
    EXPECT_TRUE(fetch());
    EXPECT_EQ(proxy_.connection_count(), 1U);
}

TEST_P(Proxy, IsNeverUsedForPlainHttp) {
    const Environment environment({{"http_proxy", proxy_.origin()}, {"ALL_PROXY", proxy_.origin()}});
    ScriptedServer plain;
    plain.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    for (const auto mode :
         {ProxyOptions::Mode::environment, ProxyOptions::Mode::url, ProxyOptions::Mode::off}) {
        options_.proxy.mode = mode;
        options_.proxy.url = proxy_.origin();
        CurlTransport transport(options_);
        EXPECT_TRUE(run(transport, get(plain.origin() + "/x"), GetParam()));
    }
    EXPECT_EQ(proxy_.connection_count(), 0U);
    EXPECT_EQ(plain.request_count(), 3U);
}

TEST_P(Proxy, OneTransportServesProxiedAndDirectRequests) {
    use_url();
    ScriptedServer plain;
    plain.by_default({serve([](const ReceivedRequest&) { return http_reply(204); })});
    CurlTransport transport(options_);
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(run(transport, get(plain.origin() + "/x"), GetParam()));
        EXPECT_TRUE(run(transport, get(server_->origin() + "/x"), GetParam()));
    }
    EXPECT_EQ(proxy_.connection_count(), 1U);
    EXPECT_EQ(plain.connection_count(), 1U);
}

TEST_P(Proxy, GetsItsCredentialsAndTheServerDoesNot) {
    use_url();
    use_credentials();
    proxy_.by_default(asking_for("Basic realm=\"x\""));
    EXPECT_TRUE(fetch());
    EXPECT_EQ(authorizations(), (std::vector<std::string>{"", "Basic dXNlcjpzZW50aW5lbC1wYXNzd29yZA=="}));
    EXPECT_EQ(server_->requests()[0].header_count("proxy-authorization"), 0U);
}

TEST_P(Proxy, ThatDoesNotAcceptTheCredentialsIsAProxyError) {
    use_url();
    use_credentials();
    refuse_with({"Basic realm=\"x\""});
    const TransportResult result = fetch();
    expect_proxy_error(result);
    EXPECT_THAT(result.error().message, HasSubstr("407"));
    EXPECT_THAT(result.error().message,
                HasSubstr("does not accept the user name and password; it offers Basic"));
}

// Some have pictures in them. libcurl reads such a page byte by byte.
TEST_P(Proxy, A1_ALongErrorPageDoesNotEndTheAuthentication) {
    use_url();
    use_credentials();
    const std::string page(128U * 1024U, 'x');
    const Headers basic{{"Proxy-Authenticate", "Basic realm=\"x\""}};
    const std::string pages[] = {http_reply(407, basic, page),
                                 "HTTP/1.1 407 No\r\nTransfer-Encoding: chunked\r\n"
                                 "Proxy-Authenticate: Basic realm=\"x\"\r\n\r\n20000\r\n" +
                                     page + "\r\n0\r\n\r\n"};
    for (const std::string& refusal : pages) {
        proxy_.by_default({read_request(), send(refusal), read_request(),
                           send("HTTP/1.1 200 Connection established\r\n\r\n"), tunnel_to(server_->port())});
        const TransportResult result = fetch();
        ASSERT_TRUE(result) << result.error().message;
        EXPECT_EQ(result.response().body, "secure");
    }
    EXPECT_EQ(proxy_.connection_count(), 2U) << "each with one connection, which NTLM needs";
}

TEST_P(Proxy, A1_APageWithoutEndIsCalledThat) {
    use_url();
    use_credentials();
    proxy_.by_default({read_request(),
                       send("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                            "Content-Length: 9000000000000\r\n\r\n"),
                       send_repeated(std::string(4096, 'x'), 9'000'000'000U)});
    const TransportResult result = fetch();
    expect_proxy_error(result);
    EXPECT_THAT(result.error().message, HasSubstr("does not end"));
    EXPECT_THAT(result.error().message, Not(HasSubstr("password")));
}

TEST_P(Proxy, B21_BasicIsSentUnaskedOnlyWhenItIsChosen) {
    use_url();
    use_credentials();
    EXPECT_TRUE(fetch());
    options_.proxy.scheme = ProxyOptions::Scheme::basic;
    EXPECT_TRUE(fetch());
    EXPECT_EQ(authorizations(), (std::vector<std::string>{"", "Basic dXNlcjpzZW50aW5lbC1wYXNzd29yZA=="}));
}

TEST_P(Proxy, B21_CredentialsInTheEnvironmentAreNotSentUnaskedEither) {
    proxy_.by_default(asking_for("Basic realm=\"x\""));
    auto url = proxy_.origin();
    url.insert(url.find("//") + 2, "user:sentinel-password@");
    const Environment environment({{"HTTPS_PROXY", url}});
    EXPECT_TRUE(fetch());
    EXPECT_EQ(authorizations(), (std::vector<std::string>{"", "Basic dXNlcjpzZW50aW5lbC1wYXNzd29yZA=="}));
}

TEST_P(Proxy, B21_TheStrongestSchemeOfItsOfferIsUsed) {
    use_url();
    use_credentials();
    constexpr auto* digest = "Digest realm=\"x\", nonce=\"1\", algorithm=MD5, qop=\"auth\"";
    for (const auto scheme : {ProxyOptions::Scheme::any, ProxyOptions::Scheme::digest}) {
        options_.proxy.scheme = scheme;
        proxy_.by_default({read_request(), send(offer({"Basic realm=\"x\"", "Negotiate", digest})),
                           read_request(), send("HTTP/1.1 200 Connection established\r\n\r\n"),
                           tunnel_to(server_->port())});
        const auto before = proxy_.request_count();
        const TransportResult result = fetch();
        EXPECT_TRUE(result) << result.error().message;
        ASSERT_EQ(proxy_.request_count() - before, 2U);
        EXPECT_THAT(authorizations()[before], Not(HasSubstr("Basic")));
        EXPECT_THAT(authorizations()[before + 1], HasSubstr("Digest username=\"user\""));
    }
}

TEST_P(Proxy, B21_TheErrorNamesWhatIsOffered) {
    use_url();
    refuse_with({"Digest realm=\"x\", nonce=\"1\"", "Basic realm=\"x\""});
    TransportResult result = fetch();
    expect_proxy_error(result);
    EXPECT_THAT(result.error().message, HasSubstr("requires a user name and password"));
    EXPECT_THAT(result.error().message, HasSubstr("it offers Digest, Basic"));

    use_credentials();
    const auto refused = [&](ProxyOptions::Scheme scheme, const std::vector<std::string>& schemes) {
        options_.proxy.scheme = scheme;
        refuse_with(schemes);
        const TransportResult answer = fetch();
        expect_proxy_error(answer);
        return answer ? std::string{} : answer.error().message;
    };
    const auto other = refused(ProxyOptions::Scheme::digest, {"Basic realm=\"x\""});
    EXPECT_THAT(other, HasSubstr("it offers Basic, which ProxyOptions::scheme does not allow"));
    EXPECT_THAT(other, Not(HasSubstr("requires a user name"))) << "it has been given one";
    EXPECT_THAT(refused(ProxyOptions::Scheme::any, {"Hobo"}), HasSubstr("no scheme that libcurl knows"));
    const auto* features = curl_version_info(CURLVERSION_NOW);
    if ((features->features & CURL_VERSION_SPNEGO) != 0) {
        EXPECT_THAT(refused(ProxyOptions::Scheme::any, {"Negotiate"}),
                    HasSubstr("it offers Negotiate, which ProxyOptions::scheme does not allow"));
    }
    if ((features->features & CURL_VERSION_NTLM) != 0) {
        const auto before = proxy_.request_count();
        EXPECT_THAT(refused(ProxyOptions::Scheme::any, {"NTLM"}), HasSubstr("it offers NTLM"));
        EXPECT_THAT(authorizations()[before], "");
        EXPECT_THAT(authorizations().back(), HasSubstr("NTLM "));
        EXPECT_THAT(refused(ProxyOptions::Scheme::ntlm, {"Basic realm=\"x\""}),
                    HasSubstr("it offers Basic, which ProxyOptions::scheme does not allow"));
    }
    EXPECT_THAT(refused(ProxyOptions::Scheme::negotiate, {"Basic realm=\"x\""}),
                HasSubstr("it offers Basic, which ProxyOptions::scheme does not allow"));
    EXPECT_THAT(proxy_.connections().back().received, Not(HasSubstr("Basic")));
}

TEST_P(Proxy, ThatRefusesIsAProxyError) {
    use_url();
    proxy_.on_connection({read_request(), send(http_reply(403, {}, "no"))});
    const TransportResult result = fetch();
    expect_proxy_error(result);
    EXPECT_THAT(result.error().message, HasSubstr("403"));
}

TEST_P(Proxy, ThatResetsTheTunnelIsAProxyError) {
    use_url();
    proxy_.on_connection({read_request(), reset()});
    expect_proxy_error(fetch());
}

TEST_P(Proxy, ThatClosesTheTunnelIsAProxyError) {
    use_url();
    proxy_.on_connection({read_request(), close()});
    expect_proxy_error(fetch());
}

TEST_P(Proxy, ThatCannotBeReachedIsAProxyError) {
    const RefusedPort port;
    const Environment environment(
        {{"HTTPS_PROXY", "http://user:sentinel@127.0.0.1:" + std::to_string(port.port())}});
    expect_proxy_error(fetch());
}

TEST_P(Proxy, ThatHasNoAddressIsAProxyError) {
    const Environment environment({{"HTTPS_PROXY", "http://user:sentinel@nowhere.invalid:3128"}});
    expect_proxy_error(fetch());
}

TEST_P(Proxy, WithAnUnreadableUrlIsAnErrorThatDoesNotRepeatIt) {
    const Environment environment({{"HTTPS_PROXY", "http://user:sentinel@bad host:port"}});
    const TransportResult result = fetch();
    ASSERT_FALSE(result);
    EXPECT_FALSE(result.error().request_may_have_left);
    EXPECT_THAT(result.error().message, Not(HasSubstr("sentinel")));
}

TEST_P(Proxy, A14_WithAUrlThatProgramsReadDifferentlyIsNotUsed) {
    options_.proxy.mode = ProxyOptions::Mode::url;
    for (const char* url :
         {"http://0177.0.0.1:3128", "http://user:sentinel@127.0.0.1:3128", "ftp://127.0.0.1", ""}) {
        options_.proxy.url = url;
        const TransportResult result = fetch();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, Kind::invalid_request) << result.error().message;
        EXPECT_FALSE(result.error().request_may_have_left);
        EXPECT_THAT(result.error().message, HasSubstr("proxy.url"));
        EXPECT_THAT(result.error().message, Not(HasSubstr("sentinel")));
    }
}

TEST_P(Proxy, ThatStaysSilentEndsAtTheConnectTimeout) {
    use_url();
    proxy_.on_connection({read_request(), hold()});
    HttpRequest request = get(server_->origin() + "/x");
    request.connect_timeout = std::chrono::milliseconds(200);
    CurlTransport transport(options_);
    const TransportResult result = run(transport, request, GetParam());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, Kind::timeout);
    EXPECT_FALSE(result.error().request_may_have_left);
}

}  // namespace
}  // namespace sent::test
