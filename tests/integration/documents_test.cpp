// Documents from the client to the emulator, over real sockets.

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/testing/emulator.hpp>

#include "support/temp_dir.hpp"

namespace sent::test {
namespace {

constexpr std::size_t mib = 1024U * 1024U;

class DocumentsToEmulator : public ::testing::Test {
  protected:
    Client client() {
        ClientOptions options;
        options.api_key = emulator_.api_key();
        options.base_url = emulator_.base_url();
        options.use_environment = false;
        return Client{options};
    }
    Document file(const std::string& name, const std::string& content) {
        Document document;
        document.key = "business_registration";
        document.path = folder_.write(name, content);
        return document;
    }
    static Document scan() {
        Document document;
        document.key = "tax_certificate";
        document.content = std::string("\x89PNG\r\n--\0", 9);
        document.file_name = "tax \"2026\".png";
        return document;
    }
    CreateSmsMarketRequest market() {
        CreateSmsMarketRequest request;
        request.country = "US";
        request.number_type = MarketNumberType::local;
        request.documents = {file("registration.pdf", "%PDF-1.7"), scan()};
        return request;
    }

    testing::Emulator emulator_{};
    TempDir folder_{};
};

TEST_F(DocumentsToEmulator, OfAMarketAreShownWithIt) {
    const auto created = client().channels().sms().create(market());
    ASSERT_TRUE(created) << created.error();
    const auto market = client().channels().sms().get("US", MarketNumberType::local);
    ASSERT_TRUE(market) << market.error();
    ASSERT_TRUE(market->compliance);
    ASSERT_TRUE(market->compliance->documents);
    const auto& documents = *market->compliance->documents;
    ASSERT_EQ(documents.size(), 2U);
    EXPECT_EQ(documents[0].key, "business_registration");
    EXPECT_EQ(documents[0].file_name, "registration.pdf");
    EXPECT_TRUE(documents[0].document_id);
    EXPECT_EQ(documents[1].file_name, "tax \"2026\".png");
}

TEST_F(DocumentsToEmulator, OfASimulatedMarketAreNotKept) {
    CallOptions simulated;
    simulated.sandbox = true;
    const auto created = client().channels().sms().create(market(), simulated);
    ASSERT_TRUE(created) << created.error();
    EXPECT_TRUE(created.meta().sandbox);
    EXPECT_EQ(client().channels().sms().get("US", MarketNumberType::local).error().kind,
              ErrorKind::not_found);
}

TEST_F(DocumentsToEmulator, OfAProfileComeWithItsJson) {
    CreateSenderProfileRequest request{"Example Retail", "Example"};
    request.documents = {file("registration.pdf", std::string(20 * mib, 'x')), scan()};
    const auto created = client().sender_profiles().create(request);
    ASSERT_TRUE(created) << created.error();
    EXPECT_EQ(created->name, "Example Retail");
    EXPECT_EQ(client().sender_profiles().get(created->id)->short_name, "Example");
}

TEST_F(DocumentsToEmulator, ARepetitionWithTheSameKeyIsAReplay) {
    CallOptions call;
    call.idempotency_key = "us-market";
    const auto first = client().channels().sms().create(market(), call);
    ASSERT_TRUE(first) << first.error();
    const auto again = client().channels().sms().create(market(), call);
    ASSERT_TRUE(again) << again.error();
    EXPECT_TRUE(again.meta().replayed);
}

TEST_F(DocumentsToEmulator, GoThroughSubmit) {
    const auto created = client().submit(market()).get();
    ASSERT_TRUE(created) << created.error();
    EXPECT_TRUE(client().channels().sms().get("US", MarketNumberType::local));
}

TEST_F(DocumentsToEmulator, WithAKeyTwiceAreRefusedWithTheNameOfTheKey) {
    auto request = market();
    request.documents[1].key = request.documents[0].key;
    const auto created = client().channels().sms().create(request);
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().kind, ErrorKind::bad_request);
}

}  // namespace
}  // namespace sent::test
