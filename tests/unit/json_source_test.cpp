#include "json/event_source.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/text/surrogates.hpp"
#include "json/repair.hpp"

namespace sent::detail {
namespace {

using Code = ParseStatus::Code;

/// Builds a tree from the events, so that it can be compared with the one of a DOM parser.
class TreeBuilder final : public EventHandler {
  public:
    void on_null() override { add(nullptr); }
    void on_boolean(bool value) override { add(value); }
    void on_number(std::string_view text) override { add(nlohmann::json::parse(text)); }
    void on_string(std::string_view text) override { add(std::string{text}); }
    void on_key(std::string_view name) override { keys_.back() = name; }
    void on_object_start() override { open(nlohmann::json::object()); }
    void on_object_end() override { close(); }
    void on_array_start() override { open(nlohmann::json::array()); }
    void on_array_end() override { close(); }

    [[nodiscard]] bool is_balanced() const { return open_.empty(); }
    nlohmann::json tree{};

  private:
    void open(nlohmann::json container) {
        open_.push_back(std::move(container));
        keys_.emplace_back();
    }
    void close() {
        nlohmann::json whole = std::move(open_.back());
        open_.pop_back();
        keys_.pop_back();
        add(std::move(whole));
    }
    void add(nlohmann::json value) {
        if (open_.empty()) {
            tree = std::move(value);
        } else if (open_.back().is_array()) {
            open_.back().push_back(std::move(value));
        } else {
            open_.back()[keys_.back()] = std::move(value);
        }
    }

    std::vector<nlohmann::json> open_{};
    std::vector<std::string> keys_{};
};

void expect_same_as_dom(const std::string& text) {
    TreeBuilder ours{};
    const ParseStatus status = parse_events(text, ours);
    const nlohmann::json theirs = nlohmann::json::parse(replace_unreadable(text), nullptr, false);
    ASSERT_EQ(static_cast<bool>(status), !theirs.is_discarded()) << text << '\n' << status.reason();
    if (status) {
        EXPECT_TRUE(ours.is_balanced());
        EXPECT_EQ(ours.tree, theirs) << text;
    } else {
        EXPECT_LE(status.offset, text.size());
        EXPECT_FALSE(status.reason().empty());
    }
}

TEST(JsonSource, ReadsWhatJsonAllows) {
    const std::vector<std::string> texts = {
        "null",
        " \t\r\n true \n",
        "false",
        "0",
        "-0",
        "-12",
        "3.25",
        "1e5",
        "1E+5",
        "1.5e-3",
        "18446744073709551615",
        "123456789012345678901234567890",
        "1e-400",
        "1e308",
        R"("")",
        R"("plain")",
        R"("\"\\\/\b\f\n\r\t")",
        R"("\u0041\u00e4\u4E16\uD83C\uDF89")",
        R"("mixed \u0041 and Grüße 世界 🎉 and \n more")",
        "\"\\u0000\"",
        "[]",
        "[ ]",
        "{}",
        "{ }",
        R"([1,"two",[3],{"four":5},null,true])",
        R"({"a":{"b":{"c":[{}]}},"":0})",
        R"({"a":1,"a":2})",
        " { \"a\" : [ 1 , 2 ] , \"b\" : { } } ",
    };
    for (const std::string& text : texts) {
        SCOPED_TRACE(text);
        ASSERT_TRUE(check_json(text));
        expect_same_as_dom(text);
    }
}

TEST(B8_LoneSurrogate, BecomesAReplacementCharacterAndAllElseIsKept) {
    const std::string mark = "\xEF\xBF\xBD";
    const std::string emoji = "\xF0\x9F\x98\x80";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {R"(\ud83d)", mark},
        {R"(\uD83D)", mark},
        {R"(\ude00)", mark},
        {R"(\udfff)", mark},
        {R"(\ud83d\ude00)", emoji},
        {R"(\ude00\ud83d)", mark + mark},
        {R"(\ud83d\ud83d\ude00)", mark + emoji},
        {R"(\ud83d\ude00\ude00)", emoji + mark},
        {R"(a\ud83dz)", "a" + mark + "z"},
        {R"(\ud83d\n)", mark + "\n"},
        {R"(\ud83d\u0041)", mark + "A"},
        {R"(\ud83d\\)", mark + "\\"},
        {R"(\\ud83d)", "\\ud83d"},
        {R"(\\\ud83d)", "\\" + mark},
        {R"(\\\ud83d\ude00)", "\\" + emoji},
        {R"(\"\ud83d)", "\"" + mark},
        {R"(\ud7ff\ue000)", "\xED\x9F\xBF\xEE\x80\x80"},
    };
    for (const auto& [escaped, expected] : cases) {
        SCOPED_TRACE(escaped);
        TreeBuilder events{};
        ASSERT_TRUE(parse_events(
            "{\"before\":1,\"" + escaped + "\":[\"" + escaped + "\",\"\"],\"after\":[\"" + escaped + "\"]}",
            events));
        EXPECT_EQ(events.tree,
                  (nlohmann::json{{"before", 1}, {expected, {expected, ""}}, {"after", {expected}}}));
        TreeBuilder alone{};
        ASSERT_TRUE(parse_events('"' + escaped + '"', alone));
        EXPECT_EQ(alone.tree, expected);
    }
}

TEST(B8_LoneSurrogate, DoesNotHideWhatIsWrongBesideIt) {
    const std::vector<std::pair<std::string, std::size_t>> cases = {
        {R"(["\ud83d)", 8},       {R"(["\ud83)", 7},      {R"(["\ud83"])", 7},     {R"(["\ud83d\u12"])", 12},
        {R"(["\ud83d\)", 9},      {R"(["\ud83d\x"])", 9}, {R"(["\ud83d" 1])", 10}, {R"(["\ud83g"])", 7},
        {"[\"\\ud83d\"\xFF]", 9}, {R"(\ud83d)", 0},       {R"({"a":1}\ud83d)", 7},
    };
    for (const auto& [text, offset] : cases) {
        SCOPED_TRACE(text);
        const ParseStatus status = check_json(text);
        EXPECT_EQ(status.code, Code::invalid);
        EXPECT_EQ(status.offset, offset);
    }
}

TEST(B8_InvalidUtf8, BecomesAReplacementCharacterAndAllElseIsKept) {
    const std::string mark = "\xEF\xBF\xBD";
    const std::string emoji = "\xF0\x9F\x98\x80";
    const std::vector<std::pair<std::string, std::string>> cases = {
        {"\xED\xA0\xBD", mark},                     // a surrogate
        {"\xED\xA0\xBD\xED\xB8\x80", mark + mark},  // both halves of a pair
        {"\xF0\x9F\x98", mark},                     // truncated
        {"\xF0\x9F\x98x", mark + "x"},
        {"\xE2\x82", mark},
        {"caf\xE9", "caf" + mark},  // Latin-1
        {"\xE9t\xE9 \xFC\xDF", mark + "t" + mark + " " + mark + mark},
        {"\xC0\xAF", mark + mark},  // overlong
        {"\xF4\x90\x80\x80", mark + mark + mark + mark},
        {"\xFF\xFE", mark + mark},
        {"\x80", mark},
        {emoji + "\xF0\x9F" + emoji, emoji + mark + emoji},
        {"\\\\\xE9\\\"\\n", "\\" + mark + "\"\n"},
        {"\\ud83d\xE9\\ud83d\\ude00", mark + mark + emoji},
        {"\\\xE9", ""},  // no escape
    };
    for (const auto& [bytes, expected] : cases) {
        SCOPED_TRACE(bytes);
        TreeBuilder events{};
        const auto status = parse_events(
            "{\"before\":1,\"" + bytes + "\":[\"" + bytes + "\",\"\"],\"after\":[\"" + bytes + "\"]}",
            events);
        if (expected.empty()) {
            EXPECT_EQ(status.offset, 14U);
            continue;
        }
        ASSERT_TRUE(status) << status.reason();
        EXPECT_EQ(events.tree,
                  (nlohmann::json{{"before", 1}, {expected, {expected, ""}}, {"after", {expected}}}));
    }
}

TEST(B8_InvalidUtf8, DoesNotHideWhatIsWrongBesideItNorWhere) {
    const std::vector<std::pair<std::string, std::size_t>> cases = {
        {"[\"\xE9\" 1]", 5},
        {"[\"\xE9\xE9\xE9\",\"\xED\xA0\xBD\",x]", 13},
        {"[\"\xE9\",\"\\ud83d\",\"\xF0\x9F\",]", 19},
        {"[\"\xE9", 3},
        {"[\"\xE9\n\"]", 3},
        {"[x,\"\xE9\"]", 1},
        {"[\"\xE9\"]\xE9", 5},
        {"\xE9[]", 0},
        {"{\"a\":\xE9}", 5},
        {"[\"\\u00\xE9\"]", 6},
    };
    for (const auto& [text, offset] : cases) {
        SCOPED_TRACE(text);
        const ParseStatus status = check_json(text);
        EXPECT_EQ(status.code, Code::invalid);
        EXPECT_EQ(status.offset, offset);
    }
    const auto deep = check_json("[\"\xE9\"," + std::string(64, '['));
    EXPECT_EQ(deep.code, Code::too_deep);
    EXPECT_EQ(deep.offset, 5U + 63U);
}

TEST(JsonSource, RefusesWhatJsonDoesNotAllowAndSaysWhere) {
    struct Case {
        std::string text;
        std::size_t offset;
        std::string reason;
    };
    const std::vector<Case> cases = {
        {"", 0, "the text is empty"},
        {"  ", 2, "the text ends too early"},
        {"<html>", 0, "unexpected '<'"},
        {"{", 1, "the text ends too early"},
        {"[1", 2, "the text ends too early"},
        {"[1,]", 3, "unexpected ']'"},
        {"[1 2]", 3, "unexpected '2'"},
        {"[1}", 2, "unexpected '}'"},
        {"{\"a\"}", 4, "unexpected '}'"},
        {"{\"a\":1,}", 7, "unexpected '}'"},
        {"{a:1}", 1, "unexpected 'a'"},
        {"{1:2}", 1, "unexpected '1'"},
        {"]", 0, "unexpected ']'"},
        {"trUe", 2, "unexpected 'U'"},
        {"NaN", 0, "unexpected 'N'"},
        {"-Infinity", 1, "unexpected 'I'"},
        {"-", 1, "the text ends too early"},
        {"+1", 0, "unexpected '+'"},
        {"5.", 2, "the text ends too early"},
        {"01", 1, "unexpected '1'"},
        {"0x10", 1, "unexpected 'x'"},
        {"[1e400]", 5, "number too large"},
        {"{} {}", 3, "unexpected '{'"},
        {"{}garbage", 2, "unexpected 'g'"},
        {std::string{"{}\0", 3}, 2, "unexpected byte 0x00"},
        {std::string(8, '\0'), 0, "unexpected byte 0x00"},
        {std::string{"\"a\0b\"", 5}, 2, "unexpected byte 0x00"},
        {"\"a\nb\"", 2, "unexpected byte 0x0A"},
        {"\"abc", 4, "the text ends too early"},
        {"\"\\x41\"", 2, "unexpected 'x'"},
        {"[1,\xC3\x28]", 3, "invalid UTF-8"},
        {"\xFF\xFE", 0, "invalid UTF-8"},
        {"[\x01]", 1, "unexpected byte 0x01"},
        {"/* no */ 1", 0, "unexpected '/'"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.text);
        const ParseStatus status = check_json(each.text);
        EXPECT_EQ(status.code, Code::invalid);
        EXPECT_EQ(status.offset, each.offset);
        EXPECT_EQ(status.reason(), each.reason);
    }
}

TEST(JsonSource, SkipsAByteOrderMarkInRepliesButNotInWhatIsSplicedIntoRequests) {
    const std::string marked = "\xEF\xBB\xBF{\"a\":1}";
    TreeBuilder tree{};
    EXPECT_TRUE(parse_events(marked, tree));
    EXPECT_EQ(tree.tree, nlohmann::json::parse(R"({"a":1})"));
    EXPECT_FALSE(check_json(marked));
    EXPECT_FALSE(check_json("\xEF\xBB{}"));
    EXPECT_FALSE(check_json("{\xEF\xBB\xBF}"));
}

TEST(JsonSource, KeepsTheTextOfNumbers) {
    class Numbers final : public EventHandler {
      public:
        void on_null() override {}
        void on_boolean(bool) override {}
        void on_number(std::string_view text) override { texts.emplace_back(text); }
        void on_string(std::string_view) override {}
        void on_key(std::string_view) override {}
        void on_object_start() override {}
        void on_object_end() override {}
        void on_array_start() override {}
        void on_array_end() override {}
        std::vector<std::string> texts{};
    };
    Numbers numbers{};
    ASSERT_TRUE(parse_events("[-0,1.50,1E+2,12345678901234567890123]", numbers));
    EXPECT_EQ(numbers.texts, (std::vector<std::string>{"0", "1.50", "1E+2", "12345678901234567890123"}));
}

std::string nested(std::size_t depth, const std::string& open, const std::string& close,
                   const std::string& inside) {
    std::string text{};
    for (std::size_t i = 0; i < depth; ++i) {
        text += open;
    }
    text += inside;
    for (std::size_t i = 0; i < depth; ++i) {
        text += close;
    }
    return text;
}

TEST(JsonSource, ReadsSixtyFourLevelsAndNotOneMore) {
    EXPECT_TRUE(check_json(nested(64, "[", "]", "")));
    EXPECT_TRUE(check_json(nested(64, "{\"a\":", "}", "1")));
    EXPECT_TRUE(check_json(nested(32, "[{\"a\":", "}]", "1")));

    const ParseStatus arrays = check_json(nested(65, "[", "]", ""));
    EXPECT_EQ(arrays.code, Code::too_deep);
    EXPECT_EQ(arrays.offset, 64U);
    const ParseStatus objects = check_json(nested(65, "{\"a\":", "}", "1"));
    EXPECT_EQ(objects.code, Code::too_deep);
    EXPECT_EQ(objects.offset, 64U * 5U);
    EXPECT_EQ(check_json(nested(65, "[{\"a\":", "}]", "1")).code, Code::too_deep);
}

TEST(JsonSource, D2_RefusesAHundredThousandLevelsEarly) {
    for (const char* open : {"[", "{\"a\":", "[{\"a\":[["}) {
        std::string text{};
        for (int i = 0; i < 100'000; ++i) {
            text += open;
        }
        EXPECT_EQ(check_json(text).code, Code::too_deep);
    }
}

TEST(JsonSource, KeepsTrackOfBracketsAfterManyLevelsWereClosed) {
    std::string text = "[";
    for (int i = 0; i < 1000; ++i) {
        text += nested(63, "{\"a\":", "}", "[]").substr(0) + ',';
        if (i == 0) {
            // 1 + 63 + 1 levels
            EXPECT_EQ(check_json(text + "0]").code, Code::too_deep);
        }
        text = "[";
        text += nested(62, "{\"a\":", "}", "[]") + ',';
    }
    EXPECT_TRUE(check_json(text + "0]"));
    EXPECT_FALSE(check_json(text + "0}"));
}

/// Changes a text a little, in ways that broken servers and attackers do.
std::string mutate(std::string text, std::mt19937& random) {
    static const std::string alphabet = "{}[]\",:\\u0123456789.eE+-truefalsn \n\x01\x80\xC3\xA4\xED\xF0\xFF";
    const std::size_t changes = 1 + random() % 3;
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        const std::size_t position = random() % text.size();
        const char replacement = alphabet[random() % alphabet.size()];
        switch (random() % 5) {
            case 0:
                text[position] = replacement;
                break;
            case 1:
                text.erase(position, 1 + random() % 3);
                break;
            case 2:
                text.insert(position, 1, replacement);
                break;
            case 3:
                text.resize(position);
                break;
            default:
                text.insert(position, text.substr(random() % text.size(), random() % 8));
                break;
        }
    }
    return text;
}

TEST(JsonSource, AgreesWithADomParserOnDamagedTexts) {
    const std::vector<std::string> seeds = {
        R"({"success":true,"data":{"contacts":[{"id":"66666666","opt_out":false,"price":0.0055,"updated_at":null}]}})",
        R"([1,-2,3.25,1e5,-0,1.5E-3,true,false,null,"text",[],{}])",
        R"({"a":"\u0041\uD83C\uDF89\n\"\\","b":"Grüße 世界 🎉","c":{"d":[[[]]]}})",
        R"(  {"errors" : {"to" : ["must not be empty"], "x":[1]} , "status":400 }  )",
    };
    std::mt19937 random{20'261'124};
    for (int round = 0; round < 10'000; ++round) {
        const std::string text = mutate(seeds[random() % seeds.size()], random);
        expect_same_as_dom(text);
        if (HasFatalFailure()) {
            return;
        }
    }
}

TEST(JsonSource, ReadsEveryPrefixOfATextWithoutReadingBeyondIt) {
    const std::string text = R"({"a":[1.5e3,"x\u00e4\n",true,null],"b":{"c":"Grüße 世界"}})";
    for (std::size_t length = 0; length < text.size(); ++length) {
        // A buffer of exactly this size, so that a sanitizer sees a byte too many.
        const std::vector<char> prefix(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length));
        const ParseStatus status = check_json({prefix.data(), prefix.size()});
        EXPECT_EQ(status.code, Code::invalid) << length;
        EXPECT_LE(status.offset, length);
    }
    EXPECT_TRUE(check_json(text));
}

}  // namespace
}  // namespace sent::detail
