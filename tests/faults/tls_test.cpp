// N17: a server that cannot prove who it is gets no request.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;

ServerOptions with_identity(TlsIdentity identity) {
    ServerOptions options;
    options.tls.emplace();
    options.tls->identity = std::move(identity);
    return options;
}

/// An authority that the client trusts, by file.
struct Trust {
    CertificateAuthority authority{};
    TempDir files{};
    std::string ca_file = files.write("ca.pem", authority.pem());
};

TEST(N17_Tls, AGoodCertificateOfATrustedAuthorityIsAccepted) {
    with_both_drivers([](Driver driver) {
        const Trust trust;
        Scene scene(driver, with_identity(trust.authority.localhost()));
        scene.be_healthy();
        scene.options.tls.ca_file = trust.ca_file;
        const auto first = scene.send();
        EXPECT_TRUE(first) << describe(first);
        EXPECT_TRUE(scene.send());
        ASSERT_EQ(scene.server.connection_count(), 1U);
        EXPECT_THAT(scene.server.connections()[0].tls_version, testing::AnyOf("TLSv1.2", "TLSv1.3"));
    });
}

TEST(N17_Tls, ABadCertificateIsRefusedOnceAndSaysWhichCheckAndWhoIsTrusted) {
    const Trust trust;
    struct Case {
        const char* name;
        TlsIdentity identity;
        const char* check;
    };
    const std::vector<Case> cases = {
        {"expired", trust.authority.expired(), "expired"},
        {"not yet valid", trust.authority.not_yet_valid(), "not yet valid"},
        {"self-signed", self_signed_identity(), "self-signed"},
        {"wrong host", trust.authority.wrong_host(), "127.0.0.1"},
        {"unknown authority", CertificateAuthority("Another CA").localhost(), "issuer"},
    };
    with_both_drivers([&](Driver driver) {
        for (const auto& bad : cases) {
            SCOPED_TRACE(bad.name);
            Scene scene(driver, with_identity(bad.identity));
            scene.be_healthy();
            scene.options.tls.ca_file = trust.ca_file;
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::tls) << describe(result);
            EXPECT_EQ(result.error().outcome, Outcome::not_sent);
            EXPECT_EQ(result.error().attempts, 1);
            EXPECT_THAT(result.error().message, HasSubstr(bad.check));
            EXPECT_THAT(result.error().message, HasSubstr(trust.ca_file));
            EXPECT_THROW(result.value(), TlsError);
            EXPECT_EQ(scene.server.connection_count(), 1U);
            EXPECT_EQ(scene.server.request_count(), 0U);
            EXPECT_EQ(scene.arrivals(test_api_key), 0U);
        }
    });
}

TEST(N17_Tls, ReadsAndKeyedSendsGetNoSecondTryEither) {
    const Trust trust;
    Scene scene(Driver::call, with_identity(trust.authority.expired()));
    scene.be_healthy();
    scene.options.tls.ca_file = trust.ca_file;
    const auto list = scene.list();
    ASSERT_FALSE(list);
    EXPECT_EQ(list.error().attempts, 1);
    const auto keyed = scene.send_keyed();
    ASSERT_FALSE(keyed);
    EXPECT_EQ(keyed.error().attempts, 1);
    EXPECT_EQ(scene.server.connection_count(), 2U);
}

TEST(N17_Tls, TheSystemDoesNotTrustTheTestAuthority) {
    const Trust trust;
    Scene scene(Driver::call, with_identity(trust.authority.localhost()));
    scene.be_healthy();
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::tls);
    EXPECT_THAT(result.error().message, HasSubstr("trusted certificates: "));
    EXPECT_EQ(scene.server.request_count(), 0U);
}

TEST(N17_Tls, AMissingAuthorityFileIsNamed) {
    with_both_drivers([](Driver driver) {
        const Trust trust;
        Scene scene(driver, with_identity(trust.authority.localhost()));
        scene.be_healthy();
        scene.options.tls.ca_file = (trust.files.path() / "missing.pem").string();
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::tls);
        EXPECT_EQ(result.error().attempts, 1);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_THAT(result.error().message, HasSubstr(scene.options.tls.ca_file));
        EXPECT_EQ(scene.server.request_count(), 0U);
    });
}

TEST(N17_Tls, AnAuthorityFileThatHoldsNoCertificateTrustsNobody) {
    const Trust trust;
    Scene scene(Driver::call, with_identity(trust.authority.localhost()));
    scene.be_healthy();
    scene.options.tls.ca_file = trust.files.write("garbage.pem", "no certificate here\n");
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::tls);
    EXPECT_EQ(scene.server.request_count(), 0U);
}

TEST(N17_Tls, OldVersionsAreNotSpoken) {
    with_both_drivers([](Driver driver) {
        const Trust trust;
        auto options = with_identity(trust.authority.localhost());
        options.tls->min_version = TlsVersion::tls1_0;
        options.tls->max_version = TlsVersion::tls1_0;
        Scene scene(driver, std::move(options));
        scene.be_healthy();
        scene.options.tls.ca_file = trust.ca_file;
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::tls) << describe(result);
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_EQ(scene.server.request_count(), 0U);
    });
}

TEST(N17_Tls, AnUnkeyedSendLostOverTlsIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        for (const auto& end : {close(), close_without_notify(), reset()}) {
            const Trust trust;
            Scene scene(driver, with_identity(trust.authority.localhost()));
            scene.server.on_connection({read_request(), send(http_reply(204)), read_request(), end});
            scene.be_healthy();
            scene.options.tls.ca_file = trust.ca_file;
            ASSERT_TRUE(scene.send("first"));
            ASSERT_TRUE(is_unknown(scene.send("second")));
            EXPECT_EQ(scene.arrivals("second"), 1U);
        }
    });
}

}  // namespace
}  // namespace sent::test
