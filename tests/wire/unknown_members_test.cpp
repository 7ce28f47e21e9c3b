// unknown_members() with the golden replies.
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

TEST(UnknownMembers, AreNoneInGoldenReplies) {
    for (auto& row : wire::read_table("operations.csv")) {
        const auto reply = row["reply"].substr(0, row["reply"].rfind(".http"));
        const auto found = unknown_members(row["name"], body_of(reply));
        ASSERT_TRUE(found) << row["name"] << ": " << found.error();
        // Deprecated by the vendor, and not read.
        const bool has_cursors = found->first.find("pagination.cursors") != std::string::npos;
        EXPECT_EQ(found->count, has_cursors ? 1U : 0U) << row["name"] << ": " << found->first;
    }
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
