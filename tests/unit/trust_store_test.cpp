#include "http/trust_store.hpp"

#include <openssl/ssl.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "base/fork_gate.hpp"
#include "support/temp_dir.hpp"
#include "support/tls_identity.hpp"

namespace sent::detail::http {
namespace {

using test::CertificateAuthority;
using test::TempDir;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct FreeContext {
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

TrustStore::Clock::time_point now_of_the_test{};

/// A store over a file, with a clock that the test sets and a log.
class TrustStoreTest : public ::testing::Test {
  protected:
    TrustStoreTest() {
        now_of_the_test = TrustStore::Clock::time_point{std::chrono::hours{1}};
        write(authority_.pem());
        source_.file = file_;
    }

    /// As a file is that nobody writes any more.
    void write(const std::string& content) {
        std::ofstream{file_, std::ios::trunc} << content;
        age(std::chrono::seconds{60});
    }
    void age(std::chrono::seconds seconds) const {
        namespace fs = std::filesystem;
        fs::last_write_time(file_, fs::file_time_type::clock::now() - seconds);
    }
    TrustStore& store() {
        if (!store_) {
            store_ = std::make_unique<TrustStore>(
                source_, [this](const LogRecord& record) { log_.emplace_back(record.message); },
                [] { return now_of_the_test; });
        }
        return *store_;
    }
    static void pass(std::chrono::seconds time) { now_of_the_test += time; }
    /// How many certificates a new connection trusts; -1 when it gets none.
    int trusted() {
        const std::unique_ptr<SSL_CTX, FreeContext> context(SSL_CTX_new(TLS_client_method()));
        if (store().attach(context.get()) != CURLE_OK) {
            return -1;
        }
        const auto* objects = X509_STORE_get0_objects(SSL_CTX_get_cert_store(context.get()));
        return sk_X509_OBJECT_num(objects);
    }

    static constexpr std::chrono::hours a_day{25};
    CertificateAuthority authority_{"First"};
    CertificateAuthority other_{"Second"};
    TempDir files_{};
    std::string file_ = (files_.path() / "ca.pem").string();
    TrustSource source_{};
    std::vector<std::string> log_{};
    std::unique_ptr<TrustStore> store_{};
};

TEST_F(TrustStoreTest, A21_AReloadThatFailsKeepsTheCertificatesAndWarnsOnce) {
    const auto pem = authority_.pem();
    for (const auto& spoil : std::vector<std::function<void()>>{
             [&] { std::filesystem::remove(file_); }, [&] { write(""); },
             [&] { write(pem + pem.substr(0, pem.size() / 2)); }, [&] { write("no certificate"); }}) {
        log_.clear();
        store_.reset();
        write(pem);
        ASSERT_EQ(trusted(), 1);
        spoil();
        for (int i = 0; i < 5; ++i) {
            pass(a_day);
            EXPECT_EQ(trusted(), 1);
        }
        EXPECT_THAT(log_, ElementsAre(AllOf(HasSubstr(file_), HasSubstr("read before"))));
    }
}

TEST_F(TrustStoreTest, A21_AReloadThatFailedIsTriedAgainSoon) {
    ASSERT_EQ(trusted(), 1);
    std::filesystem::remove(file_);
    pass(a_day);
    ASSERT_EQ(trusted(), 1);
    write(authority_.pem() + other_.pem());
    pass(std::chrono::seconds{61});
    EXPECT_EQ(trusted(), 2);
    std::filesystem::remove(file_);
    pass(a_day);
    EXPECT_EQ(trusted(), 2);
    EXPECT_EQ(log_.size(), 2U) << "it had been good in between";
}

TEST_F(TrustStoreTest, A21_AFileThatIsBeingWrittenIsReadLater) {
    write(authority_.pem() + other_.pem());
    ASSERT_EQ(trusted(), 2);
    write(authority_.pem());
    age(std::chrono::seconds{0});
    pass(a_day);
    EXPECT_EQ(trusted(), 2);
    age(std::chrono::seconds{60});
    pass(std::chrono::seconds{61});
    EXPECT_EQ(trusted(), 1);
    EXPECT_TRUE(log_.empty());
}

TEST_F(TrustStoreTest, A21_ADirectoryThatIsGoneOrEmptyKeepsTheCertificates) {
    const TempDir directory;
    const auto entry = directory.write("01234567.0", authority_.pem());
    source_.path = directory.path().string();
    ASSERT_EQ(trusted(), 1);
    std::filesystem::remove(entry);
    pass(a_day);
    EXPECT_EQ(trusted(), 1);
    EXPECT_THAT(log_, ElementsAre(HasSubstr("empty")));
}

TEST_F(TrustStoreTest, A21_ALogThatThrowsOrAsksForAConnectionDoesNoHarm) {
    ASSERT_EQ(trusted(), 1);
    store_ = std::make_unique<TrustStore>(
        source_,
        [this](const LogRecord&) {
            EXPECT_EQ(trusted(), 1);
            throw 1;
        },
        [] { return now_of_the_test; });
    ASSERT_EQ(trusted(), 1);
    std::filesystem::remove(file_);
    pass(a_day);
    EXPECT_EQ(trusted(), 1);
}

TEST_F(TrustStoreTest, B28_WhatIsMissingIsNamedWithItsReason) {
    source_.file = file_ + ".missing";
    EXPECT_EQ(trusted(), -1);
    EXPECT_THAT(store().problem(), AllOf(HasSubstr(source_.file), HasSubstr("no such file")));
    source_.file.clear();
    source_.path = "/nowhere/one:/nowhere/two";
    store_.reset();
    EXPECT_EQ(trusted(), -1);
    EXPECT_THAT(store().problem(), AllOf(HasSubstr(source_.path), HasSubstr("no such file")));
    source_.path += ":" + files_.path().string();
    store_.reset();
    EXPECT_EQ(trusted(), 0) << "one of the directories is there";
}

TEST(B19_TrustSource, NamesEverythingThatIsTried) {
    TrustSource source;
    source.file = "/a.pem";
    source.path = "/b";
    EXPECT_EQ(source.describe(), "file /a.pem, directory /b");
    source.from_environment = true;
    EXPECT_EQ(source.describe(), "file /a.pem (SSL_CERT_FILE), directory /b (SSL_CERT_DIR)");
    source = {};
    source.path = "/etc/certs";
    source.missing_file = "/etc/bundle.pem";
    EXPECT_EQ(source.describe(), "directory /etc/certs, no file /etc/bundle.pem");
}

TEST_F(TrustStoreTest, A21_TheLogIsNotCalledWhileForksWait) {
    EXPECT_EQ(trusted(), 1);
    write("");
    pass(a_day);
    {
        const ForkGate gate;  // as when libcurl calls it
        EXPECT_EQ(trusted(), 1);
        EXPECT_THAT(log_, ElementsAre());
    }
    EXPECT_EQ(log_.size(), 1U);
}

}  // namespace
}  // namespace sent::detail::http
