#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

namespace {

using sent::Client;
using wire::read_reply;
using wire::Requests;

std::vector<wire::RequestCase> number_requests() {
    return {
        {"v3/numbers.lookup.minimal", [](const Client& c) { (void)c.numbers().lookup(wire::phone_number); }}};
}

INSTANTIATE_TEST_SUITE_P(V3Numbers, Requests, ::testing::ValuesIn(number_requests()), wire::name_of_case);

TEST(V3Numbers, HaveEveryMember) {
    const auto lookup = [](const Client& c) { return c.numbers().lookup(wire::phone_number); };

    const auto whole = read_reply("numbers.lookup.reply", lookup);
    EXPECT_EQ(whole.phone_number, wire::phone_number);
    EXPECT_TRUE(whole.is_valid);
    EXPECT_EQ(whole.country_code, "44");
    EXPECT_EQ(whole.carrier_name, "Example Mobile");
    EXPECT_EQ(whole.line_type, "mobile");
    EXPECT_EQ(whole.mobile_country_code, "234");
    EXPECT_EQ(whole.mobile_network_code, "15");
    EXPECT_EQ(whole.is_ported, true);
    EXPECT_EQ(whole.is_voip, false);

    const auto sparse = read_reply("numbers.lookup.reply_nulls", lookup);
    EXPECT_EQ(sparse.phone_number, wire::phone_number);
    EXPECT_FALSE(sparse.is_valid);
    EXPECT_FALSE(sparse.country_code);
    EXPECT_FALSE(sparse.carrier_name);
    EXPECT_FALSE(sparse.line_type);
    EXPECT_FALSE(sparse.mobile_country_code);
    EXPECT_FALSE(sparse.mobile_network_code);
    EXPECT_FALSE(sparse.is_ported);
    EXPECT_FALSE(sparse.is_voip);

    const auto unknown = read_reply("numbers.lookup.reply_unknown", lookup);
    EXPECT_TRUE(unknown.is_valid);
    EXPECT_EQ(unknown.line_type, "string and tin");
}

}  // namespace
