// N18: proxies. They are used for https only, and see nothing that is meant for the service.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "fault_scene.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A service over https, and a proxy before it that does as its script says.
class ProxyScene {
  public:
    explicit ProxyScene(Driver driver) : scene(driver, server_options(authority)) {
        scene.be_healthy();
        scene.options.tls.ca_file = files.write("ca.pem", authority.pem());
        scene.options.proxy.mode = ProxyOptions::Mode::url;
        scene.options.proxy.url = proxy.origin();
        scene.options.proxy.username = "porter";
        scene.options.proxy.password = "password-of-the-proxy";
        scene.options.proxy.scheme = ProxyOptions::Scheme::basic;
    }

    void tunnel() {
        proxy.by_default({read_request(), send("HTTP/1.1 200 Connection established\r\n\r\n"),
                          tunnel_to(scene.server.port())});
    }
    /// The send has not got past the proxy, and the error does not tell the proxy's password.
    void expect_stopped() {
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::connection);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_THAT(to_string(result.error()), HasSubstr("proxy"));
        EXPECT_THAT(to_string(result.error()), Not(HasSubstr("password-of")));
        EXPECT_EQ(scene.server.connection_count(), 0U);
    }

    CertificateAuthority authority{};
    TempDir files{};
    ScriptedServer proxy{};
    Scene scene;

  private:
    static ServerOptions server_options(const CertificateAuthority& authority) {
        ServerOptions options;
        options.tls.emplace();
        options.tls->identity = authority.localhost();
        return options;
    }
};

TEST(N18_Proxy, SeesATunnelAndNeitherKeyNorMessage) {
    with_both_drivers([](Driver driver) {
        ProxyScene all(driver);
        all.tunnel();
        const auto result = all.scene.send();
        ASSERT_TRUE(result) << describe(result);
        ASSERT_EQ(all.proxy.connection_count(), 1U);
        EXPECT_EQ(all.proxy.requests()[0].method, "CONNECT");
        EXPECT_TRUE(all.proxy.requests()[0].header("Proxy-Authorization"));
        const auto seen = all.proxy.requests()[0].raw;
        EXPECT_THAT(seen, Not(HasSubstr(std::string{test_api_key})));
        EXPECT_THAT(seen, Not(HasSubstr("contact-1")));
        EXPECT_EQ(all.scene.arrivals(test_api_key), 1U);
        EXPECT_FALSE(all.scene.server.requests()[0].header("Proxy-Authorization"));
    });
}

TEST(N18_Proxy, ThatRefusesOrResetsTheTunnelMeansNotSent) {
    with_both_drivers([](Driver driver) {
        for (const Script& script :
             {Script{read_request(), send(http_reply(407, {{"Proxy-Authenticate", "Basic realm=\"x\""}}))},
              Script{read_request(), send(http_reply(403))}, Script{read_request(), reset()},
              Script{read_request(), close()}}) {
            ProxyScene all(driver);
            all.proxy.by_default(script);
            all.expect_stopped();
        }
    });
}

TEST(N18_Proxy, IsNotUsedWhenSwitchedOffOrForExceptedHosts) {
    ProxyScene off(Driver::call);
    off.scene.options.proxy.mode = ProxyOptions::Mode::off;
    EXPECT_TRUE(off.scene.send());
    EXPECT_EQ(off.proxy.connection_count(), 0U);

    ProxyScene excepted(Driver::call);
    excepted.scene.options.proxy.no_proxy = "example.com,127.0.0.1";
    EXPECT_TRUE(excepted.scene.send());
    EXPECT_EQ(excepted.proxy.connection_count(), 0U);
}

TEST(N18_Proxy, IsNotUsedForPlainHttpWhereItWouldSeeEverything) {
    Scene scene;
    ScriptedServer proxy;
    scene.be_healthy();
    scene.options.proxy.mode = ProxyOptions::Mode::url;
    scene.options.proxy.url = proxy.origin();
    EXPECT_TRUE(scene.send());
    EXPECT_EQ(proxy.connection_count(), 0U);
}

}  // namespace
}  // namespace sent::test
