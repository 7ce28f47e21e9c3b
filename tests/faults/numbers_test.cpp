// D8: phone numbers that are none.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <sent/testing/emulator.hpp>

#include "fault_scene.hpp"

namespace sent::test {
namespace {

using sent::testing::Emulator;
using ::testing::HasSubstr;

const std::vector<std::string>& bad_numbers() {
    static const std::vector<std::string> numbers = {
        "+1 415 555 0100",
        " +14155550100",
        "+14155550100 ",
        "+14155550100\n",
        "0014155550100",
        "14155550100",
        "+1415555CALL",
        "+1234567890123456",
        "+123456",
        "+04155550100",
        "+",
        "",
        "++14155550100",
        "+1-415-555-0100",
        "+\xD9\xA1\xD9\xA4\xD9\xA1\xD9\xA5\xD9\xA5\xD9\xA5\xD9\xA5\xD9\xA0\xD9\xA1\xD9\xA0\xD9\xA0",
        "\xEF\xBC\x8B"
        "14155550100",
    };
    return numbers;
}

class D8_PhoneNumbers : public ::testing::Test {
  protected:
    SendMessageRequest send_to(std::vector<std::string> numbers) const {
        SendMessageRequest request;
        request.to = std::move(numbers);
        request.template_ref.emplace();
        request.template_ref->id = emulator.seeds().templates.at(0).id;
        request.template_ref->parameters = {{"name", "Ada"}, {"order_id", "1"}};
        return request;
    }

    Client make_client() const {
        auto options = quick_options(emulator.base_url());
        options.api_key = emulator.api_key();
        return Client{options};
    }

    Emulator emulator{};
};

TEST_F(D8_PhoneNumbers, ASingleSendLeavesTheRuleToTheService) {
    const auto client = make_client();
    for (const char* number : {"+1415555CALL", "14155550100", "+1234567890123456"}) {
        SCOPED_TRACE(number);
        const auto result = client.call(send_to({number}));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().http_status, 400) << describe(result);
        EXPECT_EQ(result.error().code, "VALIDATION_002");
        EXPECT_EQ(result.error().outcome, Outcome::rejected);
        EXPECT_EQ(result.error().attempts, 1);
        EXPECT_THAT(result.error().hint(), HasSubstr("+"));
    }
    EXPECT_EQ(emulator.accepted_messages(), 0U);
}

TEST_F(D8_PhoneNumbers, BadOnesInAListAreReportedOneByOneAndTheRestIsSent) {
    const std::vector<std::string> good = {"+14155550100", "+442071838750", "+1234567", "+123456789012345"};
    std::vector<std::string> numbers;
    for (std::size_t i = 0; i < bad_numbers().size(); ++i) {
        numbers.push_back(bad_numbers()[i]);
        numbers.push_back(good[i % good.size()]);
    }
    SendToManyOptions options;
    options.leave_out_repeated_numbers = false;
    const auto report = make_client().messages().send_to_many(send_to(numbers), options);
    ASSERT_EQ(report.recipients.size(), numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        SCOPED_TRACE(numbers[i]);
        const bool is_good = std::find(good.begin(), good.end(), numbers[i]) != good.end();
        EXPECT_EQ(report.recipients[i].to, numbers[i]);
        EXPECT_EQ(report.recipients[i].outcome, is_good ? Outcome::accepted : Outcome::not_sent);
        EXPECT_EQ(report.recipients[i].request.has_value(), is_good);
    }
    EXPECT_EQ(report.failed, bad_numbers().size());
    EXPECT_EQ(report.accepted, numbers.size() - bad_numbers().size());
}

}  // namespace
}  // namespace sent::test
