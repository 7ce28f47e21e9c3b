// Files that change while they are sent.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "faults/fault_scene.hpp"
#include "support/scripted_server.hpp"
#include "support/temp_dir.hpp"

namespace sent::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// More than all buffers between client and server.
constexpr std::size_t file_size = 16U * 1024U * 1024U;

class D12_Documents : public ::testing::Test {
  protected:
    static ServerOptions small_buffer() {
        ServerOptions options;
        options.receive_buffer = 16 * 1024;
        return options;
    }
    static CreateSenderProfileRequest profile(const std::string& path) {
        CreateSenderProfileRequest request{"Example Retail", "Example"};
        request.documents.emplace_back();
        request.documents[0].key = "business_registration";
        request.documents[0].path = path;
        return request;
    }

    /// Changes the file when its first bytes have arrived, by `call` and by `submit`.
    void expect_broken_off(const std::function<void(const std::string& path)>& change) {
        with_both_drivers([&](Driver driver) {
            ScriptedServer server{small_buffer()};
            const auto path = folder_.write("paper.pdf", std::string(file_size, 'x'));
            server.on_connection({read_until_headers_end(), read_bytes(100'000), call([&] { change(path); }),
                                  read_request(), send(http_reply(201))});
            server.by_default({serve([](const ReceivedRequest&) { return http_reply(201); })});
            const Client client{quick_options(server.origin())};
            const auto result = perform(client, driver, profile(path));
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::invalid_request) << result.error().message;
            EXPECT_EQ(result.error().outcome, Outcome::not_sent);
            EXPECT_THAT(result.error().message, Not(HasSubstr("paper")));
            ASSERT_TRUE(server.wait_for_finished(1, patience));
            EXPECT_EQ(server.connection_count(), 1U) << "it is not sent again";
            for (const auto& request : server.requests()) {
                EXPECT_FALSE(request.complete);
            }
        });
    }

    TempDir folder_{};
};

TEST_F(D12_Documents, AFileThatIsShortenedIsNotSent) {
    expect_broken_off([](const std::string& path) { std::filesystem::resize_file(path, 1000); });
}

TEST_F(D12_Documents, AFileThatGrowsIsNotSent) {
    expect_broken_off([](const std::string& path) { std::filesystem::resize_file(path, file_size + 1); });
}

TEST_F(D12_Documents, AFileThatIsWrittenToIsNotSent) {
    expect_broken_off([](const std::string& path) {
        std::filesystem::last_write_time(path,
                                         std::filesystem::last_write_time(path) + std::chrono::hours(1));
    });
}

TEST_F(D12_Documents, AFileThatAnotherReplacesIsSentAsItWas) {
    with_both_drivers([&](Driver driver) {
        ScriptedServer server{small_buffer()};
        const auto path = folder_.write("paper.pdf", std::string(file_size, 'x'));
        server.on_connection({read_until_headers_end(), read_bytes(100'000), call([&] {
                                  const auto other = folder_.write("other.pdf", "another file");
                                  std::filesystem::rename(other, path);
                              }),
                              read_request(),
                              send(json_reply(201, R"({"success":true,"data":{"id":"p1"}})"))});
        const Client client{quick_options(server.origin())};
        const auto result = perform(client, driver, profile(path));
        ASSERT_TRUE(result) << result.error();
        ASSERT_EQ(server.request_count(), 1U);
        EXPECT_THAT(server.requests()[0].body, HasSubstr(std::string(file_size, 'x')));
    });
}

TEST_F(D12_Documents, AServerThatStopsReadingDoesNotStopTheDeadline) {
    with_both_drivers([&](Driver driver) {
        ScriptedServer server{small_buffer()};
        server.by_default({read_until_headers_end(), hold()});
        const auto path = folder_.write("paper.pdf", std::string(file_size, 'x'));
        const Client client{quick_options(server.origin())};
        CallOptions options;
        options.deadline = std::chrono::milliseconds(300);
        const auto begun = std::chrono::steady_clock::now();
        const auto result = perform(client, driver, profile(path), options);
        EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::timeout) << result.error().message;
        EXPECT_EQ(result.error().outcome, Outcome::unknown);
    });
}

}  // namespace
}  // namespace sent::test
