#include <string>

#include <gtest/gtest.h>

#include <sent/json_text.hpp>

#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json/field.hpp"

/// Members that are the whole object: Field::whole_object().

namespace sent::detail {

struct Entry {
    std::string id{};
    std::optional<bool> inherit{};
    RawJson fields{};
};
struct Entries {
    std::vector<Entry> items{};
    std::string after{};
};
struct Change {
    std::string id{};
    RawJson campaign{};
};

SENT_OWN_TABLE(Entry, field<&Entry::id>("id"), field<&Entry::inherit>("inherit"),
               field<&Entry::fields>("fields").whole_object());
SENT_OWN_TABLE(Entries, field<&Entries::items>("items"), field<&Entries::after>("after"));
SENT_OWN_TABLE(Change, field<&Change::id>("entryId").in_path(),
               field<&Change::campaign>("campaign").required().whole_object());

namespace {

TEST(WholeObject, ReceivesTheTextBesideTheOtherMembers) {
    Entries entries;
    const auto read = decode(
        R"({"items":[{"id":"a", "volume":1.50,"fields":{"x":[]},"inherit":true},{},{"id":"c"}],"after":"z"})",
        entries);

    ASSERT_TRUE(read) << read.message;
    ASSERT_EQ(entries.items.size(), 3U);
    EXPECT_EQ(entries.items[0].id, "a");
    EXPECT_EQ(entries.items[0].inherit, true);
    EXPECT_EQ(entries.items[0].fields.text, R"({"id":"a","volume":1.50,"fields":{"x":[]},"inherit":true})");
    EXPECT_EQ(entries.items[1].fields.text, "{}");
    EXPECT_EQ(entries.items[2].id, "c");
    EXPECT_EQ(entries.after, "z");
}

TEST(WholeObject, CountsValuesOfTheWrongType) {
    Entries entries;
    const auto read = decode(R"({"items":[{"id":{},"inherit":"yes"},7]})", entries);

    ASSERT_TRUE(read) << read.message;
    EXPECT_EQ(read.mismatches, 3U);
    EXPECT_EQ(entries.items.at(0).fields.text, R"({"id":{},"inherit":"yes"})");
}

TEST(WholeObject, MakesEveryMemberKnown) {
    Change change;
    const auto read =
        decode_strictly(R"({"entryId":"1","anything":[{"deep":null}]})", Described<Change>::info(), &change);

    ASSERT_TRUE(read) << read.message;
    EXPECT_EQ(read.first_unknown, "");
    EXPECT_EQ(change.id, "1");
}

TEST(WholeObject, IsWrittenBesideTheOtherMembers) {
    std::string out;
    EncodeOptions everything;
    everything.everything = true;
    const Entry entry{"b", true, {R"({"id":"a","x":{"id":1,"y":[1,{"z":null}]},"inherit":false,"w":1.50})"}};

    ASSERT_TRUE(encode(entry, out, everything));

    EXPECT_EQ(out, R"({"id":"b","inherit":true,"x":{"id":1,"y":[1,{"z":null}]},"w":1.50})");
}

TEST(WholeObject, LeavesOutMembersOfThePath) {
    std::string out;

    ASSERT_TRUE(encode(Change{"1", {R"({"entryId":"1","a":"\u00e9"})"}}, out));

    EXPECT_EQ(out, "{\"a\":\"\xC3\xA9\"}");
}

TEST(WholeObject, GivesWayToTheCallersMembers) {
    std::string out;
    EncodeOptions options;
    options.extra_members = R"({"a":2,"c":3})";

    ASSERT_TRUE(encode(Change{"1", {R"( { "a" : [1] , "b" : 1 } )"}}, out, options));

    EXPECT_EQ(out, R"({"b":1,"a":2,"c":3})");
}

TEST(WholeObject, MustBeAnObject) {
    for (const auto& [text, problem] : std::vector<std::pair<std::string, std::string>>{
             {"[1]", "campaign: not a JSON object"},
             {"\"a\"", "campaign: not a JSON object"},
             {"null", "campaign: not a JSON object"},
             {"{\"a\"", "campaign: invalid JSON at byte 4"},
             {"{} x", "campaign: invalid JSON at byte 3"},
             {R"({"a":"\ud83d"})", "campaign: half a surrogate pair at byte 6"}}) {
        std::string out = "before";

        const auto encoded = encode(Change{"1", {text}}, out);

        EXPECT_EQ(encoded.error.substr(0, problem.size()), problem) << text;
        EXPECT_EQ(out, "before");
    }
    std::string out;
    ASSERT_TRUE(encode(Change{"1", {"{ }"}}, out));
    EXPECT_EQ(out, "{}");
}

}  // namespace
}  // namespace sent::detail
