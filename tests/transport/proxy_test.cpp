// Proxies: only for https, and they see nothing that is meant for the server.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>

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
    options_.proxy.username = "user";
    options_.proxy.password = "sentinel-password";
    EXPECT_TRUE(fetch());
    EXPECT_TRUE(proxy_.requests()[0].header("proxy-authorization"));
    EXPECT_EQ(server_->requests()[0].header_count("proxy-authorization"), 0U);
}

TEST_P(Proxy, ThatWantsCredentialsIsAProxyError) {
    use_url();
    options_.proxy.username = "user";
    options_.proxy.password = "sentinel-password";
    proxy_.on_connection(
        {read_request(), send(http_reply(407, {{"Proxy-Authenticate", "Basic realm=\"x\""}}))});
    const TransportResult result = fetch();
    expect_proxy_error(result);
    EXPECT_THAT(result.error().message, HasSubstr("407"));
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
