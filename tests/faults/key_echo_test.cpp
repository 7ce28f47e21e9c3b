// A3, A10, A11: a failed call shows neither the API key nor a phone number, however the server repeats them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "fault_scene.hpp"
#include "support/spellings.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view key = "sk_live_4eC39Hq/Lyj+WDarjtT1_zdp7dc";

/// Collects everything that a failed call shows.
class Shown {
  public:
    void add(std::string_view text) {
        const std::lock_guard lock{mutex_};
        texts_.emplace_back(text);
    }
    template <class T>
    void add(const Result<T>& result) {
        ASSERT_FALSE(result);
        const Error& error = result.error();
        const ResponseMeta& meta = result.meta();
        for (const std::string& text :
             {error.message, error.code, error.doc_url, error.request_id, error.raw_body, to_string(error),
              meta.request_id, meta.original_request_id, meta.profile_id, meta.raw_body}) {
            add(text);
        }
        for (const auto& [member, problems] : error.details) {
            add(member);
            for (const auto& problem : problems) {
                add(problem);
            }
        }
        for (const auto field : meta.headers) {
            add(field.name);
            add(field.value);
        }
        try {
            (void)result.value();
        } catch (const std::exception& exception) {
            add(exception.what());
        }
    }
    /// Expects no eight consecutive characters of the key.
    void expect_no_key() {
        const std::lock_guard lock{mutex_};
        for (std::size_t i = 0; i + 8 <= key.size(); ++i) {
            for (const auto& text : texts_) {
                ASSERT_EQ(text.find(key.substr(i, 8)), std::string::npos) << text.substr(0, 500);
            }
        }
    }
    bool has(std::string_view part) {
        const std::lock_guard lock{mutex_};
        for (const auto& text : texts_) {
            if (text.find(part) != std::string::npos) {
                return true;
            }
        }
        return false;
    }

  private:
    std::mutex mutex_{};
    std::vector<std::string> texts_{};
};

/// Makes both kinds of calls over both drivers to a server that always answers with `reply`.
void expect_no_key_in(const std::string& reply, std::size_t max_response_bytes = 100'000) {
    with_both_drivers([&](Driver driver) {
        Shown shown;
        Scene scene(driver);
        scene.answer({reply});
        scene.options.api_key = key;
        scene.options.max_response_bytes = max_response_bytes;
        scene.options.retry.max_retries = 1;
        scene.options.log.level = LogLevel::debug;
        scene.options.log.sink = [&](const LogRecord& record) { shown.add(record.message); };
        shown.add(scene.send());
        shown.add(scene.list());
        EXPECT_TRUE(shown.has("attempt 1"));
        shown.expect_no_key();
    });
}

std::string envelope_of(const std::string& text) {
    return R"({"success":false,"error":{"code":")" + text + R"(","message":"no )" + text + " " + text +
           R"(","doc_url":"https://x/)" + text + R"(","details":{")" + text + R"(":[")" + text + text +
           R"("]}},"meta":{"request_id":")" + text + R"("}})";
}

TEST(A3_KeyEchoed, SeveralTimesInEveryPlace) {
    const std::string k{key};
    const Headers headers = {{"X-Request-Id", k},
                             {"X-Original-Request-Id", k},
                             {"X-Profile-Id", k},
                             {"X-" + k, k + k},
                             {"Location", "https://elsewhere.example/" + k},
                             {"Content-Type", "application/json"}};
    for (const int status : {400, 302, 500}) {
        expect_no_key_in(http_reply(status, headers, envelope_of(k)));
        expect_no_key_in(http_reply(status, headers, k + k + k));
        expect_no_key_in(http_reply(status, headers));
    }
    expect_no_key_in(http_reply(200, headers, "<html>" + k + k + "</html>"));
    expect_no_key_in(http_reply(200, headers, envelope_of(k).substr(0, 100)));
}

TEST(A3_KeyEchoed, CutAtEveryPlace) {
    const std::string body =
        std::string(20, 'x') + std::string{key} + std::string{key} + std::string(20, 'y');
    for (std::size_t most = 1; most < body.size(); most += 3) {
        for (const int status : {200, 400}) {
            expect_no_key_in(http_reply(status, {}, body), most);
        }
    }
    const auto envelope = envelope_of(std::string{key});
    for (std::size_t most = 40; most < envelope.size(); most += 17) {
        expect_no_key_in(json_reply(400, envelope), most);
    }
}

TEST(A3_KeyEchoed, OnlyInPart) {
    const std::string k{key};
    for (const auto& part :
         {k.substr(0, 8), k.substr(1), k.substr(0, k.size() - 1), k.substr(10, 9), k.substr(k.size() - 8)}) {
        expect_no_key_in(json_reply(400, envelope_of("<" + part + ">")));
    }
}

TEST(A3_KeyEchoed, Escaped) {
    std::string slashes{key};
    slashes.insert(slashes.find('/'), "\\");
    std::string plus = slashes;
    plus.replace(plus.find('+'), 1, "\\u002B");
    for (const auto& spelling :
         {slashes, plus, spelled(key, as_json), spelled(key, as_url), spelled(key, as_html)}) {
        SCOPED_TRACE(spelling);
        expect_no_key_in(json_reply(400, envelope_of(spelling)));
        with_both_drivers([&](Driver driver) {
            Scene scene(driver);
            scene.answer({json_reply(400, envelope_of(spelling))});
            scene.options.api_key = key;
            const auto result = scene.send();
            ASSERT_FALSE(result);
            EXPECT_THAT(result.error().raw_body, Not(HasSubstr(spelling)));
            EXPECT_THAT(result.error().raw_body, HasSubstr(R"("message":"no [redacted] [redacted]")"));
            EXPECT_EQ(result.error().message, "no [redacted] [redacted]");
            EXPECT_EQ(result.meta().raw_body, result.error().raw_body);
        });
    }
}

TEST(A10_PhoneNumbersEchoed, AreMaskedInMessageDetailsAndLog) {
    for (const char* number : {"(415) 555-1234", "415-555-1234", "0041 79 123 45 67",
                               R"(415\u00a0555\u00a01234)", R"(415\u2011555\u20111234)",
                               "\xEF\xBC\x94\xEF\xBC\x91\xEF\xBC\x95\xEF\xBC\x95\xEF\xBC\x95\xEF\xBC\x95\xEF"
                               "\xBC\x91\xEF\xBC\x92\xEF\xBC\x93"
                               "\xEF\xBC\x94"}) {
        SCOPED_TRACE(number);
        Shown shown;
        Scene scene;
        scene.answer({json_reply(400, R"({"detail":"no such number: )" + std::string{number} +
                                          R"(","errors":{"to":[")" + number + R"( is unknown"]}})")});
        scene.options.log.level = LogLevel::debug;
        scene.options.log.sink = [&](const LogRecord& record) { shown.add(record.message); };
        const auto result = scene.send();
        ASSERT_FALSE(result);
        EXPECT_THAT(result.error().message, HasSubstr("***"));
        EXPECT_THAT(result.error().details.at("to").at(0), HasSubstr("***"));
        EXPECT_TRUE(shown.has("***"));
        EXPECT_FALSE(shown.has(number));
    }
}

TEST(A11_ReadableErrors, KeepTheDigitsThatPeopleLookUp) {
    constexpr std::string_view text =
        "request req_1234567890 took 9223372036854775807 ms, error:05880002:x509 certificate routines, see "
        "5d1a9f40-7721-4201-b6a3-91e4c8d2f015 of 2026-11-30T14:14:07.123456Z: check the key";
    Scene scene;
    scene.options.api_key = "k";
    scene.answer({json_reply(400, R"({"detail":")" + std::string{text} + "\"}")});
    const auto result = scene.send();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message, text);
}

}  // namespace
}  // namespace sent::test
