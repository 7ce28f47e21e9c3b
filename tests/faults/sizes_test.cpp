// N14, N15: compressed and oversized replies. What is kept is bounded after decompression.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "memory.hpp"
#include "support/compression.hpp"
#include "support/sanitized.hpp"

namespace sent::test {
namespace {

constexpr std::size_t mib = 1024U * 1024U;

Headers coded(const char* coding, std::uint64_t length) {
    return {{"Content-Type", "application/json"},
            {"Content-Encoding", coding},
            {"Content-Length", std::to_string(length)}};
}

TEST(N14_Compression, IsUndone) {
    with_both_drivers([](Driver driver) {
        const auto page = contacts_page("packed");
        const auto brotli = brotli_stored(page);
        const std::vector<std::pair<const char*, std::string>> replies = {
            {"gzip", gzip_reply(200, {}, page)},
            {"br", reply_head(200, coded("br", brotli.size())) + brotli},
        };
        for (const auto& [name, reply] : replies) {
            SCOPED_TRACE(name);
            Scene scene(driver);
            scene.answer({reply});
            const auto result = scene.list();
            if (scene.server.requests()[0].header("Accept-Encoding").value_or("").find(name) ==
                std::string::npos) {
                continue;  // this libcurl was built without it, and did not ask for it
            }
            ASSERT_TRUE(result) << describe(result);
            ASSERT_EQ(result->items.size(), 1U);
            EXPECT_EQ(result->items.front().id, "packed");
        }
    });
}

TEST(N14_Compression, BombIsStoppedAtTheLimitAfterUnpacking) {
    with_both_drivers([](Driver driver) {
        const std::uint64_t unpacked = 10'000'000'000;
        Scene scene(driver);
        scene.server.by_default({read_request(),
                                 send(reply_head(200, coded("gzip", gzip_zeros_size(unpacked)))),
                                 send_gzip_zeros(unpacked)});
        scene.options.max_response_bytes = mib;
        static_cast<void>(scene.client());
        const PeakMemory peak;
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::response_too_large);
        EXPECT_EQ(result.error().outcome, Outcome::unknown);
        EXPECT_EQ(result.error().attempts, 1);
        EXPECT_LE(result.error().raw_body.size(), mib);
        EXPECT_EQ(scene.server.request_count(), 1U);
        EXPECT_LT(peak.growth_in_mib(), 2 + memory_slack);
    });
}

TEST(N14_Compression, LimitIsForTheUnpackedBody) {
    with_both_drivers([](Driver driver) {
        std::string page = contacts_page();
        page.append(100'000 - page.size(), ' ');
        for (const bool fits : {true, false}) {
            SCOPED_TRACE(fits);
            Scene scene(driver);
            scene.answer({gzip_reply(200, {}, page)});
            scene.options.max_response_bytes = fits ? page.size() : page.size() - 1;
            const auto result = scene.list();
            EXPECT_EQ(static_cast<bool>(result), fits) << describe(result);
            if (!result) {
                EXPECT_EQ(result.error().kind, ErrorKind::response_too_large);
                EXPECT_THROW(static_cast<void>(result.value()), ResponseTooLargeError);
            }
        }
    });
}

TEST(N14_Compression, DefaultLimitIsEightMebibytes) {
    Scene scene;
    scene.server.by_default(
        {read_request(), send(reply_head(200)), send_repeated(std::string(65536, ' '), 1'000'000)});
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::response_too_large);
    EXPECT_NE(result.error().message.find("8388608 bytes"), std::string::npos) << describe(result);
    EXPECT_EQ(result.error().raw_body.size(), mib / 16) << "what an error keeps";
}

TEST(N14_Compression, CorruptDataIsNoSuccessAndASendIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        auto packed = gzip(contacts_page());
        for (auto& byte : packed) {
            byte = static_cast<char>(byte ^ 0x55);
        }
        Scene scene(driver);
        scene.answer({reply_head(200, coded("gzip", packed.size())) + packed});
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().attempts, 1);
        EXPECT_NE(result.error().outcome, Outcome::not_sent);
        EXPECT_NE(result.error().outcome, Outcome::rejected);
        EXPECT_EQ(scene.server.request_count(), 1U);
        EXPECT_FALSE(scene.list());
    });
}

TEST(N14_Compression, AStreamThatEndsEarlyIsNoListWithoutElements) {
    with_both_drivers([](Driver driver) {
        const auto whole = gzip(contacts_page());
        for (const std::size_t size : {std::size_t{1}, std::size_t{10}, whole.size() / 2, whole.size() - 9}) {
            SCOPED_TRACE(size);
            Scene scene(driver);
            scene.server.by_default(
                {read_request(), send(reply_head(200, coded("gzip", size)) + whole.substr(0, size)), hold()});
            const auto result = scene.list();
            EXPECT_TRUE(!result || result.meta().raw_body == contacts_page());
        }
    });
}

TEST(N15_HugeErrorBody, IsReadToTheLimitAndJudgedByItsStatus) {
    with_both_drivers([](Driver driver) {
        for (const int status : {403, 500}) {
            SCOPED_TRACE(status);
            Scene scene(driver);
            scene.server.by_default(
                {read_request(), send(reply_head(status, {{"Content-Length", "10000000"}}) + R"({"title":")"),
                 send_repeated(std::string(1000, 'x'), 9'999), hold()});
            scene.options.max_response_bytes = mib;
            scene.options.retry.max_retries = 0;
            static_cast<void>(scene.client());
            const PeakMemory peak;
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, status == 403 ? ErrorKind::permission_denied : ErrorKind::server);
            EXPECT_EQ(result.error().http_status, status);
            EXPECT_EQ(result.error().outcome, status == 403 ? Outcome::rejected : Outcome::unknown);
            EXPECT_EQ(result.error().raw_body.size(), mib / 16) << "what an error keeps";
            EXPECT_LT(result.error().message.size(), 1000U);
            EXPECT_LT(peak.growth_in_mib(), 4 + memory_slack);
        }
    });
}

TEST(N15_HugeErrorBody, OfAReadIsRepeatedByItsStatus) {
    Scene scene;
    scene.server.on_connection(
        {read_request(), send(reply_head(502)), send_repeated(std::string(1000, 'x'), 10'000), hold()});
    scene.be_healthy();
    scene.options.max_response_bytes = 10'000;
    const auto result = scene.list();
    EXPECT_TRUE(result) << describe(result);
    EXPECT_EQ(result.meta().attempts, 2);
}

}  // namespace
}  // namespace sent::test
