// unknown_members() with the golden replies.
#include <cstddef>
#include <filesystem>
#include <regex>
#include <string>

#include <gtest/gtest.h>

#include <sent/sent.hpp>

#include "wire/csv.hpp"
#include "wire/golden.hpp"

namespace {

using sent::unknown_members;

std::string body_of(const std::string& name) {
    return wire::golden(name).body;
}

TEST(UnknownMembers, AreCountedAndTheFirstIsNamed) {
    const auto found = unknown_members("v3.messages.send", body_of("v3/messages.send.reply_unknown"));
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->count, 4U) << "body, batch_id, cost and labels; not what stands beside `data`";
    EXPECT_EQ(found->first, "body");

    const auto nested = unknown_members(
        "v3.contacts.list",
        R"({"success":true,"data":{"contacts":[{"id":"1"},{"segment":{"a":1}},{"segment":2}]}})");
    ASSERT_TRUE(nested) << nested.error();
    EXPECT_EQ(nested->count, 2U);
    EXPECT_EQ(nested->first, "contacts[1].segment");

    const auto bare = unknown_members("v2.numbers.lookup", R"({"phoneNumber":"+1","carrierColour":"blue"})");
    ASSERT_TRUE(bare) << bare.error();
    EXPECT_EQ(bare->count, 1U);
    EXPECT_EQ(bare->first, "carrierColour");
}

TEST(UnknownMembers, ComeWithUnknownValues) {
    const auto found = unknown_members("v3.messages.send", body_of("v3/messages.send.reply_unknown"));
    ASSERT_TRUE(found) << found.error();
    EXPECT_EQ(found->values, 2U);
    EXPECT_EQ(found->first_value, "status");
    EXPECT_EQ(found->first_value_text, "HANDED_OVER");

    const auto nested = unknown_members(
        "v3.contacts.list",
        R"({"success":true,"data":{"contacts":[{"default_channel":"SMS"},{"default_channel":"+14155550100"}]}})");
    ASSERT_TRUE(nested) << nested.error();
    EXPECT_EQ(nested->count, 0U);
    EXPECT_EQ(nested->values, 1U);
    EXPECT_EQ(nested->first_value, "contacts[1].default_channel");
    EXPECT_EQ(nested->first_value_text, "") << "it may be a phone number";

    const auto bare =
        unknown_members("v2.numbers.lookup", R"({"phoneNumber":"+1","numberType":"satellite"})");
    ASSERT_TRUE(bare) << bare.error();
    EXPECT_EQ(bare->count, 0U);
    EXPECT_EQ(bare->values, 1U);
    EXPECT_EQ(bare->first_value, "numberType");
    EXPECT_EQ(bare->first_value_text, "satellite");

    const auto array = unknown_members("v3.campaigns.list", body_of("v3/campaigns.list.reply_unknown"));
    ASSERT_TRUE(array) << array.error();
    EXPECT_EQ(array->count, 2U);
    EXPECT_EQ(array->first, "[0].useCases[0].mood");
    EXPECT_EQ(array->values, 3U);
    EXPECT_EQ(array->first_value.rfind("campaigns[0].", 0), 0U) << array->first_value;
}

TEST(UnknownMembers, AreNoneInGoldenReplies) {
    for (auto& row : wire::read_table("operations.csv")) {
        const auto reply = row["reply"].substr(0, row["reply"].rfind(".http"));
        const auto found = unknown_members(row["name"], body_of(reply));
        ASSERT_TRUE(found) << row["name"] << ": " << found.error();
        EXPECT_EQ(found->count, 0U) << row["name"] << ": " << found->first;
        EXPECT_EQ(found->values, 0U) << row["name"] << ": " << found->first_value;
    }
}

/// Every reply below tests/data, of which an operation may have several: with nulls, of older versions, ...
TEST(UnknownMembers, AreOnlyInTheGoldenRepliesThatAreMadeForThem) {
    std::size_t checked = 0;
    const std::regex reply{R"((.+)\.reply(.*)\.http)"};
    for (const std::string generation : {"v1", "v2", "v3"}) {
        for (const auto& entry :
             std::filesystem::directory_iterator(std::string{SENT_TEST_DATA_DIR} + "/" + generation)) {
            const auto file = entry.path().filename().string();
            std::smatch parts;
            if (!std::regex_match(file, parts, reply)) {
                continue;
            }
            ++checked;
            const auto found = unknown_members(generation + "." + parts[1].str(),
                                               body_of(generation + "/" + entry.path().stem().string()));
            ASSERT_TRUE(found) << file << ": " << found.error();
            if (parts[2] == "_unknown") {
                EXPECT_GT(found->count + found->values, 0U) << file;
                continue;
            }
            EXPECT_EQ(found->count, 0U) << file << ": " << found->first;
            EXPECT_EQ(found->values, 0U) << file << ": " << found->first_value;
        }
    }
    EXPECT_GT(checked, 200U);
}

/// Every list of the service has cursors. They are deprecated and not read.
TEST(UnknownMembers, AreNotTheCursorsOfAPage) {
    const auto cursors =
        unknown_members("v3.contacts.list",
                        R"({"success":true,"data":{"contacts":[],"pagination":{"cursors":{"next":"x"}}}})");
    ASSERT_TRUE(cursors) << cursors.error();
    EXPECT_EQ(cursors->count, 0U);

    const auto others = unknown_members(
        "v3.contacts.list",
        R"({"success":true,"data":{"cursors":1,"contacts":[{"cursors":2}],"pagination":{"cursors":3,"s":4}}})");
    ASSERT_TRUE(others) << others.error();
    EXPECT_EQ(others->count, 3U) << "all but one";
    EXPECT_EQ(others->first, "cursors");
}

TEST(UnknownMembers, AreNotSoughtInWhatIsNoAnswer) {
    EXPECT_EQ(unknown_members("v3.contacts.remove", "").value().count, 0U);
    EXPECT_EQ(unknown_members("v3.contacts.get", "").value().count, 0U);
    EXPECT_EQ(unknown_members("v3.contacts.get", "<html>").error().kind, sent::ErrorKind::invalid_request);
    EXPECT_EQ(unknown_members("v3.nothing", "{}").error().kind, sent::ErrorKind::invalid_request);
}

TEST(UnknownMembers, AreCountedInBoundedMemory) {
    std::string text = R"({"success":true,"data":{"contacts":[)";
    for (int i = 0; i < 1'000'000; ++i) {
        text += "{},";
    }
    text += "{}]}}";
    const auto found = unknown_members("v3.contacts.list", text);
    ASSERT_FALSE(found) << "the elements would take a gigabyte";
    EXPECT_NE(found.error().message.find("memory"), std::string::npos) << found.error();
}

}  // namespace
