// A2, B8: replies that would take too much memory or time to decode, and strings cut within an emoji.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <sent/webhooks.hpp>

#include "fault_scene.hpp"
#include "memory.hpp"
#include "stopwatch.hpp"
#include "support/compression.hpp"
#include "support/sanitized.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;

constexpr std::size_t mib = 1024U * 1024U;

/// `head`, as many of `element` as fit into about `size` bytes, the last one without its comma, and `tail`.
std::string repeated(const std::string& head, const std::string& element, const std::string& tail,
                     std::size_t size) {
    std::string text = head;
    text.reserve(size + element.size());
    while (text.size() + element.size() + tail.size() < size) {
        text += element;
    }
    text.pop_back();
    return text + tail;
}

std::string hostile_profiles(std::size_t size = 8 * mib - 1024) {
    return repeated(R"({"success":true,"data":{"profiles":[)", "{},", "]}}", size);
}

v3::SendMessageRequest v3_message() {
    v3::SendMessageRequest request;
    request.to = {"+14155550100"};
    request.text = "Hello";
    return request;
}

TEST(A2_DecodedSize, AListOfEmptyElementsIsTooLarge) {
    const auto reply = gzip_reply(200, {{"Content-Type", "application/json"}}, hostile_profiles());
    ASSERT_LT(reply.size(), 20'000U);
    with_both_drivers([&](Driver driver) {
        Scene scene(driver);
        scene.answer({reply});
        static_cast<void>(scene.client());
        const PeakMemory peak;
        const auto result = perform(scene.client(), driver, v3::ListProfilesRequest{});
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::response_too_large) << describe(result);
        EXPECT_THAT(result.error().message, HasSubstr("max_response_bytes"));
        EXPECT_EQ(scene.server.request_count(), 1U);
        EXPECT_LT(peak.growth_in_mib(), 128 + memory_slack);
    });
}

TEST(A2_DecodedSize, FollowsMaxResponseBytes) {
    Scene scene;
    scene.options.max_response_bytes = 256 * 1024;
    scene.answer({json_reply(200, hostile_profiles(200 * 1024))});
    static_cast<void>(scene.client());
    const PeakMemory peak;
    const auto result = scene.client().profiles().list();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::response_too_large) << describe(result);
    EXPECT_LT(peak.growth_in_mib(), 5 + memory_slack);
}

TEST(A2_DecodedSize, AShortReplyIsReadWhateverTheLimit) {
    Scene scene;
    const std::string body = R"({"success":true,"data":{"profiles":[{"id":"p"}]}})";
    scene.options.max_response_bytes = body.size();
    scene.answer({json_reply(200, body)});
    const auto result = scene.client().profiles().list();
    ASSERT_TRUE(result) << describe(result);
    EXPECT_EQ(result->items.at(0).id, "p");
}

TEST(A2_DecodedSize, HoldsForEveryGenerationAndKindOfList) {
    const auto kind_of = [](const auto& result) {
        return result ? std::string{"success"} : std::string{to_string(result.error().kind)};
    };
    const std::string too_large{to_string(ErrorKind::response_too_large)};
    const auto reply = [](const std::string& head, const std::string& element, const std::string& tail) {
        return gzip_reply(200, {{"Content-Type", "application/json"}},
                          repeated(head, element, tail, 8 * mib - 1024));
    };
    Scene scene;
    scene.answer({reply(R"({"items":[)", "{},", "]}"),
                  reply(R"({"items":[{"definition":{"buttons":[)", "{},", "]}}]}"),
                  reply(R"({"success":true,"data":{"variables":[)", R"("",)", "]}}"),
                  reply(R"({"success":true,"data":{"activities":[)", "{},", "]}}"),
                  reply(R"({"success":true,"data":{"contacts":[)", "{},", "]}}")});
    static_cast<void>(scene.client());
    const PeakMemory peak;
    EXPECT_EQ(kind_of(scene.client().v1().contacts().list()), too_large);
    EXPECT_EQ(kind_of(scene.client().v2().templates().list()), too_large);
    EXPECT_EQ(kind_of(scene.client().templates().get("id")), too_large);
    EXPECT_EQ(kind_of(scene.client().messages().activities("id")), too_large);
    EXPECT_EQ(kind_of(scene.client().contacts().list()), too_large);
    EXPECT_LT(peak.growth_in_mib(), 160 + memory_slack);
}

TEST(A2_DecodedSize, LeavesASendUnknownAndIsNotRepeated) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.answer({json_reply(
            202, repeated(R"({"success":true,"data":{"recipients":[)", "{},", "]}}", 8 * mib - 1024))});
        const auto result = perform(scene.client(), driver, v3_message());
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::response_too_large) << describe(result);
        EXPECT_EQ(result.error().outcome, Outcome::unknown);
        EXPECT_EQ(result.error().attempts, 1);
        EXPECT_EQ(scene.server.request_count(), 1U);
    });
}

TEST(A2_DecodedSize, AWholeReplyOfRealContactsIsRead) {
    with_both_drivers([](Driver driver) {
        const std::string contact =
            R"({"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","phone_number":"+14155550100",)"
            R"("format_e164":"+14155550100","region_code":"US","default_channel":"sms","opt_out":false},)";
        Scene scene(driver);
        const auto body = repeated(R"({"success":true,"data":{"contacts":[)", contact, "]}}", 8 * mib - 1024);
        scene.answer({json_reply(200, body)});
        const auto result = perform(scene.client(), driver, v3::ListContactsRequest{});
        ASSERT_TRUE(result) << describe(result);
        EXPECT_GT(result->items.size(), 40'000U);
        EXPECT_EQ(result->items.back().region_code, "US");
    });
}

TEST(A2_DecodedSize, DetailsOfAnErrorAreCutAndItsCodeIsKept) {
    const std::vector<std::string> elements = {"\"\",", "{},", "0,", "[[]],"};
    with_both_drivers([&](Driver driver) {
        for (std::size_t i = driver == Driver::call ? 0 : 1; i < elements.size(); i += 2) {
            const auto& element = elements[i];
            SCOPED_TRACE(element);
            Scene scene(driver);
            const auto body = repeated(R"({"success":false,"error":{"details":{"to":[)", element,
                                       R"(]},"code":"RESOURCE_007","message":"It exists."}})", 4 * mib);
            scene.answer({json_reply(409, body)});
            static_cast<void>(scene.client());
            const PeakMemory peak;
            const auto result = perform(scene.client(), driver, v3_message());
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::conflict);
            EXPECT_EQ(result.error().code, "RESOURCE_007");
            EXPECT_EQ(result.error().message, "It exists.");
            EXPECT_EQ(result.error().outcome, Outcome::rejected);
            EXPECT_FALSE(result.error().details.empty());
            EXPECT_LT(peak.growth_in_mib(), 36 + memory_slack);
        }
    });
}

TEST(A2_DecodedSize, ManyMembersOfAnErrorsDetailsAreCut) {
    std::string body = R"({"success":false,"error":{"code":"VALIDATION_001","message":"No.","details":{)";
    for (int i = 0; body.size() < 7 * mib; ++i) {
        body += '"' + std::to_string(i) + "\":0,";
    }
    body.back() = '}';
    body += "}}";
    Scene scene;
    scene.answer({json_reply(400, body)});
    static_cast<void>(scene.client());
    const PeakMemory peak;
    const auto result = scene.client().call(v3_message());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::bad_request);
    EXPECT_EQ(result.error().code, "VALIDATION_001");
    EXPECT_LT(result.error().details.size(), 20'000U);
    EXPECT_LT(peak.growth_in_mib(), 64 + memory_slack);
}

/// Bodies of 8 MiB that take long to read, each in its own way.
std::vector<std::string> slow_bodies() {
    const auto skipped = [](const std::string& element) {
        return repeated(R"({"success":true,"unknown":[)", element, "]}", 8 * mib - 1024);
    };
    return {hostile_profiles(), skipped("[],"), skipped("1.5,"), skipped(R"("\u00e4\n",)"),
            skipped(R"({"":{}},)")};
}

/// A server whose profiles take long to read, and which never lists contacts.
void list_slowly(Scene& scene) {
    std::vector<Reply> replies;
    for (const auto& body : slow_bodies()) {
        replies.emplace_back(json_reply(200, body));
    }
    const auto profiles = in_order(std::move(replies));
    scene.server.by_default({serve([profiles](const ReceivedRequest& request) {
        const bool is_slow = request.target.find("/v3/profiles") == 0;
        return is_slow ? profiles(request) : Reply{"", Reply::Then::hold};
    })});
}

/// Makes calls that can only end by their deadline, one after the other, as long as `is_reading`.
template <class IsReading>
void expect_deadlines_to_be_kept(const Client& client, IsReading is_reading) {
    CallOptions quick;
    quick.deadline = std::chrono::milliseconds(500);
    int rounds = 0;
    do {
        Stopwatch watch(*quick.deadline);
        const auto late = client.submit(v3::ListContactsRequest{}, quick).get();
        EXPECT_LT(watch.lateness(), deadline_slack);
        ASSERT_FALSE(late);
        EXPECT_EQ(late.error().kind, ErrorKind::timeout) << describe(late);
    } while (is_reading() && ++rounds < 60);
}

TEST(A2_DecodingTime, OtherCallsKeepTheirDeadlines) {
    Scene scene;
    list_slowly(scene);
    const auto& client = scene.client();
    std::vector<std::future<Result<Page<v3::Profile>>>> slow;
    for (int i = 0; i < 5; ++i) {
        slow.push_back(client.submit(v3::ListProfilesRequest{}));
    }
    expect_deadlines_to_be_kept(client, [&] {
        return std::any_of(slow.begin(), slow.end(), [](auto& each) {
            return each.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
        });
    });
}

TEST(A2_DecodingTime, OtherCallsKeepTheirDeadlinesBesideABulkRun) {
    Scene scene;
    list_slowly(scene);
    const auto& client = scene.client();
    std::atomic<bool> is_over{false};
    std::thread run([&] {
        const auto report = client.bulk(std::vector<v3::ListProfilesRequest>(5));
        EXPECT_EQ(report.results.size(), 5U);
        is_over = true;
    });
    expect_deadlines_to_be_kept(client, [&] { return !is_over; });
    run.join();
}

TEST(A2_DecodingTime, AClientThatIsDestroyedWhileItReadsEndsInTime) {
    Scene scene;
    scene.answer({json_reply(200, slow_bodies()[2])});
    std::future<Result<Page<v3::Profile>>> pending;
    {
        const Client client{scene.options};
        pending = client.submit(v3::ListProfilesRequest{});
        ASSERT_TRUE(scene.server.wait_for_requests(1, patience));
    }
    EXPECT_EQ(pending.wait_for(std::chrono::seconds(2)), std::future_status::ready);
}

TEST(A1_LongErrorBodies, EndByTheirDeadline) {
    const std::string body =
        repeated("<html>", "<p>\\u005c%25&amp;amp; sk_live_</p>", "</html>", 8 * mib - 1024);
    for (const int status : {200, 500}) {
        with_both_drivers([&](Driver driver) {
            Scene scene(driver);
            scene.answer({http_reply(status, {}, body)});
            CallOptions call;
            call.deadline = std::chrono::milliseconds(500);
            Stopwatch watch(*call.deadline);
            const auto result = scene.list(call);
            EXPECT_LT(watch.lateness(), deadline_slack);
            ASSERT_FALSE(result);
        });
    }
}

TEST(A2_ManyHeaders, AreRefusedAndDelayNoOtherCall) {
    std::string reply = "HTTP/1.1 500 No\r\nContent-Length: 0\r\n";
    for (int i = 0; i < 40'000; ++i) {
        reply += "X: a\r\n";
    }
    reply += "\r\n";
    Scene scene;
    scene.server.by_default({serve([reply](const ReceivedRequest& request) {
        return request.target.find("/v3/profiles") == 0 ? Reply{reply} : Reply{"", Reply::Then::hold};
    })});
    const auto& client = scene.client();
    std::vector<std::future<Result<Page<v3::Profile>>>> flooded;
    for (int i = 0; i < 20; ++i) {
        flooded.push_back(client.submit(v3::ListProfilesRequest{}));
    }
    expect_deadlines_to_be_kept(client, [&] {
        return std::any_of(flooded.begin(), flooded.end(), [](auto& each) {
            return each.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
        });
    });
    for (auto& each : flooded) {
        const auto result = each.get();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::connection) << describe(result);
        EXPECT_NE(result.error().message.find("too many header fields"), std::string::npos);
    }
}

constexpr std::string_view lone = R"("Hi \ud83d")";
constexpr const char* mended = "Hi \xEF\xBF\xBD";

TEST(B8_LoneSurrogate, InAPageLosesOnlyItsCharacter) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.answer(
            {json_reply(200, R"({"success":true,"data":{"contacts":[{"id":"a","region_code":)" +
                                 std::string{lone} + R"(},{"id":"b","region_code":"\ude00\ud83d"},)" +
                                 R"({"id":"\ud83d\ude00","\udfff":1,"phone_number":"+14155550100"}]}})")});
        const auto result = perform(scene.client(), driver, v3::ListContactsRequest{});
        ASSERT_TRUE(result) << describe(result);
        ASSERT_EQ(result->items.size(), 3U);
        EXPECT_EQ(result->items[0].region_code, mended);
        EXPECT_EQ(result->items[1].region_code, "\xEF\xBF\xBD\xEF\xBF\xBD");
        EXPECT_EQ(result->items[2].id, "\xF0\x9F\x98\x80");
        EXPECT_EQ(result->items[2].phone_number, "+14155550100");
    });
}

TEST(B8_LoneSurrogate, InAnAcceptedSendKeepsItsMessageIds) {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.answer({json_reply(
            202, R"({"success":true,"data":{"status":"QUEUED","recipients":[{"message_id":"m-1","body":)" +
                     std::string{lone} +
                     R"(,"to":"+14155550100"}]},"error":null,"meta":{"request_id":"r"}})")});
        const auto result = perform(scene.client(), driver, v3_message());
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->recipients.at(0).message_id, "m-1");
        EXPECT_EQ(result->recipients.at(0).body, mended);
    });
}

TEST(B8_LoneSurrogate, InAnAnswerThatIsNotReadIsASuccess) {
    Scene scene;
    scene.answer({json_reply(200, R"({"note":)" + std::string{lone} + "}"),
                  json_reply(200, R"({"success":true,"data":)" + std::string{lone} + "}")});
    EXPECT_TRUE(scene.send());
    EXPECT_TRUE(scene.client().contacts().remove("id"));
}

TEST(B8_LoneSurrogate, InAnErrorBodyKeepsItsCode) {
    Scene scene;
    scene.answer({json_reply(402, R"({"success":false,"error":{"message":)" + std::string{lone} +
                                      R"(,"details":{"to \udc00":["\ud800"]},"code":"BUSINESS_003"}})")});
    const auto result = scene.client().call(v3_message());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "BUSINESS_003");
    EXPECT_EQ(result.error().message, mended);
    EXPECT_EQ(result.error().details.at("to \xEF\xBF\xBD").at(0), "\xEF\xBF\xBD");
}

TEST(B8_LoneSurrogate, InASignedDeliveryIsReadAndAnswered) {
    const std::string secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
    webhooks::VerifierOptions options;
    options.secrets = secret;
    const webhooks::Verifier verifier{options};
    const std::string body =
        R"({"field":"message","event":"message.received","payload":{"inbound_number":"+14155550100","text":)" +
        std::string{lone} + "}}";
    const webhooks::Signer signer{{secret, "wh_1"}};
    const auto headers = signer.sign(body);
    ASSERT_TRUE(headers);
    const auto event = verifier.verify(*headers, body);
    ASSERT_TRUE(event) << describe(event);
    const auto& message = std::get<webhooks::InboundMessage>(event->payload);
    EXPECT_EQ(message.inbound_number, "+14155550100");
    EXPECT_EQ(event->raw.text, body);
}

TEST(B8_InvalidUtf8, InASignedDeliveryIsReadAndAnswered) {
    const std::string secret = "whsec_c2VudC1jcHAtc2RrLXRlc3Qtc2lnbmluZy1rZXktMDE=";
    webhooks::VerifierOptions options;
    options.secrets = secret;
    const webhooks::Verifier verifier{options};
    const std::string body =
        R"({"field":"message","event":"message.received","payload":{"inbound_number":"+14155550100","text":)" +
        std::string{"\"Hi \xF0\x9F\x98\"}}"};
    const webhooks::Signer signer{{secret, "wh_1"}};
    const auto headers = signer.sign(body);
    ASSERT_TRUE(headers);
    const auto event = verifier.verify(*headers, body);
    ASSERT_TRUE(event) << describe(event);
    const auto& message = std::get<webhooks::InboundMessage>(event->payload);
    EXPECT_EQ(message.inbound_number, "+14155550100");
    EXPECT_EQ(message.text, mended);
    EXPECT_EQ(event->raw.text, body);
}

TEST(B8_InvalidUtf8, InAnAcceptedSendKeepsItsMessageIds) {
    for (const auto* bytes : {"\xED\xA0\xBD", "\xF0\x9F\x98", "\xE9"}) {
        Scene scene;
        scene.answer({json_reply(
            202,
            R"({"success":true,"data":{"status":"QUEUED","recipients":[{"message_id":"m-1","body":"Hi )" +
                std::string{bytes} + R"(","to":"+14155550100"}]},"error":null,"meta":{"request_id":"r"}})")});
        const auto result = scene.client().call(v3_message());
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->recipients.at(0).message_id, "m-1");
        EXPECT_EQ(result->recipients.at(0).body, mended);
    }
}

}  // namespace
}  // namespace sent::test
