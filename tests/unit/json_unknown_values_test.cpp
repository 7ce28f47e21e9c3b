#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "json/decode.hpp"
#include "json/unknown_values.hpp"
#include "unit/json_models.hpp"

namespace sent::detail {

struct Brush {
    std::optional<json_test::Color> color{};
};
struct Palette {
    json_test::Color first{};
    Nullable<json_test::Color> change{};
    std::vector<json_test::Color> colors{};
    std::map<std::string, json_test::Color> by_name{};
    std::vector<Brush> brushes{};
    std::map<std::string, Brush> named_brushes{};
    RawJson open{};
};

SENT_OWN_TABLE(Brush, field<&Brush::color>("color"));
SENT_OWN_TABLE(Palette, field<&Palette::first>("first"), field<&Palette::first>("primary").alias(),
               field<&Palette::change>("change"), field<&Palette::colors>("colors"),
               field<&Palette::by_name>("by_name"), field<&Palette::brushes>("brushes"),
               field<&Palette::named_brushes>("named_brushes"), field<&Palette::open>("open"));

namespace {

UnknownValues unknown_in(const std::string& text) {
    Palette palette;
    const auto read = decode(text, palette);
    EXPECT_TRUE(read) << read.message;
    return find_unknown_values(Described<Palette>::info(), &palette);
}

TEST(UnknownValues, AreNoneIfEachIsAConstantOrEmpty) {
    for (const auto* text : {
             "{}",
             R"({"first":"RED","change":"red","colors":["Red","",null],"by_name":{"x":"RED"}})",
             R"({"first":null,"change":null,"brushes":[{},{"color":null},{"color":"red"}]})",
             R"({"open":{"first":"blue","colors":["green"]},"other":"blue"})",
         }) {
        const auto found = unknown_in(text);
        EXPECT_EQ(found.count, 0U) << text;
        EXPECT_EQ(found.first + found.first_text, "") << text;
    }
}

TEST(UnknownValues, AreFoundInEachKindOfMember) {
    const struct {
        const char* text;
        const char* path;
    } cases[] = {
        {R"({"first":"blue"})", "first"},
        {R"({"primary":"blue"})", "first"},
        {R"({"change":"blue"})", "change"},
        {R"({"colors":["red","blue"]})", "colors[1]"},
        {R"({"by_name":{"a":"red","sky":"blue"}})", R"(by_name["sky"])"},
        {R"({"by_name":{"+14155550100":"blue"}})", "by_name[*]"},
        {R"({"brushes":[{},{},{"color":"blue"}]})", "brushes[2].color"},
        {R"({"named_brushes":{"wide":{"color":"blue"}}})", R"(named_brushes["wide"].color)"},
    };
    for (const auto& [text, path] : cases) {
        const auto found = unknown_in(text);
        EXPECT_EQ(found.count, 1U) << text;
        EXPECT_EQ(found.first, path) << text;
        EXPECT_EQ(found.first_text, "blue") << text;
    }
}

TEST(UnknownValues, AreAllCountedAndTheFirstIsNamed) {
    const auto found =
        unknown_in(R"({"colors":["pink","RED","teal"],"first":"blue","brushes":[{"color":"grey"}]})");
    EXPECT_EQ(found.count, 4U);
    EXPECT_EQ(found.first, "first") << "in the order of the table";
    EXPECT_EQ(found.first_text, "blue");
}

TEST(UnknownValues, AreShownOnlyIfTheyArePlainWords) {
    const auto shown = [](const std::string& value) {
        const auto found = unknown_in(R"({"first":")" + value + R"("})");
        EXPECT_EQ(found.count, 1U) << value;
        EXPECT_EQ(found.first, "first") << value;
        return found.first_text;
    };
    EXPECT_EQ(shown("Dark_blue.2-b"), "Dark_blue.2-b");
    EXPECT_EQ(shown(std::string(40, 'x')), std::string(40, 'x'));
    EXPECT_EQ(shown(std::string(41, 'x')), "");
    for (const auto* value :
         {"+14155550100", "14155550100", "Ada Lovelace", "a@b.example", " ", "_x", "bl\u00fc"}) {
        EXPECT_EQ(shown(value), "") << value;
    }
}

}  // namespace
}  // namespace sent::detail
