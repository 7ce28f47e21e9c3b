#include "json/simdjson_source.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "json/nlohmann_source.hpp"
#include "support/allocations.hpp"
#include "support/read_file.hpp"

/// @file
/// Only in builds with SENT_WITH_SIMDJSON: both sources tell the same, of good texts and of bad ones.

namespace sent::detail {
namespace {

/// Writes down what it is told, so that no two different tales read alike.
class Record final : public EventHandler {
  public:
    void on_null() override { tale += "null "; }
    void on_boolean(bool value) override { tale += value ? "true " : "false "; }
    void on_number(std::string_view text) override { note('#', text); }
    void on_string(std::string_view text) override { note('"', text); }
    void on_key(std::string_view name) override { note(':', name); }
    void on_object_start() override { tale += '{'; }
    void on_object_end() override { tale += '}'; }
    void on_array_start() override { tale += '['; }
    void on_array_end() override { tale += ']'; }

    std::string tale{};

  private:
    void note(char kind, std::string_view text) {
        tale += kind + std::to_string(text.size()) + ' ';
        tale.append(text) += ' ';
    }
};

std::string outcome(const ParseStatus& status, const Record& record) {
    return std::to_string(static_cast<int>(status.code)) + " at " + std::to_string(status.offset) + ": " +
           status.reason() + '\n' + record.tale;
}

std::string by_nlohmann(std::string_view text) {
    Record record{};
    const ParseStatus status = parse_by_nlohmann(text, record);
    return outcome(status, record);
}

std::string by_simdjson(const JsonText& text) {
    Record record{};
    const ParseStatus status = parse_by_simdjson(text, record);
    return outcome(status, record);
}

/// In place, with room behind it that is full of traps; and with none, so that a sanitizer sees a byte too
/// many.
void expect_same(const std::string& text) {
    const std::string expected = by_nlohmann(text);
    for (const char* trap : {"}}}}", "\"]}\\", "0000", "e5,1"}) {
        std::string roomy = text;
        while (roomy.size() < text.size() + 64) {
            roomy += trap;
        }
        roomy.resize(text.size());
        ASSERT_GE(roomy.capacity(), text.size() + 64);
        ASSERT_EQ(by_simdjson(roomy), expected) << text;
    }
    const std::vector<char> tight(text.begin(), text.end());
    ASSERT_EQ(by_simdjson({tight.data(), tight.size()}), expected) << text;
}

/// Changes a text a little, in ways that broken servers and attackers do.
std::string damaged(std::string text, std::mt19937& random) {
    static constexpr char alphabet[] =
        "{}[]\",:\\u0123456789.eE+-truefalsn \n\t\f\v\0\x01\x1A\x7F\x80\xC3\xA4\xED\xF0\xFF";
    const std::size_t changes = 1 + random() % 3;
    for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
        const std::size_t position = random() % text.size();
        const char replacement = alphabet[random() % (sizeof alphabet - 1)];
        switch (random() % 6) {
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
            case 4:
                std::swap(text[position], text[random() % text.size()]);
                break;
            default:
                text.insert(position, text.substr(random() % text.size(), random() % 8));
                break;
        }
    }
    return text;
}

std::vector<std::string> files_below(const std::filesystem::path& folder) {
    std::vector<std::string> texts{};
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) {
            texts.push_back(test::read_file(entry.path().string()));
        }
    }
    std::sort(texts.begin(), texts.end());
    return texts;
}

void expect_same_of_files_below(const std::string& folder, int copies) {
    const std::vector<std::string> texts = files_below(folder);
    ASSERT_GE(texts.size(), 100U);
    std::mt19937 random{20'261'125};
    for (const std::string& text : texts) {
        ASSERT_NO_FATAL_FAILURE(expect_same(text));
        const std::string part = text.substr(0, 4096);
        for (int i = 0; i < copies; ++i) {
            ASSERT_NO_FATAL_FAILURE(expect_same(damaged(part.empty() ? text : part, random)));
        }
    }
}

TEST(JsonBySimdjson, TellsTheSameOfTheGoldenFilesAndOfDamagedCopies) {
    expect_same_of_files_below(SENT_TEST_DATA_DIR, 60);
}

TEST(JsonBySimdjson, TellsTheSameOfTheFuzzersCorpusAndOfDamagedCopies) {
    expect_same_of_files_below(SENT_TEST_DATA_DIR "/../fuzz/corpus", 60);
}

TEST(JsonBySimdjson, TellsTheSameOfDamagedTexts) {
    const std::vector<std::string> seeds = {
        R"({"success":true,"data":{"contacts":[{"id":"66666666","opt_out":false,"price":0.0055,"updated_at":null}]}})",
        R"([1,-2,3.25,1e5,-0,1.5E-3,true,false,null,"text",[],{}])",
        R"({"a":"\u0041\uD83C\uDF89\n\"\\","b":"Grüße 世界 🎉","c":{"d":[[[]]]}})",
        R"(  {"errors" : {"to" : ["must not be empty"], "x":[1]} , "status":400 }  )",
        R"([[[[[[{"\u002B1202":"\\\\","k":[0.1,123456789012345678901234567890,"\/"]}]]]]]])",
    };
    std::mt19937 random{20'261'124};
    for (int round = 0; round < 8'000; ++round) {
        ASSERT_NO_FATAL_FAILURE(expect_same(damaged(seeds[random() % seeds.size()], random)));
    }
}

TEST(JsonBySimdjson, TellsTheSameOfNumbersAtTheirLimits) {
    for (const char* number : {"0",
                               "-0",
                               "-0.0",
                               "0e5",
                               "-0E-0",
                               "9007199254740993",
                               "2147483648",
                               "9223372036854775807",
                               "9223372036854775808",
                               "-9223372036854775808",
                               "-9223372036854775809",
                               "18446744073709551615",
                               "18446744073709551616",
                               "123456789012345678901234567890",
                               "1.7976931348623157e308",
                               "1.7976931348623158e308",
                               "1.7976931348623159e308",
                               "1.8e308",
                               "1e308",
                               "1e309",
                               "1e400",
                               "-1e400",
                               "1e-400",
                               "4.9e-324",
                               "1e-324",
                               "0.0055",
                               "1E+2",
                               "1.50",
                               "1.0000000000000000000000000000000000000000000000001",
                               "0.000000000000000000000000000000000000000000000001e48",
                               "1e99999999999999999999",
                               "0e99999999999999999999",
                               "1e-99999999999999999999",
                               "00",
                               "01",
                               "-01",
                               "-",
                               "+1",
                               ".5",
                               "5.",
                               "5.e1",
                               "1e",
                               "1e+",
                               "1 2",
                               "0x10",
                               "1_000",
                               "NaN",
                               "Infinity",
                               "-Infinity",
                               "nan",
                               "1true",
                               "1\"\"",
                               "1\f",
                               "1\v"}) {
        const std::string text = number;
        expect_same(text);
        for (const char* tail : {"", " ", "\n\t "}) {
            expect_same('[' + text + tail + ']');
            expect_same("{\"n\": " + text + tail + '}');
            expect_same("[1," + text + tail + ",\"x\"]");
        }
    }
    expect_same('[' + std::string(400, '9') + ']');
    expect_same("[0." + std::string(2000, '3') + ']');
    expect_same('[' + std::string(300, '9') + "e8]");
}

TEST(JsonBySimdjson, TellsTheSameOfWordsAndWhatStandsBesideThem) {
    for (const char* word :
         {"true",      "false", "null", "tru",       "fals", "nul",       "trues",
          "nulls",     "True",  "t",    "f",         "n",    "truefalse", "true false",
          "true\"x\"", "null:", "nil",  "undefined", "'x'",  "\f",        "\x1A",
          "\v",        "\\",    "/**/", "//",        "\x7F", "\xC2\xA0",  "\xEF\xBB\xBF"}) {
        const std::string text = word;
        for (const char* tail : {"", " "}) {
            expect_same(text + tail);
            expect_same('[' + text + tail + ']');
            expect_same("[ " + text + tail + ",1]");
            expect_same("{\"a\":" + text + tail + '}');
            expect_same("{\"a\"" + text + tail + ":1}");
            expect_same('{' + text + tail + "\"a\":1}");
            expect_same("[\"a\"" + text + tail + ']');
            expect_same("[1]" + text + tail);
            expect_same("[[]" + text + tail + ']');
        }
    }
}

TEST(JsonBySimdjson, TellsTheSameOfStringsOfAnyLengthWithAnythingAtAnyPlace) {
    const std::vector<std::string> guests = {
        "",
        "\\n",
        "\\\"",
        "\\\\",
        "\\/",
        "\\u0041",
        "\\u0000",
        "\\uD83C\\uDF89",
        "\\uD83C",
        "\\uDF89",
        "\\uD83C\\u0041",
        "\\uD83Cx",
        "\\uDF89\\uD83C",
        "\\u00",
        "\\u00G0",
        "\\x41",
        "\\",
        "\\'",
        "\x01",
        "\n",
        "\x7F",
        "\xC3\xA4",
        "\xC3",
        "\xF0\x9F\x8E\x89",
        "\xED\xA0\xBC",
        "\xC0\x80",
        "\xF4\x90\x80\x80",
        "\"",
        "\\\\\\\"",
    };
    for (const std::size_t length : {0U, 1U, 7U, 30U, 31U, 32U, 33U, 63U, 64U, 65U, 130U}) {
        for (const std::string& guest : guests) {
            for (const std::size_t place : {std::size_t{0}, length / 2, length}) {
                std::string text(length, 'x');
                text.insert(place, guest);
                expect_same("[\"" + text + "\",\"" + text + "\"]");
                expect_same("{\"" + text + "\" : \"" + text + "\" , \"\\u0061\" : 1}");
            }
        }
    }
}

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
    std::string text{};
    for (std::size_t i = 0; i < depth; ++i) {
        text += open;
    }
    text += "\"\\n\"";
    for (std::size_t i = 0; i < depth; ++i) {
        text += close;
    }
    return text;
}

TEST(JsonBySimdjson, TellsTheSameOfDeepTexts) {
    for (const std::size_t depth :
         {1U, 62U, 63U, 64U, 65U, 66U, 127U, 128U, 129U, 1000U, 1023U, 1024U, 1025U, 20'000U}) {
        expect_same(nested(depth, "[", "]"));
        expect_same(nested(depth, "{\"a\":", "}"));
        expect_same(nested(depth, "[0,{\"a\":", "}]"));
        expect_same(nested(depth, "[", "]").substr(0, depth));
        expect_same("[" + nested(depth, "[", "]") + "," + nested(depth, "[", "}") + "]");
    }
}

TEST(JsonBySimdjson, TellsTheSameOfMarksBlanksAndWhatFollows) {
    const std::string mark = "\xEF\xBB\xBF";
    for (const char* text :
         {"{}", "[]", "{\"a\":[1,\"b\"]}", "1", "", "\"x\"", " ", "{", "}", "]", "[{]}", "{\"a\"}"}) {
        for (const char* around : {"", " ", "\t\r\n", "\f", "\v", "x", "{}", "]", "}", ",", "\"", "\\"}) {
            expect_same(text + std::string{around});
            expect_same(around + std::string{text});
            expect_same(mark + text + around);
            expect_same(mark + mark + text + around);
            expect_same(around + mark + text);
            expect_same(mark.substr(0, 2) + text);
            expect_same(text + std::string(3, '\0') + around);
        }
    }
}

TEST(JsonBySimdjson, TellsTheSameOfLongTextsWhateverIsReadBeforeOrAfter) {
    const std::string row = R"({"n":0.5,"e":"\u002B","id":")" + std::string(4000, 'x') + R"("})";
    for (const std::size_t rows : {200U, 1U, 500U, 2U, 1'100U, 5U}) {
        std::string text = "[" + row;
        for (std::size_t i = 1; i < rows; ++i) {
            text += ',' + row;
        }
        for (const char bracket : {']', '}'}) {
            const std::string whole = text + bracket;
            // Megabytes: nobody wants to see them.
            EXPECT_TRUE(by_simdjson(whole) == by_nlohmann(whole)) << rows << bracket;
        }
    }
}

TEST(JsonBySimdjson, ServesManyThreads) {
    const std::string text = R"({"a":[1.5,"x\u00e4\n",true,null],"b":{"c":"Grüße 世界"}})";
    const std::string expected = by_nlohmann(text);
    std::vector<std::thread> threads{};
    std::vector<int> same(8);
    for (int& count : same) {
        threads.emplace_back([&] {
            for (int i = 0; i < 200; ++i) {
                count += by_simdjson(text) == expected ? 1 : 0;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(same, std::vector<int>(8, 200));
}

/// A reader of the last minute: made before the thread's parser, it goes after it.
struct LateReader {
    LateReader() = default;
    LateReader(const LateReader&) = delete;
    LateReader& operator=(const LateReader&) = delete;
    ~LateReader() {
        if (out != nullptr) {
            *out = by_simdjson(R"({"a":["\n"]})");
        }
    }
    std::string* out = nullptr;
};

TEST(JsonBySimdjson, ReadsWhenItsThreadHasAlmostEnded) {
    std::string late{};
    std::thread([&late] {
        thread_local LateReader reader{};
        reader.out = &late;
        (void)by_simdjson("[1]");
    }).join();
    EXPECT_EQ(late, by_nlohmann(R"({"a":["\n"]})"));
}

/// Has enough after the first string.
class Thrower final : public EventHandler {
  public:
    void on_null() override {}
    void on_boolean(bool /*value*/) override {}
    void on_number(std::string_view /*text*/) override {}
    void on_string(std::string_view /*text*/) override { throw std::runtime_error{"enough"}; }
    void on_key(std::string_view /*name*/) override {}
    void on_object_start() override {}
    void on_object_end() override {}
    void on_array_start() override {}
    void on_array_end() override {}
};

TEST(JsonBySimdjson, LetsTheHandlersExceptionsPassAndReadsOn) {
    Thrower thrower{};
    EXPECT_THROW((void)parse_by_simdjson(R"([1,"\n"])", thrower), std::runtime_error);
    expect_same(R"([1,"\n"])");
}

TEST(JsonBySimdjson, NeedsNothingForTheNextTextUnlessThatIsLong) {
    if (!test::allocations_are_counted()) {
        GTEST_SKIP() << "a sanitizer has its own operator new";
    }
    const auto allocations = [](const std::string& text) {
        const std::size_t before = test::allocations();
        EXPECT_TRUE(check_json(text));
        return test::allocations() - before;
    };
    const std::string page = "[\"" + std::string(50'000, 'x') + "\\n\"]";
    const std::string longer = "[\"" + std::string(2'000'000, 'x') + "\\n\"]";
    const std::string reply = R"({"a":[1,true,null,"\u0041"]})";
    (void)allocations(page);
    (void)allocations(reply);
    EXPECT_EQ(allocations(page), 0U);
    EXPECT_EQ(allocations(reply), 0U);
    (void)allocations(longer);
    EXPECT_GT(allocations(longer), 0U) << "it was kept";
    (void)allocations(page);
    EXPECT_EQ(allocations(page), 0U);
}

}  // namespace
}  // namespace sent::detail
