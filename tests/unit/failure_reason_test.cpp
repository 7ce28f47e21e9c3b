#include <string>

#include <gtest/gtest.h>

#include "unit/client_fixture.hpp"

/// Messages::failure_reason, for `message.failed` deliveries.

namespace sent::test {
namespace {

class FailureReason : public ClientFixture {
  protected:
    [[nodiscard]] Result<std::optional<MessageActivity>> ask() const {
        return Client{options()}.messages().failure_reason("message-1");
    }
    void answer(const std::string& activities) {
        mock->otherwise(testing::Reply::json(
            200, R"({"success":true,"data":{"message_id":"message-1","activities":[)" + activities + "]}}"));
    }
};

TEST_F(FailureReason, IsThatOfTheNewestFailure) {
    answer(R"({"status":"SENT","description":"sent again","timestamp":"2026-08-01T09:00:09Z"},)"
           R"({"status":"FAILED","description":"2nd","timestamp":"2026-08-01T09:00:08Z",)"
           R"("reason_code":"DELIVERY_004","reason":"the handset is off"},)"
           R"({"status":"FAILED","description":"1st","timestamp":"2026-08-01T09:00:01Z","reason_code":"X"},)"
           R"({"status":"QUEUED","description":"","timestamp":"2026-08-01T09:00:00Z"})");
    const auto reason = ask();
    ASSERT_TRUE(reason) << reason.error();
    ASSERT_TRUE(*reason);
    EXPECT_EQ((*reason)->reason_code, "DELIVERY_004");
    EXPECT_EQ((*reason)->reason, "the handset is off");
    EXPECT_EQ((*reason)->description, "2nd");
    const auto requests = mock->requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].method, "GET");
    EXPECT_NE(requests[0].url.find("/v3/messages/message-1/activities"), std::string::npos);
}

TEST_F(FailureReason, GoesByTheTimesAndNotByTheOrder) {
    answer(R"({"status":"FAILED","description":"untimed"},)"
           R"({"status":"FAILED","description":"1st","timestamp":"2026-08-01T09:00:01Z"},)"
           R"({"status":"FAILED","description":"2nd","timestamp":"2026-08-01T09:00:08Z"})");
    const auto reason = ask();
    ASSERT_TRUE(reason && *reason);
    EXPECT_EQ((*reason)->description, "2nd");
}

TEST_F(FailureReason, IsTheFirstWhereTheTimesDoNotTell) {
    answer(R"({"status":"BLOCKED","description":"a"},{"status":"FILTERED","description":"b"})");
    const auto reason = ask();
    ASSERT_TRUE(reason && *reason);
    EXPECT_EQ((*reason)->description, "a");
}

TEST_F(FailureReason, IsNothingForAMessageThatDidNotFail) {
    answer(R"({"status":"DELIVERED","description":""})");
    const auto delivered = ask();
    ASSERT_TRUE(delivered);
    EXPECT_FALSE(*delivered);
    answer("");
    const auto fresh = ask();
    ASSERT_TRUE(fresh);
    EXPECT_FALSE(*fresh);
    EXPECT_EQ(fresh.meta().http_status, 200);
}

TEST_F(FailureReason, ErrorsAreResults) {
    mock->otherwise(testing::Reply::json(
        404, R"({"success":false,"error":{"code":"RESOURCE_003","message":"Message not found"}})"));
    const auto reason = ask();
    ASSERT_FALSE(reason);
    EXPECT_EQ(reason.error().kind, ErrorKind::not_found);
    EXPECT_EQ(reason.error().code, "RESOURCE_003");
    EXPECT_EQ(reason.meta().http_status, 404);
}

}  // namespace
}  // namespace sent::test
