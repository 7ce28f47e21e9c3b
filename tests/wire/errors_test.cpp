#include <chrono>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/golden.hpp"

namespace {

using namespace std::chrono_literals;
using sent::ErrorKind;
using sent::Outcome;
using Details = std::map<std::string, std::vector<std::string>>;

struct Case {
    std::string reply;
    int status = 0;
    ErrorKind kind{};
    /// Empty: made up by the library, and not empty.
    std::string message{};
    Outcome outcome = Outcome::rejected;
    Details details{};
    std::string code{};
    std::string request_id{};
    std::optional<std::chrono::milliseconds> retry_after{};
    std::string doc_url{};
};

std::ostream& operator<<(std::ostream& out, const Case& test) {
    return out << test.reply;
}

std::vector<Case> problem_cases() {
    return {
        {"key_missing", 401, ErrorKind::authentication, "Header x-api-key not found"},
        {"sender_missing", 401, ErrorKind::authentication, "Header x-sender-id not found"},
        {"sender_invalid", 401, ErrorKind::authentication, "Invalid x-sender-id"},
        {"pair_mismatch", 401, ErrorKind::authentication, "Invalid API credentials!"},
        {"bad_request_problem", 400, ErrorKind::bad_request, "The page must not be negative"},
        {"not_found_problem", 404, ErrorKind::not_found, "No such contact"},
        {"conflict_title_only", 409, ErrorKind::conflict, "Conflict"},
        {"rate_limited",
         429,
         ErrorKind::rate_limited,
         "Rate limit exceeded. Please retry after 60 seconds.",
         Outcome::rejected,
         {},
         "",
         "req_429",
         60s},
        {"server_problem", 500, ErrorKind::server, "Something broke", Outcome::unknown, {}, "", "req_500"},
        {"bad_request_validation",
         400,
         ErrorKind::bad_request,
         "One or more errors occurred!",
         Outcome::rejected,
         {{"templateId", {"templateId must not be empty"}}, {"phoneNumber", {"not a number", "too short"}}}},
        {"envelope",
         404,
         ErrorKind::not_found,
         "Contact not found",
         Outcome::rejected,
         {{"id", {"unknown"}}},
         "RESOURCE_001",
         "req_a9",
         std::nullopt,
         "https://docs.sent.dm/reference/api/error-catalog"},
    };
}

std::vector<Case> bare_cases() {
    return {
        {"unauthorized_empty", 401, ErrorKind::authentication},
        {"forbidden_empty", 403, ErrorKind::permission_denied},
        {"forbidden_html", 403, ErrorKind::permission_denied},
        {"not_found_empty", 404, ErrorKind::not_found},
        {"not_found_html", 404, ErrorKind::not_found},
        {"unprocessable_text", 422, ErrorKind::unprocessable},
        {"rate_limited_empty", 429, ErrorKind::rate_limited},
        {"bad_gateway_html", 502, ErrorKind::server, "", Outcome::unknown},
        {"unavailable_empty", 503, ErrorKind::server, "", Outcome::unknown, {}, "", "", 2s},
        {"null_members", 400, ErrorKind::bad_request},
        {"wrong_types", 400, ErrorKind::bad_request, "", Outcome::rejected, {{"", {"first", "second"}}}},
        {"truncated_json", 500, ErrorKind::server, "", Outcome::unknown},
    };
}

class ErrorReplies : public ::testing::TestWithParam<Case> {
  protected:
    wire::Session session_{"errors/" + GetParam().reply};
};

void expect_error(const sent::Error& error, const Case& expected, const std::string& key = "") {
    EXPECT_EQ(error.http_status, expected.status);
    EXPECT_EQ(error.kind, expected.kind);
    if (expected.message.empty()) {
        EXPECT_NE(error.message.find(std::to_string(expected.status)), std::string::npos) << error.message;
    } else {
        EXPECT_EQ(error.message, expected.message);
    }
    EXPECT_EQ(error.outcome, expected.outcome);
    EXPECT_EQ(error.details, expected.details);
    EXPECT_EQ(error.code, expected.code);
    EXPECT_EQ(error.request_id, expected.request_id);
    EXPECT_EQ(error.retry_after, expected.retry_after);
    EXPECT_EQ(error.doc_url, expected.doc_url);
    EXPECT_EQ(error.attempts, 1);
    EXPECT_EQ(error.idempotency_key, key);
    EXPECT_FALSE(error.hint().empty());
}

TEST_P(ErrorReplies, ToASendAreData) {
    const auto done = session_.client.v1().messages().send_to_contact({wire::contact_id, wire::template_id});

    ASSERT_FALSE(done);
    expect_error(done.error(), GetParam());
}

TEST_P(ErrorReplies, ToAReadAreData) {
    const auto found = session_.client.v2().contacts().get(wire::contact_id);

    ASSERT_FALSE(found);
    expect_error(found.error(), GetParam());
}

TEST_P(ErrorReplies, ToASendOfV3AreData) {
    sent::SendMessageRequest request;
    request.to = {wire::phone_number};
    sent::CallOptions options;
    options.idempotency_key = "order-1001";

    const auto done = session_.client.messages().send(request, options);

    ASSERT_FALSE(done);
    auto expected = GetParam();
    if (expected.status == 409) {
        expected.outcome = Outcome::unknown;  // without a code: the key may be in flight
    }
    expect_error(done.error(), expected, "order-1001");
}

TEST_P(ErrorReplies, KeepWhatCame) {
    const auto golden = wire::golden("errors/" + GetParam().reply);
    const auto done = session_.client.v2().templates().remove(wire::template_id);

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().raw_body, golden.body);
    EXPECT_EQ(done.meta().raw_body, golden.body);
    EXPECT_EQ(done.meta().headers, golden.headers);
    EXPECT_EQ(done.meta().http_status, golden.status());
    EXPECT_EQ(done.meta().request_id, done.error().request_id);
}

TEST_P(ErrorReplies, ThrowTheClassThatFits) {
    const auto done = session_.client.v2().templates().remove(wire::template_id);
    const auto thrown = [&done]() -> std::string {
        try {
            done.value();
        } catch (const sent::BadRequestError&) {
            return "bad_request";
        } catch (const sent::AuthenticationError&) {
            return "authentication";
        } catch (const sent::PermissionDeniedError&) {
            return "permission_denied";
        } catch (const sent::NotFoundError&) {
            return "not_found";
        } catch (const sent::ConflictError&) {
            return "conflict";
        } catch (const sent::UnprocessableError&) {
            return "unprocessable";
        } catch (const sent::RateLimitError&) {
            return "rate_limited";
        } catch (const sent::ServerError&) {
            return "server";
        }
        return "nothing";
    };

    EXPECT_EQ(thrown(), to_string(GetParam().kind));
}

std::string case_name(const ::testing::TestParamInfo<Case>& info) {
    return info.param.reply;
}

INSTANTIATE_TEST_SUITE_P(WithABody, ErrorReplies, ::testing::ValuesIn(problem_cases()), case_name);
INSTANTIATE_TEST_SUITE_P(WithoutABodyOfOurs, ErrorReplies, ::testing::ValuesIn(bare_cases()), case_name);

TEST(ErrorRepliesElsewhere, CarryTheRateLimit) {
    const wire::Session session("errors/rate_limited");
    const auto done = session.client.v2().templates().remove(wire::template_id);

    const auto& limit = done.meta().rate_limit;
    ASSERT_TRUE(limit);
    EXPECT_EQ(limit->limit, 200);
    EXPECT_EQ(limit->remaining, 0);
    EXPECT_EQ(limit->reset, sent::parse_timestamp("2026-01-01T00:01:00Z"));
}

TEST(ErrorRepliesElsewhere, OfAPageThatIsNoJsonAreUndecodable) {
    const wire::Session session;
    session.mock->reply(200, "<html>Please log in</html>", {{"Content-Type", "text/html"}});
    session.mock->reply(200, "<html>Please log in</html>");

    const auto read = session.client.v2().contacts().list();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::undecodable);
    const auto done = session.client.v1().messages().send_to_contact({wire::contact_id, wire::template_id});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::undecodable);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
}

TEST(ErrorRepliesElsewhere, WithoutAnAnswerTellWhetherTheSendLeft) {
    using sent::testing::Reply;
    const struct {
        Reply reply;
        ErrorKind kind;
        Outcome outcome;
    } cases[] = {
        {Reply::name_not_resolved(), ErrorKind::connection, Outcome::not_sent},
        {Reply::connection_refused(), ErrorKind::connection, Outcome::not_sent},
        {Reply::connect_timeout(), ErrorKind::timeout, Outcome::not_sent},
        {Reply::certificate_rejected(), ErrorKind::tls, Outcome::not_sent},
        {Reply::timeout(), ErrorKind::timeout, Outcome::unknown},
        {Reply::connection_lost(), ErrorKind::connection, Outcome::unknown},
        {Reply::truncated(), ErrorKind::connection, Outcome::unknown},
        {Reply::throwing(std::string{"no exception of ours"}), ErrorKind::connection, Outcome::unknown},
    };
    for (const auto& expected : cases) {
        const wire::Session session;
        session.mock->reply(expected.reply);

        const auto done =
            session.client.v1().messages().send_to_contact({wire::contact_id, wire::template_id});

        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, expected.kind) << done.error();
        EXPECT_EQ(done.error().outcome, expected.outcome) << done.error();
        EXPECT_FALSE(done.error().hint().empty());
    }
}

}  // namespace
