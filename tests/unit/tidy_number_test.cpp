#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <sent/tidy_number.hpp>
#include <sent/v3/messages.hpp>

namespace sent::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string tidied(std::string_view text) {
    const auto number = tidy_number(text);
    return number ? *number : number.error().code;
}

TEST(B12_TidyNumber, ChangesTheSpelling) {
    const std::vector<std::string> spellings = {
        "+41791234567",
        "\xEF\xBB\xBF+41791234567",  // byte order mark
        "+41791234567\r",            //
        "  +41 79 123 45 67\r\n",    //
        "\t\"+41 79 123 45 67\"",    //
        "'+41791234567",             // a text in a spreadsheet
        "+41\xC2\xA0"
        "79\xE2\x80\xAF"
        "123 4567",                                  // no-break spaces
        "\xE2\x80\xAA+41 79 123 45 67\xE2\x80\xAC",  // bidirectional marks
        "\xE2\x80\x8E+41791234567\xE2\x80\x8F",      //
        "\xEF\xBC\x8B\xEF\xBC\x94\xEF\xBC\x91"
        "791234567",  // full-width
        "+\xD9\xA4\xD9\xA1"
        "791234567",            // Arabic
        "0041791234567",        //
        "00 41 79 123 45 67",   //
        "(0041) 79 123-45-67",  //
        "(+41) 79.123.45.67",   //
        "+41 (79) 123 45 67",   //
        "+41\xE2\x80\x90"
        "79\xE2\x80\x91"
        "123\xE2\x80\x92"
        "45\xE2\x80\x93"
        "67",  // hyphens and dashes
        "+41\xE2\x80\x94"
        "79\xE2\x88\x92"
        "123\xEF\xBC\x8D"
        "45-67",                 //
        "tel:+41-79-123-45-67",  //
        "TEL: 0041 79 123 45 67",
        "\xEF\xBB\xBF \"tel:+41791234567\"",  //
        "+41\xE2\x80\x8B"
        "791234567\xC2\xAD",  // zero-width space, soft hyphen
    };
    for (const auto& spelling : spellings) {
        EXPECT_EQ(tidied(spelling), "+41791234567") << spelling;
    }
    EXPECT_EQ(tidied("+1 (415) 555-0100"), "+14155550100");
}

TEST(B12_TidyNumber, NeverGuessesACountry) {
    for (const auto* text : {"079 123 45 67", "4155550100", "14155550100", "41791234567", "(415) 555-0100",
                             "tel:555-0100", "011 41 79 123 45 67"}) {
        EXPECT_EQ(tidied(text), "NUMBER_WITHOUT_COUNTRY") << text;
    }
}

TEST(B12_TidyNumber, SaysWhyItIsNoNumber) {
    const std::vector<std::pair<std::string, std::string>> reasons = {
        {"", "NUMBER_EMPTY"},
        {" \r\n", "NUMBER_EMPTY"},
        {"+", "NUMBER_EMPTY"},
        {"tel:", "NUMBER_EMPTY"},
        {"n/a", "NUMBER_UNEXPECTED_CHARACTER"},
        {"4.17912E+10", "NUMBER_UNEXPECTED_CHARACTER"},
        {"+41 79 123 45 67 x12", "NUMBER_UNEXPECTED_CHARACTER"},
        {"+41/791234567", "NUMBER_UNEXPECTED_CHARACTER"},
        {std::string{"+4179\0"
                     "1234567",
                     13},
         "NUMBER_UNEXPECTED_CHARACTER"},
        {"+41791234567\xA0", "NUMBER_UNEXPECTED_CHARACTER"},
        {"+41791234567 +41791234568", "NUMBER_SEVERAL"},
        {"+41791234567\n0041791234568", "NUMBER_SEVERAL"},
        {"+4179123\t4567", "NUMBER_SEVERAL"},
        {"++41791234567", "NUMBER_SEVERAL"},
        {"+44 (0)20 7183 8750", "NUMBER_TRUNK_ZERO"},
        {"+44 (020) 7183 8750", "NUMBER_TRUNK_ZERO"},
        {"0044 (0) 20 7183 8750", "NUMBER_TRUNK_ZERO"},
        {"+44 (0 20 7183 8750", "NUMBER_TRUNK_ZERO"},
        {"+44 \xEF\xBC\x88"
         "0\xEF\xBC\x89 20 7183 8750",
         "NUMBER_TRUNK_ZERO"},  // full-width parentheses
        {"+44 \xEF\xB9\x99"
         "0\xEF\xB9\x9A 20 7183 8750",
         "NUMBER_TRUNK_ZERO"},  // small parentheses
        {"+44 \xE2\x81\xBD"
         "0\xE2\x81\xBE 20 7183 8750",
         "NUMBER_TRUNK_ZERO"},  // superscript parentheses
        {"tel:+41791234567;ext=12", "NUMBER_EXTENSION"},
        {"+0041791234567", "NUMBER_STARTS_WITH_ZERO"},
        {"00041791234567", "NUMBER_STARTS_WITH_ZERO"},
        {"+417912", "NUMBER_TOO_SHORT"},
        {"+4179123456789012", "NUMBER_TOO_LONG"},
        {std::string(100'000, '1'), "NUMBER_WITHOUT_COUNTRY"},
    };
    for (const auto& [text, code] : reasons) {
        EXPECT_EQ(tidied(text), code) << text;
    }
}

TEST(B12_TidyNumber, ExplainsItselfWithoutTheNumber) {
    const auto error = tidy_number("+41 79 123 45 67 x").error();
    EXPECT_EQ(error.kind, ErrorKind::invalid_request);
    EXPECT_EQ(error.outcome, Outcome::not_sent);
    EXPECT_EQ(error.message, "the character U+0078 at byte 17 is in no phone number");
    EXPECT_THAT(tidy_number("tel:+41 79 x").error().message, HasSubstr("at byte 11"));
    EXPECT_THAT(to_string(tidy_number("+4179123456789012").error()), Not(HasSubstr("4179123456789012")));
}

TEST(B12_TidyNumber, GivesWhatIsE164) {
    for (const auto* text : {"+4917212", "+123456", "+1234567", "00123456789012345", "001234567890123456"}) {
        const auto number = tidy_number(text);
        EXPECT_TRUE(!number || is_e164(*number)) << text;
    }
    EXPECT_TRUE(tidy_number("+1234567"));
    EXPECT_TRUE(tidy_number("+123456789012345"));
}

}  // namespace
}  // namespace sent::test
