// D1 to D4, D11: malformed and hostile data in replies and requests, over the wire.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <cwctype>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "support/scoped_locale.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;

struct Document {
    const char* name;
    std::string body;
};

template <std::size_t Size>
std::string with_nul(const char (&text)[Size]) {
    return {text, Size - 1};
}

std::vector<Document> malformed_documents() {
    return {
        {"blank", "   "},
        {"only NUL", std::string(20, '\0')},
        {"NUL within", with_nul("{\"items\":[]\0}")},
        {"NUL behind", with_nul("{\"items\":[]}\0")},
        {"NUL in a string", with_nul("{\"items\":[],\"x\":\"a\0b\"}")},
        {"cut in a string", R"({"items":[{"id":"contact)"},
        {"cut in an escape", R"({"items":[{"id":"\u12)"},
        {"cut in a number", R"({"totalCount":-)"},
        {"open array", R"({"items":[{"id":"1"},)"},
        {"surplus comma", R"({"items":[1,]})"},
        {"no colon", R"({"items" []})"},
        {"bare key", "{items:[]}"},
        {"single quotes", "{'items':[]}"},
        {"comment", "{\"items\":[]} // done"},
        {"NaN", R"({"totalCount":NaN})"},
        {"Infinity", R"({"totalCount":-Infinity})"},
        {"leading zero", R"({"totalCount":01})"},
        {"hexadecimal", R"({"totalCount":0x10})"},
        {"plus sign", R"({"totalCount":+1})"},
        {"no fraction digits", R"({"totalCount":1.})"},
        {"line break in a string", "{\"items\":[],\"x\":\"a\nb\"}"},
        {"unknown escape", R"({"items":[],"x":"\q"})"},
    };
}

TEST(D1_MalformedJson, IsUndecodableWithItsPlace) {
    with_both_drivers([](Driver driver) {
        for (const auto& document : malformed_documents()) {
            SCOPED_TRACE(document.name);
            Scene scene(driver);
            scene.answer({json_reply(200, document.body)});
            const auto result = scene.list();
            ASSERT_FALSE(result);
            EXPECT_EQ(result.error().kind, ErrorKind::undecodable);
            EXPECT_EQ(result.error().outcome, Outcome::unknown);
            EXPECT_THAT(result.error().message, testing::ContainsRegex("(byte|offset|position) [0-9]+"));
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(D1_MalformedJson, InAnErrorBodyLeavesTheStatusToJudge) {
    for (const auto& document : malformed_documents()) {
        SCOPED_TRACE(document.name);
        Scene scene;
        scene.answer({json_reply(403, document.body)});
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::permission_denied);
        EXPECT_FALSE(result.error().message.empty());
    }
}

TEST(D1_MalformedJson, OddNumbersAndRepeatedKeysAreNoUndefinedBehaviour) {
    const std::vector<std::pair<const char*, std::int32_t>> counts = {
        {"1e400", 0},
        {"-1e400", 0},
        {"99999999999", 0},
        {"-0", 0},
        {"-0.0", 0},
        {"7.0", 7},
        {"1e-400", 0},
        {"2147483648", 0},
        {"2147483647", 2147483647},
        {"3,\"totalCount\":4", 4},
        {"1e1", 10},
        {"\"5\"", 5},
    };
    for (const auto& [text, count] : counts) {
        SCOPED_TRACE(text);
        Scene scene;
        scene.answer({json_reply(200, R"({"items":[],"totalCount":)" + std::string(text) + "}")});
        const auto result = scene.list();
        if (result) {
            // A value that does not fit is left out; what fits is read.
            EXPECT_THAT(result->total_count, testing::AnyOf(0, count));
        } else {
            EXPECT_EQ(result.error().kind, ErrorKind::undecodable);
        }
    }
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

TEST(D2_Depth, AHundredThousandLevelsAreRefused) {
    with_both_drivers([](Driver driver) {
        const std::size_t depth = 100'000;
        std::string objects;
        for (std::size_t i = 0; i < depth; ++i) {
            objects += R"({"a":)";
        }
        objects += "1" + std::string(depth, '}');
        const std::vector<std::string> bodies = {
            nested(depth),
            std::string(depth, '['),
            objects,
            R"({"items":[],"unknown":)" + nested(depth) + "}",
            R"({"items":[{"id":)" + nested(depth) + "}]}",
            R"({"items":[{"definition":)" + nested(depth) + "}]}",
        };
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            SCOPED_TRACE(i);
            Scene scene(driver);
            scene.answer({json_reply(200, bodies[i])});
            const auto list = scene.list();
            ASSERT_FALSE(list);
            EXPECT_EQ(list.error().kind, ErrorKind::undecodable);
            const auto templates = scene.client().v1().templates().list();
            ASSERT_FALSE(templates);
            const auto send = scene.send();
            ASSERT_FALSE(send);
            EXPECT_EQ(send.error().outcome, Outcome::unknown);
        }
    });
}

TEST(D2_Depth, InAnErrorBodyLeavesTheStatusToJudge) {
    Scene scene;
    scene.answer({json_reply(400, R"({"error":{"details":)" + nested(100'000) + "}}")});
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::bad_request);
}

TEST(D2_Depth, SixtyLevelsAreStillRead) {
    Scene scene;
    scene.answer({json_reply(200, R"({"items":[],"unknown":)" + nested(60) + "}")});
    const auto result = scene.list();
    EXPECT_TRUE(result) << describe(result);
}

const std::vector<std::string>& invalid_utf8() {
    static const std::vector<std::string> texts = {
        "\xFF", "M\xFCller", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80",
    };
    return texts;
}

TEST(D3_InvalidUtf8, InARequestIsRefusedBeforeAnythingIsSent) {
    with_both_drivers([](Driver driver) {
        for (const auto& text : invalid_utf8()) {
            for (const bool in_key : {false, true}) {
                Scene scene(driver);
                scene.be_healthy();
                auto request = send_request();
                request.message_body[in_key ? text : "name"] = in_key ? "Ada" : text;
                const auto result = perform(scene.client(), driver, request);
                ASSERT_FALSE(result);
                EXPECT_EQ(result.error().kind, ErrorKind::invalid_request);
                EXPECT_EQ(result.error().outcome, Outcome::not_sent);
                EXPECT_EQ(result.error().attempts, 0);
                EXPECT_THAT(result.error().message, HasSubstr("UTF-8"));
                EXPECT_EQ(scene.server.connection_count(), 0U);
            }
        }
    });
}

TEST(D3_InvalidUtf8, InAReplyIsReplacedAndAllElseIsKept) {
    for (const auto& text : invalid_utf8()) {
        Scene scene;
        scene.answer({json_reply(200, R"({"items":[{"id":"x)" + text + R"(","regionCode":"GB"}]})")});
        const auto result = scene.list();
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->items.at(0).id.find(text), std::string::npos);
        EXPECT_THAT(result->items.at(0).id, HasSubstr("\xEF\xBF\xBD"));
        EXPECT_EQ(result->items.at(0).region_code, "GB");
    }
}

TEST(D3_InvalidUtf8, DoesNotReachTheLog) {
    std::string log;
    for (const auto& text : invalid_utf8()) {
        Scene scene;
        scene.options.log.level = LogLevel::debug;
        scene.options.log.sink = [&log](const LogRecord& record) { log += record.message; };
        scene.answer({http_reply(404, {}, "odd " + text + " bytes"),
                      json_reply(404, R"({"message":")" + text + R"("})")});
        EXPECT_FALSE(scene.list());
        EXPECT_FALSE(scene.list());
        EXPECT_EQ(log.find(text), std::string::npos);
    }
    EXPECT_THAT(log, HasSubstr("odd"));
}

TEST(D4_OddTypes, LeaveMembersEmptyAndTheRestReadable) {
    with_both_drivers([](Driver driver) {
        const std::vector<Document> documents = {
            {"wrong types",
             R"({"items":[{"id":7,"phoneNumber":{"a":1},"regionCode":"GB"}],"totalCount":"x"})"},
            {"nulls", R"({"items":[{"id":null,"phoneNumber":null,"regionCode":"GB"}],"totalCount":null})"},
            {"missing", R"({"items":[{"regionCode":"GB"}]})"},
            {"unknown members", R"({"items":[{"regionCode":"GB","new":{"a":[1,null]}}],"new":[[]],"":0})"},
        };
        for (const auto& document : documents) {
            SCOPED_TRACE(document.name);
            Scene scene(driver);
            scene.answer({json_reply(200, document.body)});
            const auto result = scene.list();
            ASSERT_TRUE(result) << describe(result);
            ASSERT_EQ(result->items.size(), 1U);
            EXPECT_EQ(result->items[0].region_code, "GB");
            EXPECT_EQ(result.meta().raw_body, document.body);
        }
    });
}

TEST(D4_OddTypes, UnknownEnumeratorsAreKept) {
    Scene scene;
    scene.answer(
        {json_reply(200, R"({"id":"t","category":"HOLOGRAM","status":"half-done","createdAt":"soon"})")});
    const auto result = scene.client().v2().templates().get("t");
    ASSERT_TRUE(result) << describe(result);
    EXPECT_EQ(result->category, "HOLOGRAM");
    EXPECT_FALSE(result->created_at);
}

TEST(D4_OddTypes, AnotherKindOfDocumentIsNoCrash) {
    for (const char* body : {"null", "true", "7", "\"text\"", "[]", "[[]]", "{}", R"({"items":{}})"}) {
        SCOPED_TRACE(body);
        Scene scene;
        scene.answer({json_reply(200, body)});
        const auto list = scene.list();
        EXPECT_TRUE(list ? list->items.empty() : list.error().kind == ErrorKind::undecodable);
        const auto one = scene.client().v1().contacts().get("contact-1");
        EXPECT_TRUE(one ? one->id.empty() : one.error().kind == ErrorKind::undecodable);
    }
}

/// One and a half, the capital i and December, as the locale writes them: to be sure that it is in force.
std::string written_by_locale() {
    std::array<char, 64> text{};
    const auto capital = static_cast<int>(std::towupper(L'i'));
    const auto size =
        std::snprintf(text.data(), text.size(), "%.1f %x ", 1.5, static_cast<unsigned>(capital));
    std::tm december{};
    december.tm_mon = 11;
    std::strftime(text.data() + size, text.size() - static_cast<std::size_t>(size), "%b", &december);
    return text.data();
}

struct LocaleCase {
    const char* name;
    const char* writes;
};

void PrintTo(const LocaleCase& locale, std::ostream* out) {
    *out << locale.name;
}

class D11_Locale : public testing::TestWithParam<LocaleCase> {};

INSTANTIATE_TEST_SUITE_P(Locales, D11_Locale,
                         testing::Values(LocaleCase{"de_DE", "1,5 49 Dez"},
                                         LocaleCase{"tr_TR", "1,5 130 Ara"}),
                         [](const auto& test) { return std::string{test.param.name}; });

void expect_replies_and_requests_as_ever() {
    with_both_drivers([](Driver driver) {
        Scene scene(driver);
        scene.answer({json_reply(429, "{}", {{"RETRY-AFTER-MS", "10.5"}}),
                      json_reply(200, R"({"items":[{"id":"TITLE"}],"totalCount":1234567})",
                                 {{"X-REQUEST-ID", "I"},
                                  {"X-RATELIMIT-LIMIT", "1000"},
                                  {"content-type", "APPLICATION/JSON"},
                                  {"x-ratelimit-remaining", "999"}})});
        const auto result = scene.list();
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result.meta().attempts, 2);
        EXPECT_EQ(result.meta().request_id, "I");
        ASSERT_TRUE(result.meta().rate_limit);
        EXPECT_EQ(result.meta().rate_limit->remaining, 999);
        EXPECT_EQ(result->total_count, 1234567);
        EXPECT_EQ(result->items.at(0).id, "TITLE");
        EXPECT_EQ(scene.server.requests()[0].target, "/v1/contacts?page=0&pageSize=20");
    });
}

void expect_dates_as_ever() {
    const auto time = parse_timestamp("2026-12-01T10:00:00.5+01:00");
    ASSERT_TRUE(time);
    EXPECT_EQ(format_timestamp(*time), "2026-12-01T09:00:00.500000000Z");
    Scene scene;
    scene.answer({json_reply(503, "{}", {{"Retry-After", "Tue, 01 Dec 2099 10:00:00 GMT"}})});
    const auto result = scene.list();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().attempts, 1) << "longer than anybody waits";
    EXPECT_TRUE(result.error().retry_after);
}

// One test for each, as it takes its time to make a locale.
TEST_P(D11_Locale, ChangesNeitherNumbersNorDatesNorNames) {
    const ScopedLocale locale(GetParam().name);
    if (!locale.in_force()) {
        GTEST_SKIP() << "skipped: neither the locale " << GetParam().name << " nor the sources to make it";
    }
    ASSERT_EQ(written_by_locale(), GetParam().writes);
    expect_replies_and_requests_as_ever();
    expect_dates_as_ever();
}

}  // namespace
}  // namespace sent::test
