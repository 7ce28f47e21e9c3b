#include <gtest/gtest.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include <curl/curl.h>
#include <sent/sent.hpp>

#include "support/allocations.hpp"
#include "support/replies.hpp"
#include "support/scripted_server.hpp"

/// @file
/// How often a call asks for memory, libcurl included, on the thread that makes it: so that nothing creeps
/// in.

namespace sent::test {
namespace {

thread_local std::size_t asked_by_curl = 0;

// Signatures are libcurl's. NOLINTBEGIN(cppcoreguidelines-no-malloc)
void* counted_malloc(std::size_t size) {
    ++asked_by_curl;
    return std::malloc(size);
}
void* counted_realloc(void* memory, std::size_t size) {
    ++asked_by_curl;
    return std::realloc(memory, size);
}
void* counted_calloc(std::size_t count, std::size_t size) {
    ++asked_by_curl;
    return std::calloc(count, size);
}
char* counted_strdup(const char* text) {
    ++asked_by_curl;
    return ::strdup(text);
}
void counted_free(void* memory) {
    std::free(memory);
}
// NOLINTEND(cppcoreguidelines-no-malloc)

// libcurl takes its functions from whoever initialises it first: before any test.
const bool curl_is_counted =
    curl_global_init_mem(CURL_GLOBAL_DEFAULT, &counted_malloc, &counted_free, &counted_realloc,
                         &counted_strdup, &counted_calloc) == CURLE_OK;

constexpr int warm_up = 20;
constexpr int calls = 50;

/// Of one call, once everything that is kept is there.
template <class Call>
std::size_t asked_per_call(Call call) {
    for (int i = 0; i < warm_up; ++i) {
        call();
    }
    const std::size_t before = allocations() + asked_by_curl;
    for (int i = 0; i < calls; ++i) {
        call();
    }
    return (allocations() + asked_by_curl - before) / calls;
}

constexpr const char* queued =
    R"({"success":true,"data":{"status":"QUEUED","template_id":"a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac",)"
    R"("template_name":"order_confirmation","recipients":[{"message_id":"8ba7b830-9dad-11d1-80b4-00c04fd430c8",)"
    R"("to":"+14155550100","channel":"sms","body":"Hi Mira, your order 12345 is on its way."}]},"error":null,)"
    R"("meta":{"request_id":"req_7X9zKp2jDw","timestamp":"2026-01-02T03:04:05.678Z","version":"v3"}})";

class CallAllocations : public testing::Test {
  protected:
    void SetUp() override {
        if (!allocations_are_counted()) {
            GTEST_SKIP() << "a sanitizer has its own operator new";
        }
        ASSERT_TRUE(curl_is_counted);
        server_.by_default({serve([](const ReceivedRequest& request) -> Reply {
            return request.target == "/v3/messages" ? json_reply(202, queued) : http_reply(204);
        })});
    }

    Client client() const {
        ClientOptions options;
        options.api_key = "k";
        options.sender_id = "0f3c2a71-5b1e-4c7d-9a44-2d8e61b7c903";
        options.base_url = server_.origin();
        options.use_environment = false;
        return Client{options};
    }

    /// The same with libcurl alone, which knows how: a handle that is kept, headers and body made beforehand.
    std::size_t asked_by_bare(const std::string& path, const std::string& body) const {
        const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> easy{curl_easy_init(), &curl_easy_cleanup};
        curl_slist* list = nullptr;
        for (const char* header :
             {"Accept: application/json", "User-Agent: test", "x-api-key: k",
              "Content-Type: application/json", "Idempotency-Key: 3f0d5c1e-8a4b-4f7e-9c26-71b0e5d8a943"}) {
            list = curl_slist_append(list, header);
        }
        const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers{list, &curl_slist_free_all};
        std::string received;
        curl_easy_setopt(easy.get(), CURLOPT_URL, (server_.origin() + path).c_str());
        curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
        curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
        curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, body.c_str());
        curl_easy_setopt(
            easy.get(), CURLOPT_WRITEFUNCTION, +[](char* bytes, std::size_t, std::size_t count, void* to) {
                static_cast<std::string*>(to)->append(bytes, count);
                return count;
            });
        curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &received);
        return asked_per_call([&] {
            received.clear();
            EXPECT_EQ(curl_easy_perform(easy.get()), CURLE_OK);
        });
    }

    ScriptedServer server_{};
};

TEST_F(CallAllocations, AV3SendNeedsFew) {
    SendMessageRequest request;
    request.to = {"+14155550100"};
    request.channel = {Channel::sms};
    auto& source = request.template_ref.emplace();
    source.id = "a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac";
    source.parameters = {{"name", "Mira Lindqvist"}, {"order_id", "12345"}};
    const Client sdk = client();

    const std::size_t asked = asked_per_call([&] {
        const auto done = sdk.call(request);
        EXPECT_TRUE(done) << done.error();
    });
    const std::size_t bare = asked_by_bare("/v3/messages", R"({"to":["+14155550100"]})");

    EXPECT_GE(bare, 20U) << "libcurl's are not counted";
    EXPECT_LE(asked, 75U);
    EXPECT_LE(asked, bare + 22) << "bare libcurl: " << bare;
}

TEST_F(CallAllocations, AV1SendNeedsFew) {
    v1::SendToContactRequest request;
    request.contact_id = "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015";
    request.template_id = "a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac";
    request.message_body = {{"name", "Mira Lindqvist"}, {"order_id", "12345"}};
    const Client sdk = client();

    const std::size_t asked = asked_per_call([&] {
        const auto done = sdk.call(request);
        EXPECT_TRUE(done) << done.error();
    });
    const std::size_t bare = asked_by_bare("/v1/messages/contact", R"({"contactId":""})");

    EXPECT_GE(bare, 20U) << "libcurl's are not counted";
    EXPECT_LE(asked, 65U);
    EXPECT_LE(asked, bare + 4) << "bare libcurl: " << bare;
}

}  // namespace
}  // namespace sent::test
