#include "json/encode.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json/decode.hpp"
#include "json_models.hpp"

namespace sent::json_test {
namespace {

using detail::encode;
using detail::EncodeOptions;
using detail::EncodeResult;

template <class T>
std::string encoded(const T& value, const EncodeOptions& options = {}) {
    std::string out{};
    const EncodeResult result = encode(value, out, options);
    EXPECT_TRUE(result) << result.error;
    return out;
}

template <class T>
std::string error_of(const T& value, const EncodeOptions& options = {}) {
    std::string out = "before";
    const EncodeResult result = encode(value, out, options);
    EXPECT_FALSE(result);
    EXPECT_EQ(out, "before");
    return result.error;
}

Everything full() {
    Everything value{};
    value.text = "Grüße \"du\"\n";
    value.flag = true;
    value.small = -7;
    value.large = std::numeric_limits<std::int64_t>::max();
    value.ratio = 0.0055;
    value.color = Color::red;
    value.maybe = "";
    value.time = parse_timestamp("2026-01-27T13:33:14.2705281+00:00");
    value.change = "new";
    value.open.text = R"({"a": [1, 2.50]})";
    value.maybe_open = RawJson{"null"};
    value.names = {"a", "b"};
    value.labels = {{"x", "1"}, {"y \"z\"", "2"}};
    value.filters = {{"message", {"delivered"}}, {"none", {}}};
    value.part = {"p", 3};
    value.maybe_part = Part{};
    value.parts = {{"r", {}}, {}};
    value.maybe_parts.emplace();
    value.parts_by_name = {{"k", {"s", {}}}};
    value.holes = {1, std::nullopt};
    value.part_change = Part{"t", 1};
    return value;
}

TEST(JsonEncode, WritesEveryKindOfMember) {
    EXPECT_EQ(
        encoded(full()),
        R"({"text":"Grüße \"du\"\n","flag":true,"small":-7,"large":9223372036854775807,"ratio":0.0055,"color":"RED",)"
        R"("maybe":"","time":"2026-01-27T13:33:14.2705281Z","change":"new","open":{"a": [1, 2.50]},"maybe_open":null,)"
        R"("names":["a","b"],"labels":{"x":"1","y \"z\"":"2"},"filters":{"message":["delivered"],"none":[]},)"
        R"("part":{"name":"p","weight":3},"maybe_part":{"name":""},"parts":[{"name":"r"},{"name":""}],)"
        R"("maybe_parts":[],"parts_by_name":{"k":{"name":"s"}},"holes":[1,null],"part_change":{"name":"t","weight":1}})");
}

TEST(JsonEncode, ReadsBackWhatItWrote) {
    Everything back{};
    const std::string text = encoded(full());
    const detail::DecodeResult result = detail::decode(text, back);
    ASSERT_TRUE(result) << result.message;
    EXPECT_EQ(result.mismatches, 0U) << result.first_mismatch;
    EXPECT_EQ(back.text, full().text);
    EXPECT_EQ(back.time, full().time);
    EXPECT_EQ(back.filters, full().filters);
    EXPECT_EQ(back.holes, full().holes);
    back.open = full().open;              // compact now
    back.maybe_open = full().maybe_open;  // null is absent
    EXPECT_EQ(encoded(back), text);
}

TEST(JsonEncode, LeavesOutWhatIsEmpty) {
    EXPECT_EQ(encoded(Everything{}), R"({"flag":false,"small":0,"large":0,"ratio":0,"part":{"name":""}})");
    EXPECT_EQ(encoded(Node{}), "{}");
    std::string out{};
    EXPECT_TRUE(encode(Node{}, out).is_empty);
    EXPECT_FALSE(encode(Node{"a", {}}, out).is_empty);
    EXPECT_TRUE(encode(Nothing{}, out).is_empty);
    EXPECT_EQ(out, R"({}{"id":"a"}{})");
}

struct Outer {
    Node plain{};
    Node always{};
    std::string text{};
};
bool never(const Outer&) {
    return false;
}
constexpr Field outer_fields[] = {
    field<&Outer::plain>("plain"),
    field<&Outer::always>("always").always(),
    field<&Outer::text>("text").when<&never>(),
};
constexpr StructInfo outer_info{"Outer", outer_fields};

TEST(JsonEncode, LeavesOutStructsWithNothingInside) {
    Outer outer{};
    std::string out{};
    ASSERT_TRUE(encode(outer_info, &outer, out));
    EXPECT_EQ(out, R"({"always":{}})");
    out.clear();
    outer.plain.id = "a";
    outer.text = "not written";
    ASSERT_TRUE(encode(outer_info, &outer, out));
    EXPECT_EQ(out, R"({"plain":{"id":"a"},"always":{}})");
}

TEST(JsonEncode, WritesThreeStates) {
    Everything value{};
    value.part.name = "p";
    value.change = null;
    value.part_change = null;
    EXPECT_EQ(
        encoded(value),
        R"({"flag":false,"small":0,"large":0,"ratio":0,"change":null,"part":{"name":"p"},"part_change":null})");
}

Request request() {
    Request value{};
    value.id = "7";
    value.page = 2;
    value.search = "find";
    value.template_id = "t";
    value.to = {"+14155550100"};
    value.variables = {{"name", "Ada"}};
    value.sandbox = false;
    value.token = "s3cret";
    value.created_by = "server";
    return value;
}

TEST(JsonEncode, WritesBodyFieldsOnly) {
    EXPECT_EQ(encoded(request()),
              R"({"template_id":"t","to":["+14155550100"],"templateVariables":{"name":"Ada"},)"
              R"("sandbox":false,"access_token":"s3cret","retry_count":3})");
}

TEST(JsonEncode, WritesRequiredAndAlwaysFieldsEvenIfEmpty) {
    EXPECT_EQ(encoded(Request{}), R"({"template_id":"","to":[],"retry_count":3})");
}

TEST(JsonEncode, ChoosesFieldsByPredicate) {
    Request value{};
    value.variables = {{"name", "Ada"}};
    value.old_name = true;
    EXPECT_NE(encoded(value).find(R"("messageBody":{"name":"Ada"})"), std::string::npos);
    EXPECT_EQ(encoded(value).find("templateVariables"), std::string::npos);
}

TEST(JsonEncode, SkipsDefaultsWhereTheTableSaysSo) {
    Request value{};
    EXPECT_EQ(encoded(value).find("urgent"), std::string::npos);
    value.urgent = true;
    EXPECT_NE(encoded(value).find(R"("urgent":true)"), std::string::npos);
}

TEST(JsonEncode, WritesEverythingOnDemand) {
    EncodeOptions options{};
    options.everything = true;
    EXPECT_EQ(
        encoded(request(), options),
        R"({"id":"7","page":2,"search":"find","template_id":"t","to":["+14155550100"],)"
        R"("templateVariables":{"name":"Ada"},"sandbox":false,"access_token":"s3cret","created_by":"server","retry_count":3})");
}

TEST(JsonEncode, RedactsSecretsOnDemand) {
    EncodeOptions options{};
    options.redact_secrets = true;
    const std::string text = encoded(request(), options);
    EXPECT_NE(text.find(R"("access_token":"[redacted]")"), std::string::npos);
    EXPECT_EQ(text.find("s3cret"), std::string::npos);
}

TEST(JsonEncode, AppendsToWhatIsThere) {
    std::string out = "before";
    ASSERT_TRUE(encode(Node{"a", {}}, out));
    EXPECT_EQ(out, R"(before{"id":"a"})");
}

TEST(B8_LoneSurrogate, IsRefusedInWhatIsSent) {
    Everything value{};
    value.open = RawJson{R"({"a":"\ud83d\ude00","b":"\ud83d"})"};
    EXPECT_EQ(error_of(value), "open: half a surrogate pair at byte 25, which is not a character");
    EncodeOptions options{};
    options.extra_members = R"({"a":"\ude00"})";
    std::string out;
    EXPECT_EQ(encode(Part{"p", {}}, out, options).error,
              "extra members: half a surrogate pair at byte 6, which is not a character");
}

TEST(B8_InvalidUtf8, IsRefusedInWhatIsSent) {
    Everything value{};
    value.open = RawJson{"{\"a\":\"caf\xE9\"}"};
    EXPECT_EQ(error_of(value), "open: invalid JSON at byte 9: invalid UTF-8");
}

TEST(JsonEncode, D3_NamesThePlaceOfInvalidUtf8AndWritesNothing) {
    Everything value{};
    value.labels = {{"name", "abc\xFF"}};
    EXPECT_EQ(error_of(value), R"(labels["name"]: invalid UTF-8 at byte 3)");
    value = {};
    value.labels = {{"+14155550100", "\xFF"}};
    EXPECT_EQ(error_of(value), "labels[*]: invalid UTF-8 at byte 0");
    value = {};
    value.labels = {{"key\xC3", "value"}};
    EXPECT_EQ(error_of(value), "labels[*]: invalid UTF-8 at byte 3 of a key");
    value = {};
    value.parts = {{"fine", {}}, {"fine", {}}, {"no\xED\xA0\x80", {}}};
    EXPECT_EQ(error_of(value), "parts[2].name: invalid UTF-8 at byte 2");
    value = {};
    value.filters = {{"message", {"ok", "\xC0\xAF"}}};
    EXPECT_EQ(error_of(value), R"(filters["message"][1]: invalid UTF-8 at byte 0)");
    value = {};
    value.color = "\x80";
    EXPECT_EQ(error_of(value), "color: invalid UTF-8 at byte 0");
    EXPECT_EQ(error_of(std::string{"\xFF"}), "the value: invalid UTF-8 at byte 0");
}

TEST(JsonEncode, RefusesNumbersThatAreNotFinite) {
    Everything value{};
    for (const double number : {std::numeric_limits<double>::infinity(), std::nan("")}) {
        value.ratio = number;
        EXPECT_EQ(error_of(value), "ratio: not a finite number, which JSON cannot express");
    }
}

TEST(JsonEncode, RefusesOpenMembersThatAreNotJson) {
    Everything value{};
    value.open.text = R"({"a":1}, "injected": true)";
    EXPECT_EQ(error_of(value), "open: invalid JSON at byte 7: unexpected ','");
    value.open.text = "\xEF\xBB\xBF{}";
    EXPECT_EQ(error_of(value), "open: invalid JSON at byte 0: a byte order mark");
    value.open.text = std::string(100'000, '[');
    EXPECT_EQ(error_of(value), "open: invalid JSON at byte 64: nested deeper than 64 levels");
}

TEST(JsonEncode, RefusesStructsNestedTooDeep) {
    Node root{};
    for (int i = 0; i < 40; ++i) {
        Node outer{};
        outer.children.push_back(std::move(root));
        root = std::move(outer);
    }
    EXPECT_NE(error_of(root).find("nested deeper than 64 levels"), std::string::npos);
}

// Extra members

EncodeOptions with(std::string_view extra) {
    EncodeOptions options{};
    options.extra_members = extra;
    return options;
}

TEST(JsonEncodeExtra, JoinsTheMembersOfTheStruct) {
    EXPECT_EQ(encoded(Node{"a", {}}, with(R"( { "new" : [1, {"id":"inner"}], "other":null } )")),
              R"({"id":"a", "new" : [1, {"id":"inner"}], "other":null })");
    EXPECT_EQ(encoded(Node{}, with(R"({"new":1})")), R"({"new":1})");
    EXPECT_EQ(encoded(Node{"a", {}}, with(" { } ")), R"({"id":"a"})");
}

TEST(JsonEncodeExtra, ReplacesMembersOfTheSameName) {
    Node node{"a", {}};
    node.children.emplace_back(Node{"child", {}});
    EXPECT_EQ(encoded(node, with(R"({"id":"b"})")), R"({"children":[{"id":"child"}],"id":"b"})");
    EXPECT_EQ(encoded(node, with(R"({"\u0069d":"b"})")), R"({"children":[{"id":"child"}],"\u0069d":"b"})");
    EXPECT_EQ(encoded(Node{"a", {}}, with(R"({"id":null})")), R"({"id":null})");
}

TEST(JsonEncodeExtra, MustBeAnObject) {
    struct Case {
        std::string extra;
        std::string error;
    };
    const std::vector<Case> cases = {
        {"[1]", "extra members: not a JSON object"},
        {"\"text\"", "extra members: not a JSON object"},
        {"[{\"a\":1}]", "extra members: not a JSON object"},
        {" ", "extra members: invalid JSON at byte 1: the text ends too early"},
        {R"({"a":1},"b":2)", "extra members: invalid JSON at byte 7: unexpected ','"},
        {R"({"a":1}})", "extra members: invalid JSON at byte 7: unexpected '}'"},
        {"{\"a\":\"\xFF\"}", "extra members: invalid JSON at byte 6: invalid UTF-8"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(error_of(Node{"a", {}}, with(each.extra)), each.error) << each.extra;
    }
}

// Text for paths and queries

template <class T>
std::optional<std::string> text_of(const T& value) {
    std::string out = ">";
    const bool set = detail::scalar_text(detail::type_info<T>, &value, out);
    EXPECT_EQ(set, out != ">");
    return set ? std::optional<std::string>{out.substr(1)} : std::nullopt;
}

TEST(JsonScalarText, GivesTheBareTextOfSingleValues) {
    EXPECT_EQ(text_of(std::string{"a b\"/\xFF"}), "a b\"/\xFF");
    EXPECT_EQ(text_of(Color{Color::red}), "RED");
    EXPECT_EQ(text_of(true), "true");
    EXPECT_EQ(text_of(false), "false");
    EXPECT_EQ(text_of(std::int32_t{-7}), "-7");
    EXPECT_EQ(text_of(std::int64_t{0}), "0");
    EXPECT_EQ(text_of(1.5), "1.5");
    EXPECT_EQ(text_of(std::optional<std::int32_t>{0}), "0");
    EXPECT_EQ(text_of(std::optional<bool>{false}), "false");
    EXPECT_EQ(text_of(std::optional<std::string>{"x"}), "x");
    EXPECT_EQ(text_of(Nullable<std::string>{"x"}), "x");
    EXPECT_EQ(text_of(parse_timestamp("2026-01-27T13:33:14Z")), "2026-01-27T13:33:14Z");
}

TEST(JsonScalarText, SaysWhatIsUnsetOrNotSingle) {
    EXPECT_EQ(text_of(std::string{}), std::nullopt);
    EXPECT_EQ(text_of(Color{}), std::nullopt);
    EXPECT_EQ(text_of(std::optional<std::int32_t>{}), std::nullopt);
    EXPECT_EQ(text_of(std::optional<std::string>{""}), std::nullopt);
    EXPECT_EQ(text_of(Nullable<std::string>{}), std::nullopt);
    EXPECT_EQ(text_of(Nullable<std::string>{null}), std::nullopt);
    EXPECT_EQ(text_of(std::vector<std::string>{"a"}), std::nullopt);
    EXPECT_EQ(text_of(Part{"a", 1}), std::nullopt);
    EXPECT_EQ(text_of(RawJson{"1"}), std::nullopt);
    EXPECT_EQ(text_of(std::nan("")), std::nullopt);
}

}  // namespace
}  // namespace sent::json_test
