// N18 with a proxy that others have made.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "fault_scene.hpp"
#include "support/program.hpp"
#include "support/read_file.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* password = "password-of-the-proxy";

/// tinyproxy, which lets nobody through who does not say the password, to one port only.
class TinyProxy {
  public:
    static bool is_here() { return !find_program("tinyproxy").empty(); }

    [[nodiscard]] bool start(std::uint16_t allowed_port) {
        constexpr int tries = 3;  // somebody else may take the port before it does
        for (int i = 0; i < tries; ++i) {
            port_ = unused_port();
            const auto config =
                files_.write("tinyproxy.conf",
                             "Port " + std::to_string(port_) +
                                 "\nListen 127.0.0.1\nTimeout 60\nMaxClients 50\nLogLevel Info\nLogFile \"" +
                                 log_file() + "\"\nBasicAuth porter " + password + "\nConnectPort " +
                                 std::to_string(allowed_port) + "\n");
            program_ = std::make_unique<Program>(
                std::vector<std::string>{find_program("tinyproxy"), "-d", "-c", config}, log_file());
            if (program_->wait_until_listening(port_, std::chrono::seconds(10))) {
                return true;
            }
        }
        return false;
    }

    std::string origin(const std::string& user = {}) const {
        return "http://" + user + "127.0.0.1:" + std::to_string(port_);
    }
    std::string log() const { return read_file(log_file()); }
    bool has_logged(const std::string& text) const {
        return wait_for_text(log_file(), text, std::chrono::seconds(10));
    }
    void stop() { program_.reset(); }

  private:
    std::string log_file() const { return (files_.path() / "log").string(); }

    TempDir files_{};
    std::uint16_t port_ = 0;
    std::unique_ptr<Program> program_{};
};

/// Sets variables of the environment, and takes them back.
class ScopedVariable {
  public:
    ScopedVariable(const char* name, const std::string& value) : name_(name) {
        setenv(name, value.c_str(), 1);
    }
    ScopedVariable(const ScopedVariable&) = delete;
    ScopedVariable& operator=(const ScopedVariable&) = delete;
    ~ScopedVariable() { unsetenv(name_); }

  private:
    const char* name_;
};

class N18_RealProxy : public testing::Test {
  protected:
    void SetUp() override {
        if (!TinyProxy::is_here()) {
            GTEST_SKIP() << "skipped: tinyproxy is not installed";
        }
        for (const char* name :
             {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"}) {
            unsetenv(name);
        }
        server.by_default({serve([](const ReceivedRequest& request) { return healthy_reply(request); })});
        ASSERT_TRUE(proxy.start(server.port())) << proxy.log();
    }

    ClientOptions by_url() const {
        auto options = by_environment();
        options.proxy.mode = ProxyOptions::Mode::url;
        options.proxy.url = proxy.origin();
        options.proxy.username = "porter";
        options.proxy.password = password;
        return options;
    }
    ClientOptions by_environment() const {
        auto options = quick_options(server.origin());
        options.tls.ca_pem = authority.pem();
        options.proxy.mode = ProxyOptions::Mode::environment;
        return options;
    }
    void expect_stopped(const Result<void>& result) const {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::connection) << describe(result);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_THAT(to_string(result.error()), HasSubstr("proxy"));
        EXPECT_THAT(to_string(result.error()), Not(HasSubstr(password)));
        EXPECT_EQ(server.connection_count(), 0U);
    }
    std::string tunnel() const { return "CONNECT 127.0.0.1:" + std::to_string(server.port()); }

    CertificateAuthority authority{};
    ScriptedServer server{secure(authority)};
    TinyProxy proxy{};

  private:
    static ServerOptions secure(const CertificateAuthority& authority) {
        ServerOptions options;
        options.tls.emplace();
        options.tls->identity = authority.localhost();
        return options;
    }
};

TEST_F(N18_RealProxy, TunnelsAndSeesNeitherKeyNorMessage) {
    with_both_drivers([this](Driver driver) {
        const Client client{by_url()};
        const auto result = perform(client, driver, send_request());
        EXPECT_TRUE(result) << describe(result);
        EXPECT_TRUE(perform(client, driver, send_request())) << "and the tunnel is used again";
    });
    EXPECT_EQ(server.request_count(), 4U);
    EXPECT_EQ(server.connection_count(), 2U);
    EXPECT_FALSE(server.requests()[0].header("Proxy-Authorization"));
    EXPECT_TRUE(proxy.has_logged(tunnel()));
    EXPECT_THAT(proxy.log(), Not(HasSubstr(std::string{test_api_key})));
    EXPECT_THAT(proxy.log(), Not(HasSubstr("contact-1")));
}

TEST_F(N18_RealProxy, WantsItsPassword) {
    with_both_drivers([this](Driver driver) {
        auto options = by_url();
        options.proxy.username.clear();
        options.proxy.password = std::string{};
        const auto result = perform(Client{options}, driver, send_request());
        expect_stopped(result);
        EXPECT_THAT(to_string(result.error()), HasSubstr("407"));
    });
    auto options = by_url();
    options.proxy.password = "password-of-the-proxy-but-wrong";
    expect_stopped(Client{options}.call(send_request()));
}

TEST_F(N18_RealProxy, MayNotAllowTheTunnel) {
    TinyProxy other;
    ASSERT_TRUE(other.start(1)) << other.log();
    with_both_drivers([&](Driver driver) {
        auto options = by_url();
        options.proxy.url = other.origin();
        expect_stopped(perform(Client{options}, driver, send_request()));
    });
}

TEST_F(N18_RealProxy, ThatHasEndedMeansNotSent) {
    proxy.stop();
    with_both_drivers(
        [this](Driver driver) { expect_stopped(perform(Client{by_url()}, driver, send_request())); });
}

TEST_F(N18_RealProxy, OfTheEnvironmentIsUsed) {
    const ScopedVariable variable("HTTPS_PROXY", proxy.origin("porter:" + std::string{password} + "@"));
    with_both_drivers([this](Driver driver) {
        const auto result = perform(Client{by_environment()}, driver, send_request());
        EXPECT_TRUE(result) << describe(result);
    });
    EXPECT_TRUE(proxy.has_logged(tunnel()));
}

TEST_F(N18_RealProxy, OfTheEnvironmentIsNotUsedForExceptedHostsNorWhenSwitchedOff) {
    const ScopedVariable variable("HTTPS_PROXY", proxy.origin("porter:" + std::string{password} + "@"));
    with_both_drivers([this](Driver driver) {
        auto options = by_environment();
        options.proxy.mode = ProxyOptions::Mode::off;
        EXPECT_TRUE(perform(Client{options}, driver, send_request()));
        const ScopedVariable excepted("NO_PROXY", "example.com,127.0.0.1");
        EXPECT_TRUE(perform(Client{by_environment()}, driver, send_request()));
    });
    EXPECT_EQ(server.request_count(), 4U);
    EXPECT_THAT(proxy.log(), Not(HasSubstr("CONNECT 127")));
}

TEST_F(N18_RealProxy, LosesAnUnkeyedSendOnce) {
    server.on_connection({read_request(), send(http_reply(204)), read_request(), reset()});
    const Client client{by_url()};
    ASSERT_TRUE(client.call(send_request("first")));
    EXPECT_TRUE(is_unknown(client.call(send_request("second"))));
    EXPECT_EQ(server.request_count(), 2U);
}

TEST_F(N18_RealProxy, CarriesARunOfSends) {
    const std::vector<v1::SendToContactRequest> sends(100, send_request());
    BulkOptions bulk;
    bulk.max_in_flight = 16;
    EXPECT_EQ(Client{by_url()}.bulk(sends, bulk).succeeded, 100U);
    EXPECT_EQ(server.request_count(), 100U);
}

}  // namespace
}  // namespace sent::test
