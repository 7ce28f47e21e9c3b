#include "json/decode.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "json_models.hpp"

namespace sent::json_test {
namespace {

using detail::decode;
using detail::decode_envelope;
using detail::DecodeResult;
using detail::DecodeStatus;
using detail::EnvelopeMember;
using detail::type_info;
using State = EnvelopeMember::State;

/// Decodes what must go through without a remark.
template <class T>
T decoded(std::string_view json) {
    T value{};
    const DecodeResult result = decode(json, value);
    EXPECT_TRUE(result) << json << '\n' << result.message;
    EXPECT_EQ(result.mismatches, 0U) << json << '\n' << result.first_mismatch;
    return value;
}

TEST(JsonDecode, ReadsEveryKindOfMember) {
    const auto value = decoded<Everything>(R"({
        "text": "Grüße\n", "flag": true, "small": -7, "large": 9007199254740993, "ratio": 0.0055, "color": "RED",
        "maybe": "", "time": "2026-01-27T13:33:14.2705281+00:00", "change": "new",
        "open": {"a": [1, 2.50, {"b": null}], "c": "\u00e4"}, "maybe_open": [true, -0, 1E+2],
        "names": ["a", "b"], "labels": {"x": "1", "y": "2"}, "filters": {"message": ["delivered", "failed"], "none": []},
        "part": {"name": "p", "weight": 3}, "maybe_part": {"name": "q"}, "parts": [{"name": "r"}, {}],
        "maybe_parts": [{"weight": 1}], "parts_by_name": {"k": {"name": "s"}}, "holes": [1, null, 3],
        "part_change": {"name": "t"}})");
    EXPECT_EQ(value.text, "Grüße\n");
    EXPECT_TRUE(value.flag);
    EXPECT_EQ(value.small, -7);
    EXPECT_EQ(value.large, 9007199254740993);
    EXPECT_EQ(value.ratio, 0.0055);
    EXPECT_EQ(value.color, Color::red);
    EXPECT_EQ(value.maybe, "");
    ASSERT_TRUE(value.time);
    EXPECT_EQ(format_timestamp(*value.time), "2026-01-27T13:33:14.270528100Z");
    ASSERT_TRUE(value.change.has_value());
    EXPECT_EQ(*value.change, "new");
    EXPECT_EQ(value.open.text, R"({"a":[1,2.50,{"b":null}],"c":"ä"})");
    ASSERT_TRUE(value.maybe_open);
    EXPECT_EQ(value.maybe_open->text, "[true,0,1E+2]");
    EXPECT_EQ(value.names, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(value.labels, (std::map<std::string, std::string>{{"x", "1"}, {"y", "2"}}));
    EXPECT_EQ(value.filters.at("message"), (std::vector<std::string>{"delivered", "failed"}));
    EXPECT_TRUE(value.filters.at("none").empty());
    EXPECT_EQ(value.part.name, "p");
    EXPECT_EQ(value.part.weight, 3);
    EXPECT_EQ(value.maybe_part.value().name, "q");
    ASSERT_EQ(value.parts.size(), 2U);
    EXPECT_EQ(value.parts[0].name, "r");
    EXPECT_EQ(value.maybe_parts.value().at(0).weight, 1);
    EXPECT_EQ(value.parts_by_name.at("k").name, "s");
    EXPECT_EQ(value.holes, (std::vector<std::optional<std::int32_t>>{1, std::nullopt, 3}));
    ASSERT_TRUE(value.part_change.has_value());
    EXPECT_EQ(value.part_change->name, "t");
}

TEST(JsonDecode, ReadsAStructThatContainsItself) {
    const auto root =
        decoded<Node>(R"({"id":"a","children":[{"id":"b","children":[{"id":"c"}]},{"id":"d"}]})");
    ASSERT_EQ(root.children.size(), 2U);
    EXPECT_EQ(root.children[0].children.at(0).id, "c");
    EXPECT_EQ(root.children[1].id, "d");
}

TEST(JsonDecode, ReadsFieldsInAnyOrderAndByAlias) {
    const auto value = decoded<Everything>(R"({"names":["z"],"small":2,"flag":true,"title":"by alias"})");
    EXPECT_EQ(value.text, "by alias");
    EXPECT_EQ(value.small, 2);
    EXPECT_TRUE(value.flag);
    EXPECT_EQ(value.names.at(0), "z");
}

TEST(JsonDecode, LeavesWhatIsMissingAsItWas) {
    Page page{};
    page.title = "kept";
    ASSERT_TRUE(decode("{}", page));
    EXPECT_EQ(page.title, "kept");
    EXPECT_EQ(page.total, -1);
}

TEST(JsonDecode, D4_SkipsUnknownFieldsOfAnyShape) {
    const auto node = decoded<Node>(
        R"({"new":1,"id":"a","x":{"id":"wrong","children":[{"id":"wrong"}]},"y":[[{"id":"wrong"}],"id"],"z":null,
            "children":[{"also":{"new":true},"id":"b"}]})");
    EXPECT_EQ(node.id, "a");
    ASSERT_EQ(node.children.size(), 1U);
    EXPECT_EQ(node.children[0].id, "b");
}

TEST(JsonDecode, D4_KeepsUnknownEnumValues) {
    EXPECT_EQ(decoded<Everything>(R"({"color":"ULTRAVIOLET"})").color.str(), "ULTRAVIOLET");
}

TEST(JsonDecode, TakesNullAsAbsent) {
    Everything value{};
    value.text = "kept";
    value.small = 5;
    value.flag = true;
    value.maybe = "gone";
    value.time = Timestamp{};
    value.maybe_part.emplace();
    value.maybe_open.emplace();
    value.names = {"gone"};
    value.labels = {{"gone", ""}};
    value.part.name = "kept";
    const DecodeResult result =
        decode(R"({"text":null,"small":null,"flag":null,"maybe":null,"time":null,"maybe_part":null,
        "maybe_open":null,"names":null,"labels":null,"part":null,"open":null,"color":null,"change":null,"unknown":null})",
               value);
    ASSERT_TRUE(result);
    EXPECT_EQ(result.mismatches, 0U);
    EXPECT_EQ(value.text, "kept");
    EXPECT_EQ(value.small, 5);
    EXPECT_TRUE(value.flag);
    EXPECT_FALSE(value.maybe);
    EXPECT_FALSE(value.time);
    EXPECT_FALSE(value.maybe_part);
    EXPECT_FALSE(value.maybe_open);
    EXPECT_TRUE(value.names.empty());
    EXPECT_TRUE(value.labels.empty());
    EXPECT_EQ(value.part.name, "kept");
    EXPECT_EQ(value.open.text, "");
    EXPECT_TRUE(value.change.is_null());
}

TEST(JsonDecode, SkipsNullElementsUnlessTheyCanBeEmpty) {
    const auto value = decoded<Everything>(
        R"({"names":["a",null,"b"],"labels":{"x":null,"y":"1"},"parts":[null,{"name":"p"}],"holes":[null]})");
    EXPECT_EQ(value.names, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(value.labels, (std::map<std::string, std::string>{{"y", "1"}}));
    ASSERT_EQ(value.parts.size(), 1U);
    EXPECT_EQ(value.holes, (std::vector<std::optional<std::int32_t>>{std::nullopt}));
}

TEST(JsonDecode, GivesStringsTheTextOfNumbersAndBooleans) {
    const auto value = decoded<Everything>(
        R"({"text":12.50,"maybe":-0,"color":7,"change":true,"names":[1E+2,false,18446744073709551616],"labels":{"a":1.0}})");
    EXPECT_EQ(value.text, "12.50");
    EXPECT_EQ(value.maybe, "0");
    EXPECT_EQ(value.color.str(), "7");
    EXPECT_EQ(*value.change, "true");
    EXPECT_EQ(value.names, (std::vector<std::string>{"1E+2", "false", "18446744073709551616"}));
    EXPECT_EQ(value.labels.at("a"), "1.0");
}

TEST(JsonDecode, GivesNumbersWhatStringsHold) {
    const auto value = decoded<Everything>(
        R"({"small":"12","large":"-9223372036854775808","ratio":"0.0412","holes":["3"]})");
    EXPECT_EQ(value.small, 12);
    EXPECT_EQ(value.large, std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(value.ratio, 0.0412);
    EXPECT_EQ(value.holes.at(0), 3);
}

TEST(JsonDecode, GivesIntegersIntegralNumbersInAnySpelling) {
    const auto value = decoded<Everything>(R"({"small":3.0,"large":1e3,"ratio":7})");
    EXPECT_EQ(value.small, 3);
    EXPECT_EQ(value.large, 1000);
    EXPECT_EQ(value.ratio, 7.0);
}

TEST(JsonDecode, D4_LeavesTargetsOfTheWrongTypeAloneAndNamesTheFirst) {
    struct Case {
        std::string json;
        std::string mismatch;
    };
    const std::vector<Case> cases = {
        {R"({"text":{}})", "text: expected string, found object"},
        {R"({"text":["a"]})", "text: expected string, found array"},
        {R"({"title":{}})", "title: expected string, found object"},
        {R"({"flag":1})", "flag: expected boolean, found number"},
        {R"({"flag":"true"})", "flag: expected boolean, found string"},
        {R"({"flag":{}})", "flag: expected boolean, found object"},
        {R"({"small":true})", "small: expected integer, found boolean"},
        {R"({"small":"twelve"})", "small: expected integer, found string"},
        {R"({"small":1.5})", "small: expected integer, found number"},
        {R"({"small":2147483648})", "small: expected integer, found number"},
        {R"({"small":-2147483649})", "small: expected integer, found number"},
        {R"({"small":99999999999999999999})", "small: expected integer, found number"},
        {R"({"large":9223372036854775808})", "large: expected integer, found number"},
        {R"({"large":1e300})", "large: expected integer, found number"},
        {R"({"large":[]})", "large: expected integer, found array"},
        {R"({"ratio":"much"})", "ratio: expected number, found string"},
        {R"({"ratio":"nan"})", "ratio: expected number, found string"},
        {R"({"ratio":"1e400"})", "ratio: expected number, found string"},
        {R"({"ratio":false})", "ratio: expected number, found boolean"},
        {R"({"color":{}})", "color: expected string, found object"},
        {R"({"maybe":[]})", "maybe: expected string, found array"},
        {R"({"time":"yesterday"})", "time: expected timestamp, found string"},
        {R"({"time":1769520794})", "time: expected timestamp, found number"},
        {R"({"time":{}})", "time: expected timestamp, found object"},
        {R"({"change":{}})", "change: expected string, found object"},
        {R"({"names":"a"})", "names: expected array, found string"},
        {R"({"names":{"a":1}})", "names: expected array, found object"},
        {R"({"names":[[]]})", "names[0]: expected string, found array"},
        {R"({"labels":[]})", "labels: expected object, found array"},
        {R"({"labels":{"key":{}}})", R"(labels["key"]: expected string, found object)"},
        {R"({"labels":{"+14155550100":{}}})", "labels[*]: expected string, found object"},
        {R"({"labels":{"14155550100":{}}})", "labels[*]: expected string, found object"},
        {R"({"parts_by_name":{"key":{"weight":"x"}}})",
         "parts_by_name[*].weight: expected integer, found string"},
        {R"({"filters":{"k":["a",{}]}})", "filters[*][1]: expected string, found object"},
        {R"({"part":"p"})", "part: expected object, found string"},
        {R"({"part":[]})", "part: expected object, found array"},
        {R"({"part":{"weight":"heavy"}})", "part.weight: expected integer, found string"},
        {R"({"maybe_part":7})", "maybe_part: expected object, found number"},
        {R"({"parts":[{},{},{},{"name":{}}]})", "parts[3].name: expected string, found object"},
        {R"({"parts":[7]})", "parts[0]: expected object, found number"},
        {R"({"parts_by_name":{"a":true}})", R"(parts_by_name["a"]: expected object, found boolean)"},
        {R"({"holes":[1,"x"]})", "holes[1]: expected integer, found string"},
    };
    for (const Case& each : cases) {
        SCOPED_TRACE(each.json);
        Everything value{};
        const DecodeResult result = decode(each.json, value);
        EXPECT_TRUE(result);
        EXPECT_EQ(result.mismatches, 1U);
        EXPECT_EQ(result.first_mismatch, each.mismatch);
        EXPECT_EQ(value.text, "");
        EXPECT_FALSE(value.flag);
        EXPECT_EQ(value.small, 0);
        EXPECT_EQ(value.large, 0);
        EXPECT_EQ(value.ratio, 0);
        EXPECT_FALSE(value.maybe);
        EXPECT_FALSE(value.time);
        EXPECT_TRUE(value.change.is_absent());
        EXPECT_FALSE(value.maybe_part);
        EXPECT_TRUE(value.names.empty());
        EXPECT_TRUE(value.labels.empty());
    }
}

TEST(JsonDecode, ShowsOnlyTheKeyThatItIsAt) {
    std::map<std::string, std::map<std::string, std::int32_t>> value{};
    const DecodeResult result = decode(R"({"outer":{"inner":"x"}})", value);
    EXPECT_EQ(result.first_mismatch, R"([*]["inner"]: expected integer, found string)");
}

TEST(JsonDecode, CountsEveryMismatchAndReadsOn) {
    Page page{};
    const DecodeResult result =
        decode(R"({"items":[{"id":{}},7,{"id":"good"}],"total":"?","title":"end"})", page);
    EXPECT_TRUE(result);
    EXPECT_EQ(result.mismatches, 3U);
    EXPECT_EQ(result.first_mismatch, "items[0].id: expected string, found object");
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[1].id, "good");
    EXPECT_EQ(page.title, "end");
}

TEST(JsonDecode, D1_LetsTheLastOfDuplicateKeysWin) {
    const auto value = decoded<Everything>(R"({"text":"a","text":"b","names":["x","y"],"names":["z"],
        "labels":{"k":"1","k":"2"},"labels":{"l":"3"},"part":{"name":"a","weight":1},"part":{"name":"b"},
        "maybe_part":{"name":"a","weight":1},"maybe_part":{"name":"b"},"parts":[{},{}],"parts":[{}],
        "open":{"a":1},"open":[2],"parts_by_name":{"k":{"name":"a","weight":1},"k":{"name":"b"}},
        "maybe_parts":[{},{}],"maybe_parts":[]})");
    EXPECT_EQ(value.text, "b");
    EXPECT_EQ(value.names, (std::vector<std::string>{"z"}));
    EXPECT_EQ(value.labels, (std::map<std::string, std::string>{{"l", "3"}}));
    EXPECT_EQ(value.part.name, "b");
    EXPECT_FALSE(value.part.weight);
    EXPECT_EQ(value.maybe_part.value().name, "b");
    EXPECT_FALSE(value.maybe_part.value().weight);
    EXPECT_EQ(value.parts.size(), 1U);
    EXPECT_EQ(value.open.text, "[2]");
    ASSERT_EQ(value.parts_by_name.size(), 1U);
    EXPECT_FALSE(value.parts_by_name.at("k").weight);
    EXPECT_TRUE(value.maybe_parts.value().empty());
}

TEST(JsonDecode, ReadsABareArrayWhereTheTableSaysSo) {
    const auto page = decoded<Page>(R"([{"id":"a"},{"id":"b"}])");
    ASSERT_EQ(page.items.size(), 2U);
    EXPECT_EQ(page.items[1].id, "b");
    EXPECT_TRUE(decoded<Page>("[]").items.empty());
}

TEST(JsonDecode, KeepsOpenMembersAsCompactText) {
    struct Case {
        std::string json;
        std::string text;
    };
    const std::vector<Case> cases = {
        {R"({"open": "a\"b\u0001\/" })", R"("a\"b\u0001/")"},
        {R"({"open": 12.50 })", "12.50"},
        {R"({"open": false })", "false"},
        {R"({"open": { } })", "{}"},
        {R"({"open": [ ] })", "[]"},
        {R"({"open": [ { } , [ ] , { "a" : [ ] , "b" : "" } , ",", null , "}" ] })",
         R"([{},[],{"a":[],"b":""},",",null,"}"])"},
        {R"({"open": {"n":9007199254740993,"f":0.10,"e":1e5,"big":123456789012345678901234567890}})",
         R"({"n":9007199254740993,"f":0.10,"e":1e5,"big":123456789012345678901234567890})"},
        {R"({"open": {"[":1,"{":2,":":3,"a\nb":4}})", R"({"[":1,"{":2,":":3,"a\nb":4})"},
    };
    for (const Case& each : cases) {
        EXPECT_EQ(decoded<Everything>(each.json).open.text, each.text);
    }
}

TEST(JsonDecode, ReadsErrorDetailsOfAnyShape) {
    struct Case {
        std::string details;
        detail::FieldErrors expected;
    };
    const std::vector<Case> cases = {
        {R"({"to":["one","two"],"from":["three"]})", {{"to", {"one", "two"}}, {"from", {"three"}}}},
        {R"({"to":"one","count":7,"ok":false})", {{"to", {"one"}}, {"count", {"7"}}, {"ok", {"false"}}}},
        {R"({"to":{"code":1,"text":["x"]}})", {{"to", {R"({"code":1,"text":["x"]})"}}}},
        {R"({"to":["one",{"code":1},["two"],3,null]})",
         {{"to", {"one", R"({"code":1})", R"(["two"])", "3"}}}},
        {R"({"to":null,"from":[]})", {{"from", {}}}},
        {R"({"to":["one"],"to":["two"]})", {{"to", {"two"}}}},
        {R"("it failed")", {{"", {"it failed"}}}},
        {R"(42)", {{"", {"42"}}}},
        {R"(["one","two",{"field":"to"}])", {{"", {"one", "two", R"({"field":"to"})"}}}},
        {R"([])", {{"", {}}}},
        {R"({})", {}},
        {R"(null)", {}},
    };
    for (const Case& each : cases) {
        const auto body = decoded<ErrorBody>(R"({"details":)" + each.details + R"(,"message":"m"})");
        EXPECT_EQ(body.details, each.expected) << each.details;
        EXPECT_EQ(body.message, "m");
    }
    EXPECT_EQ(decoded<ErrorBody>(R"({"details":{"a":["1"]},"details":{"b":["2"]}})").details,
              (detail::FieldErrors{{"b", {"2"}}}));
    EXPECT_EQ(decoded<ErrorBody>(R"({"details":{"a":["1"]},"details":"text"})").details,
              (detail::FieldErrors{{"", {"text"}}}));
}

TEST(JsonDecode, SaysThatTheWholeIsOfTheWrongType) {
    struct Case {
        std::string json;
        std::string found;
    };
    const std::vector<Case> cases = {{"[]", "array"},
                                     {"\"ok\"", "string"},
                                     {"12", "number"},
                                     {"true", "boolean"},
                                     {R"([{"id":"a"}])", "array"}};
    for (const Case& each : cases) {
        Node node{};
        const DecodeResult result = decode(each.json, node);
        EXPECT_FALSE(result);
        EXPECT_EQ(result.status, DecodeStatus::wrong_root);
        EXPECT_EQ(result.message, "unexpected JSON: the whole: expected object, found " + each.found);
        EXPECT_EQ(node.id, "");
    }
    decoded<Node>("null");
}

TEST(JsonDecode, ReadsAnyTypeAsTheWhole) {
    EXPECT_EQ(decoded<std::vector<Part>>(R"([{"name":"a"},{"name":"b"}])").at(1).name, "b");
    EXPECT_EQ(decoded<std::string>(R"("text")"), "text");
    EXPECT_EQ(decoded<std::optional<std::int64_t>>("null"), std::nullopt);
    EXPECT_EQ((decoded<std::map<std::string, bool>>(R"({"a":true})").at("a")), true);
    EXPECT_EQ(decoded<RawJson>(R"({"a": 1})").text, R"({"a":1})");
}

TEST(JsonDecode, ReadsAStructByItsTable) {
    Node node{};
    ASSERT_TRUE(decode(R"({"id":"a"})", node_info, &node));
    EXPECT_EQ(node.id, "a");
    Page page{};
    ASSERT_TRUE(decode(R"([{"id":"a"}])", page_info, &page));
    EXPECT_EQ(page.items.size(), 1U);
    Nothing nothing{};
    EXPECT_TRUE(decode(R"({"anything":[{}]})", nothing_info, &nothing));
}

// Envelopes

struct Reply {
    bool success = false;
    std::optional<ErrorBody> error{};
    std::vector<EnvelopeMember> members(const detail::TypeInfo* type, void* data) {
        return {{"success", &type_info<bool>, &success},
                {"data", type, data},
                {"error", &type_info<std::optional<ErrorBody>>, &error},
                {"meta"}};
    }
};

TEST(JsonEnvelope, ReadsItsMembersIntoWhatTheCallerGives) {
    Reply reply{};
    Node node{};
    auto members = reply.members(&type_info<Node>, &node);
    const DecodeResult result = decode_envelope(
        R"({"success":true,"data":{"id":"a"},"error":null,"meta":{"id":"wrong"},"new":{"data":{"id":"wrong"}}})",
        members.data(), members.size());
    ASSERT_TRUE(result) << result.message;
    EXPECT_TRUE(reply.success);
    EXPECT_EQ(node.id, "a");
    EXPECT_FALSE(reply.error);
    EXPECT_EQ(members[0].state, State::value);
    EXPECT_EQ(members[1].state, State::value);
    EXPECT_EQ(members[2].state, State::null);
    EXPECT_EQ(members[3].state, State::value);
}

TEST(JsonEnvelope, ReadsAnErrorWithoutData) {
    Reply reply{};
    Node node{};
    auto members = reply.members(&type_info<Node>, &node);
    ASSERT_TRUE(
        decode_envelope(R"({"error":{"message":"m","details":{"to":["x"]}},"data":null,"success":false})",
                        members.data(), members.size()));
    ASSERT_TRUE(reply.error);
    EXPECT_EQ(reply.error->message, "m");
    EXPECT_EQ(reply.error->details.at("to").at(0), "x");
    EXPECT_EQ(members[1].state, State::null);
    EXPECT_EQ(members[3].state, State::absent);
}

TEST(JsonEnvelope, ReadsDataThatIsAnArray) {
    Reply reply{};
    std::vector<Node> nodes{};
    auto list = reply.members(&type_info<std::vector<Node>>, &nodes);
    ASSERT_TRUE(decode_envelope(R"({"data":[{"id":"a"},{"id":"b"}]})", list.data(), list.size()));
    EXPECT_EQ(nodes.size(), 2U);

    Page page{};
    auto bare = reply.members(&type_info<Page>, &page);
    ASSERT_TRUE(decode_envelope(R"({"data":[{"id":"a"}]})", bare.data(), bare.size()));
    EXPECT_EQ(page.items.size(), 1U);
}

TEST(JsonEnvelope, NotesMembersOfTheWrongType) {
    Reply reply{};
    Node node{};
    auto members = reply.members(&type_info<Node>, &node);
    const DecodeResult result =
        decode_envelope(R"({"success":"yes","data":[1,2],"error":"down"})", members.data(), members.size());
    EXPECT_TRUE(result);
    EXPECT_EQ(result.mismatches, 3U);
    EXPECT_EQ(result.first_mismatch, "success: expected boolean, found string");
    EXPECT_EQ(members[0].state, State::mismatch);
    EXPECT_EQ(members[1].state, State::mismatch);
    EXPECT_EQ(members[2].state, State::mismatch);
    EXPECT_FALSE(reply.error);
}

TEST(JsonEnvelope, MustBeAnObject) {
    for (const char* json : {"[]", "\"text\"", "1", "true"}) {
        Reply reply{};
        auto members = reply.members(nullptr, nullptr);
        EXPECT_EQ(decode_envelope(json, members.data(), members.size()).status, DecodeStatus::wrong_root)
            << json;
    }
}

// Faults

TEST(JsonDecode, D1_NamesPlaceAndPathOfInvalidJsonWithoutEchoingIt) {
    struct Case {
        std::string json;
        std::string message;
    };
    const std::vector<Case> cases = {
        {"", "invalid JSON at byte 0: the text is empty"},
        {"<html><body>secret</body></html>", "invalid JSON at byte 0: unexpected '<'"},
        {R"({"items":[{},{},{"id":secret}]})", "invalid JSON at byte 22 (items[2].id): unexpected 's'"},
        {R"({"items":[{"id":"se)", "invalid JSON at byte 19 (items[0].id): the text ends too early"},
        {R"({"unknown":{"deep":[NaN]}})", "invalid JSON at byte 20: unexpected 'N'"},
        {R"({"total":1e400})", "invalid JSON at byte 13 (total): number too large"},
        {"{\"title\":\xC3\x28}", "invalid JSON at byte 9 (title): invalid UTF-8"},
        {R"({"title":"a"} trailing secret)", "invalid JSON at byte 16: unexpected 'a'"},
        {std::string(100, '\0'), "invalid JSON at byte 0: unexpected byte 0x00"},
    };
    for (const Case& each : cases) {
        Page page{};
        const DecodeResult result = decode(each.json, page);
        EXPECT_FALSE(result);
        EXPECT_EQ(result.status, DecodeStatus::invalid);
        EXPECT_EQ(result.message, each.message);
    }
}

TEST(JsonDecode, NamesThePathInsideAnEnvelope) {
    Reply reply{};
    Page page{};
    auto members = reply.members(&type_info<Page>, &page);
    const DecodeResult result =
        decode_envelope(R"({"data":{"items":[{"id":"a"},{"id":tru}]}})", members.data(), members.size());
    EXPECT_EQ(result.message, "invalid JSON at byte 38 (data.items[1].id): unexpected '}'");
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string all{};
    for (std::size_t i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

TEST(JsonDecode, D2_RefusesDeepNestingWhereverItStands) {
    const std::string deep = repeat("[", 100'000);
    for (const std::string& prefix : {std::string{}, std::string{R"({"unknown":)"},
                                      std::string{R"({"open":)"}, std::string{R"({"maybe_open":)"},
                                      std::string{R"({"names":)"}, std::string{R"({"parts":[{"new":)"}}) {
        Everything value{};
        const DecodeResult result = decode(prefix + deep, value);
        EXPECT_FALSE(result);
        EXPECT_EQ(result.status, DecodeStatus::too_deep) << prefix;
    }
    Node node{};
    EXPECT_EQ(decode(repeat(R"({"children":[)", 100'000), node).status, DecodeStatus::too_deep);
    ErrorBody body{};
    EXPECT_EQ(decode(R"({"details":{"x":)" + deep, body).status, DecodeStatus::too_deep);
    EXPECT_EQ(decode(R"({"details":)" + deep, body).status, DecodeStatus::too_deep);
}

TEST(JsonDecode, ReadsStructsAsDeepAsAllowed) {
    // 32 objects in 31 arrays and one string member.
    const std::string json = repeat(R"({"children":[)", 31) + R"({"id":"deepest"})" + repeat("]}", 31);
    const auto root = decoded<Node>(json);
    const Node* node = &root;
    for (int i = 0; i < 31; ++i) {
        ASSERT_EQ(node->children.size(), 1U);
        node = &node->children.front();
    }
    EXPECT_EQ(node->id, "deepest");
}

TEST(JsonDecode, D3_RefusesInvalidUtf8OutsideOfStrings) {
    for (const char* json : {"{\"title\":\xFF}", "\xFF{}", "{\xFF\"title\":1}", "{}\xED\xA0\x80"}) {
        Page page{};
        EXPECT_EQ(decode(json, page).status, DecodeStatus::invalid);
    }
}

TEST(JsonDecode, D3_ReplacesInvalidUtf8InStrings) {
    for (const char* json : {"{\"title\":\"a\xFF\"}", "{\"\xFF\":1,\"title\":\"a\xFF\"}",
                             "{\"unknown\":\"\xED\xA0\x80\",\"title\":\"a\xE9\"}"}) {
        EXPECT_EQ(decoded<Page>(json).title, "a\xEF\xBF\xBD");
    }
}

TEST(JsonDecode, ToleratesAByteOrderMark) {
    EXPECT_EQ(decoded<Node>("\xEF\xBB\xBF{\"id\":\"a\"}").id, "a");
}

TEST(JsonDecode, SurvivesDamagedTexts) {
    const std::string seed =
        R"({"text":"a","small":1,"open":{"a":[1]},"names":["a"],"labels":{"x":"1"},"filters":{"m":["d"]},
            "part":{"name":"p"},"parts":[{"name":"r"},{}],"parts_by_name":{"k":{}},"holes":[1,null],"time":"2026-01-27T13:33:14Z"})";
    std::mt19937 random{7};
    for (int round = 0; round < 20'000; ++round) {
        std::string text = seed;
        for (int i = 0; i < 3; ++i) {
            const std::size_t position = random() % text.size();
            // Swaps of values of different shapes find more than noise, which mostly is a syntax error.
            static const char* const pieces[] = {"{",     "}", "[", "]",  "null", "1",
                                                 "\"x\"", ",", ":", "{}", "[]",   "\"k\":"};
            text.replace(position, random() % 6, pieces[random() % std::size(pieces)]);
        }
        Everything value{};
        const DecodeResult result = decode(text, value);
        EXPECT_EQ(static_cast<bool>(result), result.message.empty());
        EXPECT_EQ(result.mismatches == 0, result.first_mismatch.empty());
        ErrorBody body{};
        (void)decode(R"({"details":)" + text + '}', body);
    }
}

}  // namespace
}  // namespace sent::json_test
