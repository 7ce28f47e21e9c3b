#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <regex>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/sent.hpp>
#include <sent/webhooks.hpp>

#include "json/type_info.hpp"
#include "support/read_file.hpp"

namespace sent::test {
namespace {

using Names = std::vector<std::string>;
/// The names of constants by header and enumeration.
using Constants = std::map<std::string, Names>;

Names first_groups(const std::string& text, const std::string& expression) {
    const std::regex regex{expression};
    Names names;
    for (std::sregex_iterator match{text.begin(), text.end(), regex}, end; match != end; ++match) {
        names.push_back((*match)[1].str());
    }
    return names;
}

std::string key_of(const std::string& header, const std::string& name) {
    std::string key = header;
    key.append(": ").append(name);
    return key;
}

/// What the classes in a header declare.
void add_declared(const std::string& header, const std::string& text, Constants& constants) {
    const std::regex start{R"(class (\w+) : public OpenEnum<)"};
    for (std::sregex_iterator match{text.begin(), text.end(), start}, end; match != end; ++match) {
        const auto begin = static_cast<std::size_t>(match->position());
        const auto body = text.substr(begin, text.find("\n};", begin) - begin);
        constants[key_of(header, (*match)[1].str())] = first_groups(body, R"(\bConstant (\w+)\b)");
    }
}

/// What SENT_DETAIL_OPEN_ENUM lists in a header.
void add_listed(const std::string& header, const std::string& text, Constants& constants) {
    const std::regex list{R"(SENT_DETAIL_OPEN_ENUM\(sent::\w+::(\w+),([^)]*)\);)"};
    for (std::sregex_iterator match{text.begin(), text.end(), list}, end; match != end; ++match) {
        constants[key_of(header, (*match)[1].str())] = first_groups((*match)[2].str(), R"((\w+))");
    }
}

/// A constant that is not listed would be counted as an unknown value.
TEST(OpenEnums, AreListedWithEachConstant) {
    Constants declared;
    Constants listed;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(SENT_TEST_DATA_DIR "/../../include/sent")) {
        if (entry.is_regular_file()) {
            const auto header = entry.path().string();
            const auto text = read_file(header);
            add_declared(header, text, declared);
            add_listed(header, text, listed);
        }
    }
    EXPECT_GE(declared.size(), 48U);
    EXPECT_THAT(listed, ::testing::ContainerEq(declared));
    for (const auto& [name, constants] : declared) {
        EXPECT_FALSE(constants.empty()) << name;
    }
}

TEST(OpenEnums, KnowTheirConstantsInAnyCase) {
    EXPECT_TRUE(detail::is_known(MessageStatus{MessageStatus::delivered}));
    EXPECT_TRUE(detail::is_known(MessageStatus{"delivered"}));
    EXPECT_TRUE(detail::is_known(MessageStatus{}));
    EXPECT_FALSE(detail::is_known(MessageStatus{"DELIVERED "}));
    EXPECT_FALSE(detail::is_known(MessageStatus{"lost"}));
    EXPECT_TRUE(detail::is_known(v2::Channel{"whatsapp"}));
    EXPECT_FALSE(detail::is_known(v2::Channel{"rcs"}));
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
