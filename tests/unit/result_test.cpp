#include <csignal>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sent/http/transport.hpp>
#include <sent/result.hpp>

namespace sent::test {
namespace {

using ::testing::KilledBySignal;

Error refusal() {
    Error error;
    error.kind = ErrorKind::permission_denied;
    error.http_status = 403;
    error.code = "AUTH_004";
    error.message = "this key may not send";
    error.outcome = Outcome::rejected;
    return error;
}

/// What operator<< writes of the error: kind, code, message and hint.
const char* const text_of_refusal =
    "permission_denied .HTTP 403, AUTH_004.: this key may not send.*outcome: rejected.*key";

TEST(B27_UseOfAnErrorAsAValue, EndsTheProgramWithTheErrorsText) {
    Result<std::string> result = refusal();
    const Result<std::string> constant = refusal();
    EXPECT_EXIT(static_cast<void>(*result), KilledBySignal(SIGABRT), text_of_refusal);
    EXPECT_EXIT(static_cast<void>(*constant), KilledBySignal(SIGABRT), text_of_refusal);
    EXPECT_EXIT(static_cast<void>(result->size()), KilledBySignal(SIGABRT), text_of_refusal);
    EXPECT_EXIT(static_cast<void>(constant->size()), KilledBySignal(SIGABRT), text_of_refusal);
    EXPECT_EXIT(static_cast<void>(*Result<std::string>{refusal()}), KilledBySignal(SIGABRT), text_of_refusal);
}

TEST(B27_UseOfAnErrorAsAValue, SaysNothingOfAVariant) {
    const Result<int> result = refusal();
    EXPECT_EXIT(static_cast<void>(*result), KilledBySignal(SIGABRT),
                "^sent: the value of a Result was used, but the Result is an error: permission_denied");
}

TEST(B27_UseOfAnErrorAsAValue, HoldsNoRawBody) {
    auto error = refusal();
    error.raw_body = "a secret";
    const Result<int> result = error;
    EXPECT_EXIT(static_cast<void>(*result), KilledBySignal(SIGABRT),
                ::testing::Not(::testing::HasSubstr("a secret")));
}

TEST(B27_UseOfASuccessAsAnError, EndsTheProgramAndSaysSo) {
    const char* const text = "^sent: error.. was called on a Result that is a success.*if .!result.";
    const Result<int> result = 1;
    const Result<void> nothing;
    EXPECT_EXIT(static_cast<void>(result.error()), KilledBySignal(SIGABRT), text);
    EXPECT_EXIT(static_cast<void>(Result<int>{1}.error()), KilledBySignal(SIGABRT), text);
    EXPECT_EXIT(static_cast<void>(nothing.error()), KilledBySignal(SIGABRT), text);
    EXPECT_EXIT(static_cast<void>(Result<void>{}.error()), KilledBySignal(SIGABRT), text);
}

TEST(B27_UseOfATransportResult, EndsTheProgramWithTheErrorsText) {
    TransportError error;
    error.message = "connection refused";
    TransportResult failed = error;
    const TransportResult answered = HttpResponse{};
    EXPECT_EXIT(static_cast<void>(failed.response()), KilledBySignal(SIGABRT),
                "is an error: connection refused");
    EXPECT_EXIT(static_cast<void>(answered.error()), KilledBySignal(SIGABRT), "^sent: error.. was called");
}

TEST(Result, IsUsedAsWhatItIs) {
    Result<std::string> result = std::string{"text"};
    EXPECT_EQ(*result, "text");
    EXPECT_EQ(result->size(), 4U);
    EXPECT_EQ(*std::move(result), "text");
    const Result<std::string> failed = refusal();
    EXPECT_EQ(failed.error().code, "AUTH_004");
    EXPECT_EQ(failed.value_or("other"), "other");
}

}  // namespace
}  // namespace sent::test
