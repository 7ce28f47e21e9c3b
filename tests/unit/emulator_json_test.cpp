#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "emulator/json.hpp"

namespace sent::testing::emulator {
namespace {

std::string round_trip(const std::string& text) {
    std::string error;
    const auto value = parse_json(text, error);
    return value ? to_text(*value) : error;
}

std::string nested(int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
}

TEST(EmulatorJson, WritesWhatItHasRead) {
    for (const auto* text :
         {"null", "true", "false", "0", "-1", "9223372036854775807", "-9223372036854775808",
          "18446744073709551615", "0.5", "1e+300", R"("")", R"("a\"\\\n\u0001/é😀")", "[]", "{}",
          R"([1,[2,{"a":null}],"b"])", R"({"z":1,"a":{"c":[],"b":{}},"":2})"}) {
        EXPECT_EQ(round_trip(text), text);
    }
    EXPECT_EQ(round_trip(" { \"a\" : [ 1 , 2 ] } "), R"({"a":[1,2]})");
    EXPECT_EQ(round_trip(R"({"a":1,"b":2,"a":3})"), R"({"a":3,"b":2})");
    EXPECT_EQ(round_trip(R"("\u00e9")"), R"("é")");
    EXPECT_EQ(round_trip(R"("half of an emoji: \ud83d")"), "\"half of an emoji: \xEF\xBF\xBD\"");
}

TEST(EmulatorJson, RefusesWhatIsNoJson) {
    EXPECT_EQ(round_trip(""), "The body must not be empty.");
    for (const auto* text :
         {"{", "[1,]", "nul", "1 2", R"({"a"})", R"("\ud8")", "\"\xff\"", "1e999", "'a'"}) {
        EXPECT_EQ(round_trip(text), "The body is not valid JSON.") << text;
    }
    EXPECT_EQ(round_trip(nested(64)), nested(64));
    EXPECT_EQ(round_trip(nested(65)), "The JSON is nested too deeply.");
    EXPECT_EQ(round_trip(std::string(1000000, '[')), "The JSON is nested too deeply.");
    EXPECT_THROW(Json::parse("{"), std::invalid_argument);
}

TEST(EmulatorJson, BracesMakeObjectsAndArrays) {
    const std::string text = "t";
    const Json value{{"text", text},
                     {"list", {1, 2U, text}},
                     {"object", {{"a", nullptr}}},
                     {"flag", true},
                     {"copy", Json{{"b", 1.5}}}};
    EXPECT_EQ(to_text(value),
              R"({"text":"t","list":[1,2,"t"],"object":{"a":null},"flag":true,"copy":{"b":1.5}})");
    EXPECT_EQ(to_text(Json::array({value.items().front().second, "b"})), R"(["t","b"])");
    EXPECT_EQ(to_text(Json(std::map<std::string, std::vector<std::string>>{{"a", {"b", "c"}}})),
              R"({"a":["b","c"]})");
    EXPECT_EQ(to_text(Json(std::vector<std::string>{"a", "b"})), R"(["a","b"])");
}

TEST(EmulatorJson, ReplacesWhatIsNoUtf8) {
    EXPECT_EQ(to_text(Json("a\xff"
                           "b")),
              "\"a\xEF\xBF\xBD"
              "b\"");
}

TEST(EmulatorJson, ChangesObjectsAndArrays) {
    Json value;
    value["a"] = 1;
    value["b"].push_back("x");
    value["b"].push_back({{"y", 2}});
    value.update(Json{{"c", 3}, {"a", 4}});
    EXPECT_EQ(to_text(value), R"({"a":4,"b":["x",{"y":2}],"c":3})");
    value.erase("b");
    value["a"] = value["c"];
    EXPECT_EQ(value, (Json{{"a", 3}, {"c", 3}}));
    EXPECT_NE(value, (Json{{"c", 3}, {"a", 3}}));
    EXPECT_FALSE(value.contains("b"));
    EXPECT_TRUE(member(value, "b").is_null());
    EXPECT_TRUE(member(member(value, "a"), "b").is_null());
}

TEST(EmulatorJson, AsksForTheRightType) {
    EXPECT_EQ(Json(5U).get<long long>(), 5);
    EXPECT_EQ(Json(18446744073709551615ULL).get<long long>(), 9223372036854775807);
    EXPECT_TRUE(Json(18446744073709551615ULL).is_number_integer());
    EXPECT_FALSE(Json(0.5).is_number_integer());
    EXPECT_TRUE(Json(true).get<bool>());
    EXPECT_THROW(Json("a").get<bool>(), std::bad_variant_access);
    EXPECT_THROW(Json(1).push_back(2), std::bad_variant_access);
    for (const auto& element : Json("no array")) {
        FAIL() << to_text(element);
    }
}

}  // namespace
}  // namespace sent::testing::emulator
