#include <filesystem>
#include <functional>
#include <regex>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/webhooks.hpp>

#include "support/read_file.hpp"

namespace sent::test {
namespace {

/// The first group of each match in each public header.
std::multiset<std::string> in_headers(const std::string& expression) {
    std::multiset<std::string> found;
    const std::regex regex{expression};
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(SENT_TEST_DATA_DIR "/../../include/sent")) {
        if (entry.is_regular_file()) {
            const auto text = read_file(entry.path().string());
            for (std::sregex_iterator match{text.begin(), text.end(), regex}, end; match != end; ++match) {
                found.insert((*match)[1].str());
            }
        }
    }
    return found;
}

TEST(OpenEnums, AreAllHashable) {
    const auto enums = in_headers(R"(class (\w+) : public OpenEnum<)");
    EXPECT_GE(enums.size(), 35U);
    EXPECT_EQ(in_headers(R"(SENT_DETAIL_HASHABLE\([\w:]+::(\w+)\);)"), enums);
}

TEST(OpenEnums, HashAsTheyCompare) {
    const std::hash<MessageStatus> hash{};
    EXPECT_EQ(hash(MessageStatus::delivered), hash("delivered"));
    EXPECT_EQ(hash("Future_Status"), hash("FUTURE_sTATUS"));
    EXPECT_NE(hash("SENT"), hash("FAILED"));
    EXPECT_NE(hash("AB"), hash("BA"));
    EXPECT_NE(hash("["), hash("{")) << "they are no letters";
    EXPECT_EQ(hash(MessageStatus{}), hash(""));
}

TEST(OpenEnums, AreKeysOfUnorderedContainers) {
    std::unordered_map<Channel, int> sent;
    ++sent[Channel::sms];
    ++sent["SMS"];
    ++sent["carrier-pigeon"];
    EXPECT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent.at(Channel::sms), 2);

    const std::unordered_set<webhooks::EventFamily> families{webhooks::EventFamily::message, "MESSAGE"};
    EXPECT_EQ(families.size(), 1U);
    const std::unordered_set<v2::MessageStatus> statuses{v2::MessageStatus::sent, "sent", "lost"};
    EXPECT_EQ(statuses.count("LOST"), 1U);
}

}  // namespace
}  // namespace sent::test
