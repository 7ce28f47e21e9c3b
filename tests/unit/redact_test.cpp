#include "base/redaction/redact.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "support/spellings.hpp"

namespace sent::detail {
namespace {

constexpr std::string_view key = "sk_live_4eC39Hq/Lyj+WDarjtT1_zdp7dc";
constexpr std::size_t window = 8;

/// Whether eight consecutive characters of the key are in the text.
bool shows_key(std::string_view text) {
    for (std::size_t i = 0; i + window <= key.size(); ++i) {
        if (text.find(key.substr(i, window)) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

std::string blotted(std::string text) {
    return Redactor(key).without_secret(std::move(text));
}

std::string masked(std::string_view text) {
    return Redactor("").presentable(text);
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += by.size()) {
        text.replace(at, what.size(), by);
    }
    return text;
}

std::string base64(std::string_view text, std::string_view last_two = "+/") {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    std::string result;
    unsigned bits = 0;
    int count = 0;
    const auto put = [&](unsigned value) {
        result.push_back(value < digits.size() ? digits[value] : last_two[value - digits.size()]);
    };
    for (const char c : text) {
        bits = bits << 8U | static_cast<unsigned char>(c);
        for (count += 8; count >= 6; count -= 6) {
            put(bits >> static_cast<unsigned>(count - 6) & 63U);
        }
    }
    if (count > 0) {
        put(bits << static_cast<unsigned>(6 - count) & 63U);
    }
    return result;
}

TEST(A3_Redaction, BlotsTheKeyOutHoweverOftenItStands) {
    const std::string k{key};
    EXPECT_EQ(blotted(k), "[redacted]");
    EXPECT_EQ(blotted("key=" + k + "&again=" + k + k + "."), "key=[redacted]&again=[redacted][redacted].");
    EXPECT_EQ(blotted("nothing"), "nothing");
    EXPECT_EQ(blotted(""), "");
}

TEST(A3_Redaction, NoEightCharactersOfItAreLeft) {
    for (std::size_t begin = 0; begin < key.size(); ++begin) {
        for (std::size_t size = 1; begin + size <= key.size(); ++size) {
            const std::string part{key.substr(begin, size)};
            const auto shown = blotted("<" + part + ">");
            EXPECT_EQ(shown, size < window ? "<" + part + ">" : "<[redacted]>");
        }
    }
}

TEST(A3_Redaction, AlsoWhereATextIsCut) {
    const Redactor redactor(key);
    const std::string text = std::string(100, 'x') + std::string{key} + std::string(100, 'y');
    for (std::size_t limit = 0; limit < text.size(); ++limit) {
        const auto shown = redactor.presentable(text, limit);
        EXPECT_FALSE(shows_key(shown)) << shown;
        EXPECT_LE(shown.size(), limit);
        EXPECT_EQ(shown.find("sk_"), std::string::npos) << "not even its beginning: " << shown;
        EXPECT_FALSE(shows_key(redactor.without_secret(text.substr(0, limit))));
    }
}

TEST(A3_Redaction, AlsoWhenItIsEscaped) {
    const std::string k{key};
    const std::vector<std::string> spellings = {
        replaced(k, "/", R"(\/)"),
        replaced(replaced(k, "/", R"(\u002f)"), "+", R"(\u002B)"),
        replaced(replaced(k, "/", R"(\\/)"), "+", R"(\\u002B)"),
        replaced(replaced(k, "/", "%2F"), "+", "%2b"),
        replaced(replaced(k, "/", "%252F"), "+", "%252b"),
        replaced(replaced(k, "/", "&#47;"), "+", "&plus;"),
        replaced(replaced(k, "/", "&#x2F;"), "+", R"(\u0026#43;)"),
        test::spelled(key, test::as_json),
        test::spelled(key, test::as_hexadecimal_escapes),
        test::spelled(key, test::as_octal_escapes),
        test::spelled(key, test::as_url),
        test::spelled(key, test::as_html),
        test::spelled(key, test::as_hexadecimal_html),
        test::spelled(key, test::as_hexadecimal),
        test::spelled(key, test::as_capital_hexadecimal),
        base64(key),
        base64("a" + k),
        base64("Basic user:" + k + ":rest"),
        base64("?>" + k, "-_"),
        replaced(base64("..." + k), "/", R"(\/)"),
    };
    for (const auto& spelling : spellings) {
        const auto shown = blotted("{\"echo\":\"" + spelling + "\"}");
        EXPECT_NE(shown.find("[redacted]"), std::string::npos) << shown;
        // What is left are a few characters at the ends, whose bits belong to others as well.
        EXPECT_LE(shown.size(), std::string_view{"{\"echo\":\"[redacted]\"}"}.size() + 24) << shown;
        EXPECT_EQ(shown.substr(0, 9), "{\"echo\":\"");
        EXPECT_EQ(shown.substr(shown.size() - 2), "\"}");
    }
}

TEST(A3_Redaction, AKeyThatLooksEscapedIsFoundToo) {
    constexpr std::string_view odd = R"(ab%2Bcd\/ef&amp;gh)";
    const Redactor redactor(odd);
    EXPECT_EQ(redactor.without_secret("<" + std::string{odd} + ">"), "<[redacted]>");
    EXPECT_EQ(redactor.without_secret(R"(<ab%2Bcd\\/ef&amp;gh>)"), "<[redacted]>");
}

TEST(A3_Redaction, AKeyThatHasPartsOfTheMarkIsNotMadeByIt) {
    for (const std::string_view odd : {"redacted", "ed]abcdef", "[redacte"}) {
        const Redactor redactor(odd);
        const auto shown = redactor.without_secret(std::string{odd} + "abcdef");
        EXPECT_EQ(shown.find(odd), std::string::npos) << shown;
    }
}

TEST(A3_Redaction, HeadersLoseItToo) {
    Headers headers;
    headers.add("X-Echo", std::string{key});
    headers.add("X-" + std::string{key}, "1");
    headers.add("X-Other", "2");
    const auto shown = Redactor(key).without_secret(std::move(headers));
    EXPECT_EQ(shown, (Headers{{"X-Echo", "[redacted]"}, {"X-[redacted]", "1"}, {"X-Other", "2"}}));
}

TEST(A3_Redaction, TakesTimeInProportionToTheText) {
    const std::string k{key};
    const Redactor redactor(key);
    const auto many = [](std::string_view text, std::size_t size) {
        std::string result{text};
        while (result.size() < size) {
            result += result;
        }
        return result;
    };
    for (const auto& text :
         {k, k.substr(0, 8), k.substr(0, 9) + "x", std::string{R"(\u005c)"}, std::string{"%25"},
          std::string{"\\"}, std::string{"&#"}, std::string{"&amp;amp;"}, std::string{"1"},
          std::string{"11 "}, std::string{"+1-("}, std::string{"1."}, std::string{"12-"},
          std::string{"(415) 555-1234 "}}) {
        const auto begin = std::chrono::steady_clock::now();
        const auto shown = redactor.without_secret(many(text, 500'000));
        EXPECT_FALSE(shows_key(shown));
        (void)redactor.presentable(many(text, 200'000), 200'000);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5)) << text;
    }
}

TEST(A10_PhoneNumbers, AreMaskedHoweverTheyAreSpelled) {
    for (
        const char* number : {
            "+14155551234",
            "(415) 555-1234",
            "415-555-1234",
            "415.555.1234",
            "415 555 1234",
            "1-415-555-1234",
            "4155551234",
            "14155551234",
            "+1 (415) 555-1234",
            "+1 415-555-1234 x12",
            "0041 79 123 45 67",
            "00 41 79 123 45 67",
            "0041791234567",
            "0041.791234567",
            "+41 (0)79 123 45 67",
            "079 123 45 67",
            "030/1234567",
            "01.23.45.67.89",
            "+33.1.23.45.67.89",
            "tel:+44-20-7183-8750",
            "442071838750",
            "91 23 45 67",
            "+683 4002",
            "415/555-1234",
            "4 1 5 5 5 5 1 2 3 4",
            "415 - 555 - 1234",
            "5555-1234",
            "+49 (0) 30 / 1234567",
            "415\xC2\xA0"
            "555\xC2\xA0"
            "1234",
            "+1\xE2\x80\xAF"
            "415\xE2\x80\xAF"
            "555\xE2\x80\xAF"
            "1234",
            "415\xE2\x80\x91"
            "555\xE2\x80\x91"
            "1234",
            "415\xE2\x80\x93"
            "555\xE2\x80\x93"
            "1234",
            "\xEF\xBC\x8B\xEF\xBC\x91\xEF\xBC\x94\xEF\xBC\x91\xEF\xBC\x95\xEF\xBC\x95\xEF\xBC\x95\xEF\xBC"
            "\x91\xEF\xBC\x92\xEF\xBC\x93\xEF\xBC\x94",
            "\xD9\xA4\xD9\xA1\xD9\xA5\xD9\xA5\xD9\xA5\xD9\xA5\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4",
            "\xEF\xBC\x88"
            "415\xEF\xBC\x89"
            "555\xEF\xBC\x8D"
            "1234",
            "+1\xE2\x80\x8B"
            "4155\xE2\x80\x8B"
            "551234",
            "\xE2\x80\xAA+14155551234\xE2\x80\xAC",
            "%2B14155551234",
            "415%20555%201234",
            "415%C2%A0555%C2%A01234",
            R"(\u002b14155551234)",
            R"(415\u00a0555\u00a01234)",
            R"(415\\u00a0555\\u00a01234)",
            "&#43;14155551234",
            "415&nbsp;555&nbsp;1234",
            R"(\n4155551234)",
            "(415)\xA0"
            "555-1234",
            "+1\xA0"
            "415\xA0"
            "555\xA0"
            "1234",
            "415\x96"
            "555\x97"
            "1234",
            "3065\x95"
            "1234567",
            R"(+1\xa0415\xa0555\xa01234)",
            "415%96555%961234",
            "415&ndash;555&mdash;1234",
            "415&minus;555&minus;1234",
            "415&period;555&period;1234",
            "&lpar;415&rpar;&thinsp;555&dash;1234",
            "+1&ensp;415&emsp;555&ensp;1234",
            "415&shy;555&shy;1234",
            "415+555+1234",
            "%2B1+415+555+1234",
            "(415)+555-1234",
            "%28415%29+555-1234",
            "๔๑๕๕๕๕๑๒๓๔",
            "৪১৫৫৫৫১২৩৪",
            "૪૧૫૫૫૫૧૨૩૪",
            "+\U0001D7CF\U0001D7D2\U0001D7CF\U0001D7D3\U0001D7D3\U0001D7D3\U0001D7D3\U0001D7CF\U0001D7D0"
            "\U0001D7D1\U0001D7D2",
            R"(\ud835\udfd2\ud835\udfcf\ud835\udfd3\ud835\udfd3\ud835\udfd3\ud835\udfd3\ud835\udfcf\ud835\udfd0\ud835\udfd1\ud835\udfd2)",
            "4\uFE0F\u20E31\uFE0F\u20E35\uFE0F\u20E35\uFE0F\u20E35\uFE0F\u20E35\uFE0F\u20E31\uFE0F\u20E32"
            "\uFE0F\u20E33\uFE0F\u20E34\uFE0F\u20E3",
            "4\u034F1\u034F5\u034F5\u034F5\u034F5\u034F1\u034F2\u034F3\u034F4",
            "415\U000E002D5551234",
            "415•555‧1234",
            "415・555∙1234",
            "415﹒555﹒1234",
            "415⁃555﹘1234",
            "415︲555⸺1234",
            "415ー555─1234",
            "415〜555〜1234",
            "415~555~1234",
            "[415] 555-1234",
            "(415)  -  555  -  1234",
            "+1     415     555     1234",
            "+1\n415\n555\n1234",
            R"(+1\n415\r\n555\n1234)",
            "415.5551234",
            "1.415.5551234",
            "Tel.: 415/5551234",
            "00.1.415.555.1234",
            "00.41.79.123.45.67",
            "415 555 1234ext89",
            "4155551234EXT.89",
            "415-555-1234x89",
            "﹢14155551234",
            "error 4155551234",
            "code 4155551234",
            "4155551234.thanks",
        }) {
        for (const auto& text :
             {std::string{number}, "to " + std::string{number} + ".", "[" + std::string{number} + "]",
              "number " + std::string{number} + " is unknown", "a=" + std::string{number} + "&b=1"}) {
            const auto shown = masked(text);
            EXPECT_NE(shown.find("***"), std::string::npos) << text << " -> " << shown;
        }
    }
}

TEST(A10_PhoneNumbers, AreMaskedWhereATextIsCut) {
    const Redactor redactor(key);
    std::string text;
    while (text.size() < 1000) {
        text += key;
    }
    text += " +14155551234 4155551235 ";
    text += std::string(1000, 'x');
    for (std::size_t limit = 0; limit < text.size(); ++limit) {
        const auto shown = redactor.presentable(text, limit);
        EXPECT_EQ(shown.find("+14155"), std::string::npos) << limit << ": " << shown;
        EXPECT_EQ(shown.find("41555"), std::string::npos) << limit << ": " << shown;
    }
}

TEST(A10_PhoneNumbers, KeepSomeDigitsAtTheEndsAndHideAtLeastThree) {
    EXPECT_EQ(masked("to +14155551234 now"), "to +1415***1234 now");
    EXPECT_EQ(masked("+1 415-555-1234"), "+1 415***1234");
    EXPECT_EQ(masked("(415) 555-1234"), "(415***1234");
    EXPECT_EQ(masked("442071838750"), "4420***8750");
    EXPECT_EQ(masked("91234567"), "91***567");
    EXPECT_EQ(masked("tel:+44-20-7183-8750."), "tel:+44-20***8750.");
    EXPECT_EQ(masked("%2B442071838750"), "%2B4420***8750");
    EXPECT_EQ(masked("4155551234,4155551235 4155551236"), "415***1234,415***1235 415***1236");
    EXPECT_EQ(masked("+14155551234+14155551235"), "+1415***1234+1415***1235");
    EXPECT_EQ(masked("2026-11-30 4155551234"), "2026-11-30 415***1234");
    EXPECT_EQ(masked("415-555-1234 415-555-1235"), "415***1234 415***1235");
}

TEST(A11_Readable, DigitsThatAreNoPhoneNumberStay) {
    for (const char* text : {
             "error:05880002:x509 certificate routines::no certificate",
             "OpenSSL error 05880002",
             "error code 336134278",
             "\"error code\": 336134278",
             "exit code 2147483648",
             "timeout=86400000",
             "timeout_ms: 86400000",
             "\"max_bytes\":\"12345678\"",
             "offset 12345678",
             "Content-Length: 12345678",
             "serial number 1234567890",
             "serial number: 1234567890",
             "12345678.example.com",
             "https://123456789012.dkr.ecr.example.com/x",
             "error:0A000086:SSL routines::certificate verify failed",
             "request req_1234567890 failed",
             "req-1234567890",
             "msg_4155551234",
             "4155551234_a",
             "order4155551234",
             "id4155551234abc",
             "after 9223372036854775807 ms",
             "within 1500000000 ms",
             "12345678901 ns",
             "4155551234s",
             "10485760000 bytes",
             "12345678 %",
             "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015",
             "5d1a9f40-7721-4201-b6a3-91e4c8d2f015",
             "12345678-1234-4234-8234-123456789012",
             "91234567-1234-1234-1234-1234567890ab",
             "0x12345678",
             "deadbeef12345678",
             "12345678deadbeef",
             "sha256:0123456789abcdef",
             "2026-01-27",
             "2026-11-30T14:14:07Z",
             "2026-11-30T14:14:07.123456789Z",
             "2026-11-30 14:14:07.123456",
             "05:14:07.123456789",
             "20261130",
             "20261130T141407Z",
             "20261130141407",
             "20261130-141407",
             "20261130 141407",
             "30.11.2026",
             "11/30/2026",
             "2026/11/30 14:14:07 +0000",
             "1764512047",
             "1764512047123",
             "1764512047.123456",
             "1764512047123456789",
             "$12345678",
             "\xE2\x82\xAC"
             "12345678",
             "12345678 \xC2\xA3",
             "12345678 \xC2\xB5s",
             "12345678 EUR",
             "USD 12345678.90",
             "12345678.90",
             "1,234,567.89",
             "12.345.678,90",
             "12 345 678,90",
             "0.123456789",
             "192.168.100.200",
             "203.0.113.10:8443",
             "1.2.840.113549.1.1.11",
             "libcurl/7.88.1 OpenSSL/3.0.17",
             "status 404 after 1500 ms",
             "127.0.0.1 port 8080",
             "0000000042",
             "v1.2.3",
             "+1 2 3",
             "+",
             "",
             "1234567",
             "template 7ba7b820-9dad-11d1-80b4-00c04fd430c8",
         }) {
        EXPECT_EQ(masked(text), text);
    }
}

TEST(A11_Readable, KeysOfLessThanEightCharactersAreNotSearchedFor) {
    EXPECT_EQ(presentable("check the key", "k"), "check the key");
    EXPECT_EQ(presentable("password", "passwor"), "password");
    EXPECT_EQ(presentable("password1", "password"), "[redacted]1");
}

TEST(Redact, LeavesIdsWholeUnlessTheyCanBeNone) {
    const Redactor redactor(key);
    EXPECT_EQ(redactor.presentable_id("12345678901"), "12345678901");
    EXPECT_EQ(redactor.presentable_id("req_7X9zKp2jDw"), "req_7X9zKp2jDw");
    EXPECT_EQ(redactor.presentable_id("id " + std::string{key} + " +14155551234"),
              "id [redacted] +1415***1234");
    EXPECT_EQ(redactor.presentable_id(std::string{key}), "[redacted]");
}

TEST(Redact, MakesBytesFromOutsideFitForOneLine) {
    EXPECT_EQ(presentable("a\r\nb\x01\x7F", ""), "a  b  ");
    EXPECT_EQ(presentable("a\xFF\xC3(\xC3\xA9", ""), "a?\?(\xC3\xA9");
    EXPECT_EQ(Redactor("").presentable("ab\xC3\xA9", 3), "ab");
    EXPECT_EQ(presentable("a\xC2\x9B"
                          "31mb\xE2\x80\xA8"
                          "c",
                          ""),
              "a 31mb c");
}

TEST(Redact, WhatIsReplacedMakesNoKey) {
    // A control character becomes a space, which keys may have.
    EXPECT_EQ(presentable("abcd\x01"
                          "efgh",
                          "abcd efgh"),
              "[redacted]");
}

}  // namespace
}  // namespace sent::detail
