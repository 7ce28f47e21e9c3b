#include <string>

#include <gmock/gmock.h>

#include <sent/segments.hpp>

namespace sent::test {
namespace {

std::string repeated(const std::string& text, std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) {
        all += text;
    }
    return all;
}

constexpr const char* apostrophe = "\xE2\x80\x99";
constexpr const char* euro = "\xE2\x82\xAC";
constexpr const char* emoji = "\xF0\x9F\x98\x80";

/// `gsm 160 units in 1`
std::string counted(const std::string& text) {
    const auto count = count_segments(text);
    return std::string{count.alphabet == SmsAlphabet::gsm_7bit ? "gsm " : "ucs2 "} +
           std::to_string(count.units) + " units in " + std::to_string(count.segments);
}

TEST(B13_Segments, ACurlyApostropheTriplesTheBill) {
    const auto plain = std::string(159, 'a');
    EXPECT_EQ(counted(plain + "'"), "gsm 160 units in 1");
    EXPECT_EQ(counted(plain + apostrophe), "ucs2 160 units in 3");
    const auto count = count_segments("It" + std::string{apostrophe} + "s " + emoji);
    ASSERT_TRUE(count.first_offending.has_value());
    EXPECT_EQ(count.first_offending->offset, 2U);
    EXPECT_EQ(count.first_offending->code_point, 0x2019U);
}

TEST(B13_Segments, HaveTheLimitsOfGsm) {
    EXPECT_EQ(counted(""), "gsm 0 units in 0");
    EXPECT_EQ(counted("a"), "gsm 1 units in 1");
    EXPECT_EQ(counted(std::string(160, 'a')), "gsm 160 units in 1");
    EXPECT_EQ(counted(std::string(161, 'a')), "gsm 161 units in 2");
    EXPECT_EQ(counted(std::string(306, 'a')), "gsm 306 units in 2");
    EXPECT_EQ(counted(std::string(307, 'a')), "gsm 307 units in 3");
    EXPECT_FALSE(count_segments("a").first_offending.has_value());
}

TEST(B13_Segments, HaveTheLimitsOfUcs2) {
    const std::string cyrillic = "\xD0\x96";
    EXPECT_EQ(counted(repeated(cyrillic, 70)), "ucs2 70 units in 1");
    EXPECT_EQ(counted(repeated(cyrillic, 71)), "ucs2 71 units in 2");
    EXPECT_EQ(counted(repeated(cyrillic, 134)), "ucs2 134 units in 2");
    EXPECT_EQ(counted(repeated(cyrillic, 135)), "ucs2 135 units in 3");
}

TEST(B13_Segments, CountEscapedCharactersTwiceAndKeepThemTogether) {
    for (const std::string one : {"^", "{", "}", "\\", "[", "~", "]", "|", "\f", euro}) {
        EXPECT_EQ(counted(one), "gsm 2 units in 1") << one;
    }
    EXPECT_EQ(counted(repeated(euro, 80)), "gsm 160 units in 1");
    EXPECT_EQ(counted(repeated(euro, 153)), "gsm 306 units in 3") << "152 in each SMS";
    EXPECT_EQ(counted(std::string(152, 'a') + euro + std::string(152, 'a')), "gsm 306 units in 3");
}

TEST(B13_Segments, KeepSurrogatePairsTogether) {
    EXPECT_EQ(counted(repeated(emoji, 35)), "ucs2 70 units in 1");
    EXPECT_EQ(counted(repeated(emoji, 67)), "ucs2 134 units in 3") << "66 in each SMS";
    EXPECT_EQ(counted(repeated(emoji, 66)), "ucs2 132 units in 2");
}

TEST(B13_Segments, KnowTheWholeBasicTable) {
    const std::string table =
        "@\xC2\xA3$"
        "\xC2\xA5\xC3\xA8\xC3\xA9\xC3\xB9\xC3\xAC\xC3\xB2\xC3\x87\n\xC3\x98\xC3\xB8\r\xC3\x85\xC3\xA5"
        "\xCE\x94_"
        "\xCE\xA6\xCE\x93\xCE\x9B\xCE\xA9\xCE\xA0\xCE\xA8\xCE\xA3\xCE\x98\xCE\x9E\xC3\x86\xC3\xA6\xC3\x9F"
        "\xC3\x89 !\"#\xC2\xA4%&'()*+,-./0123456789:;<=>?\xC2\xA1"
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        "\xC3\x84\xC3\x96\xC3\x91\xC3\x9C\xC2\xA7\xC2\xBF"
        "abcdefghijklmnopqrstuvwxyz"
        "\xC3\xA4\xC3\xB6\xC3\xB1\xC3\xBC\xC3\xA0";
    EXPECT_EQ(counted(table), "gsm 127 units in 1") << "128 but for the escape";
}

TEST(B13_Segments, ShowWhatLooksLikeGsmAndIsNot) {
    for (const std::string one : {"`", "\xC3\xA7", "\xC2\xA0", "\xE2\x80\x93", "\t", "\x7F", "\xCE\x91"}) {
        EXPECT_EQ(counted(one), "ucs2 1 units in 1") << one;
    }
    EXPECT_EQ(counted(std::string{"\0", 1}), "ucs2 1 units in 1");
}

TEST(B13_Segments, CountBytesThatAreNotUtf8AsReplacements) {
    const auto count = count_segments("ab\xE2\x80");
    EXPECT_EQ(count.alphabet, SmsAlphabet::ucs2);
    EXPECT_EQ(count.units, 4U);
    EXPECT_EQ(count.first_offending->offset, 2U);
    EXPECT_EQ(count.first_offending->code_point, 0xFFFDU);
    EXPECT_EQ(counted("\xED\xA0\x80"), "ucs2 3 units in 1") << "a surrogate is no character";
}

}  // namespace
}  // namespace sent::test
