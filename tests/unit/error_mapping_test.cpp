#include "core/error_mapping.hpp"
#include "base/error_kinds.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <sent/result.hpp>

#include "support/sanitized.hpp"
#include "support/thread_time.hpp"

namespace sent::detail {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Error from(int status, std::string body, Headers headers = {}) {
    HttpResponse response;
    response.status = status;
    response.headers = std::move(headers);
    response.body = std::move(body);
    auto parsed = parse_error_body(response.body);
    return error_from_answer(std::move(response), std::move(parsed), true, "s3cret-key");
}

constexpr std::string_view long_key = "sk_live_4eC39Hq/Lyj+WDarjtT1_zdp7dc";
constexpr std::size_t most_kept = std::size_t{64} * 1024;

/// Whether eight consecutive characters of `long_key` are in the text.
bool shows_key(std::string_view text) {
    for (std::size_t i = 0; i + 8 <= long_key.size(); ++i) {
        if (text.find(long_key.substr(i, 8)) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

/// The three ways in which a body comes into an error.
std::vector<Error> errors_with(const HttpResponse& response) {
    std::vector<Error> errors;
    errors.push_back(error_from_answer(HttpResponse{response}, ErrorBody{}, true, long_key));
    errors.push_back(undecodable_error(response, "no JSON", true, long_key));
    TransportError lost;
    lost.partial = response;
    errors.push_back(error_from_transport(std::move(lost), long_key));
    return errors;
}

TEST(A1_LongErrorBodies, TakeMilliseconds) {
    for (const std::string_view part :
         {std::string_view{"x"}, std::string_view{"<p>Not found, sorry.</p>\n"}, long_key,
          long_key.substr(0, 8), long_key.substr(0, 7), std::string_view{"%25"},
          std::string_view{R"(\u005c)"}, std::string_view{"\\"}, std::string_view{"&amp;amp;"},
          std::string_view{"&#"}, std::string_view{"%73%6b_live_"}, std::string_view{"1-"}}) {
        HttpResponse response;
        response.status = 500;
        response.body = part;
        while (response.body.size() < std::size_t{8} * 1024 * 1024) {
            response.body += response.body;
        }
        const auto begin = test::thread_time();
        const auto errors = errors_with(response);
        const auto each = (test::thread_time() - begin) / errors.size();
        EXPECT_LT(each, std::chrono::milliseconds(test::sanitized ? 500 : 50)) << part;
        for (const auto& error : errors) {
            EXPECT_LE(error.raw_body.size(), most_kept);
            EXPECT_FALSE(shows_key(error.raw_body));
        }
    }
}

TEST(A1_LongErrorBodies, ShowNoPartOfTheKeyWhereTheyAreCut) {
    const std::string twice_escaped = R"(\\u0073\\u006b_li%2576e\\u005f4eC39Hq%2fLyj+WDarjtT1_zdp7dc)";
    for (const std::string& spelling : {std::string{long_key}, twice_escaped}) {
        for (std::size_t before = most_kept - spelling.size() - 2; before < most_kept + 2; before += 3) {
            HttpResponse response;
            response.status = 400;
            response.body = std::string(before, ' ') + spelling + std::string(10'000, ' ');
            for (const auto& error : errors_with(response)) {
                const auto end = error.raw_body.substr(before - 1);
                EXPECT_TRUE(std::string_view{" [redacted]"}.substr(0, end.size()) == end.substr(0, 11))
                    << before << ": " << end;
            }
        }
    }
}

TEST(ErrorMapping, StatusDecidesTheKind) {
    const std::pair<int, ErrorKind> rows[] = {
        {400, ErrorKind::bad_request},
        {401, ErrorKind::authentication},
        {402, ErrorKind::payment_required},
        {403, ErrorKind::permission_denied},
        {404, ErrorKind::not_found},
        {409, ErrorKind::conflict},
        {418, ErrorKind::unexpected_status},
        {422, ErrorKind::unprocessable},
        {429, ErrorKind::rate_limited},
        {500, ErrorKind::server},
        {501, ErrorKind::server},
        {599, ErrorKind::server},
        {307, ErrorKind::unexpected_status},
        {0, ErrorKind::unexpected_status},
        {999, ErrorKind::unexpected_status},
        {-1, ErrorKind::unexpected_status},
    };
    for (const auto& [status, kind] : rows) {
        EXPECT_EQ(from(status, "").kind, kind) << status;
        EXPECT_EQ(from(status, "").http_status, status);
    }
}

TEST(B37_PaymentRequired, IsAKindByStatusAndByCode) {
    EXPECT_EQ(from(402, "").kind, ErrorKind::payment_required);
    EXPECT_EQ(from(402, "<html>pay</html>").kind, ErrorKind::payment_required);
    const std::string body = R"({"success":false,"error":{"code":"BUSINESS_003","message":"empty"}})";
    EXPECT_EQ(from(402, body).kind, ErrorKind::payment_required);
    EXPECT_EQ(from(200, body).kind, ErrorKind::payment_required) << "a refusal inside a 2xx";
    EXPECT_EQ(from(422, body).kind, ErrorKind::unprocessable) << "the status decides where there is one";
    EXPECT_EQ(to_string(ErrorKind::payment_required), "payment_required");
    EXPECT_THAT(std::string{from(402, "").hint()}, HasSubstr("top up"));
}

TEST(B38_ResourceExhausted, IsAKindByItself) {
    TransportError local;
    local.kind = TransportErrorKind::resource_exhausted;
    local.message = "out of memory";
    const auto error = error_from_transport(std::move(local), "s3cret-key");
    EXPECT_EQ(error.kind, ErrorKind::resource_exhausted);
    EXPECT_EQ(to_string(error.kind), "resource_exhausted");
    EXPECT_THAT(std::string{error.hint()}, HasSubstr("memory"));
    TransportError network;
    network.kind = TransportErrorKind::connect;
    EXPECT_EQ(error_from_transport(std::move(network), "s3cret-key").kind, ErrorKind::connection);
}

TEST(ErrorMapping, ReadsTheProblemShape) {
    const auto error = from(401, R"({"status":401,"title":"Unauthorized","detail":"Invalid x-sender-id"})");
    EXPECT_EQ(error.message, "Invalid x-sender-id");
    EXPECT_EQ(from(404, R"({"status":404,"title":"Not Found"})").message, "Not Found");
}

TEST(ErrorMapping, ReadsTheValidationShape) {
    const auto error = from(400, R"({"statusCode":400,"message":"One or more errors occurred!",
                                    "errors":{"templateId":["templateId must not be empty","and valid"]}})");
    EXPECT_EQ(error.message, "One or more errors occurred!");
    EXPECT_THAT(error.details.at("templateId"), ElementsAre("templateId must not be empty", "and valid"));
}

TEST(ErrorMapping, ReadsTheEnvelope) {
    const auto error =
        from(400, R"({"success":false,"data":null,"error":{"code":"VALIDATION_004","message":"failed",
        "details":{"to":["must contain one"]},"doc_url":"https://docs.example/x"},"meta":{"request_id":"req_a9"}})");
    EXPECT_EQ(error.code, "VALIDATION_004");
    EXPECT_EQ(error.message, "failed");
    EXPECT_THAT(error.details.at("to"), ElementsAre("must contain one"));
    EXPECT_EQ(error.doc_url, "https://docs.example/x");
    EXPECT_EQ(error.request_id, "req_a9");
}

TEST(ErrorMapping, SurvivesEveryOtherShape) {
    for (const auto* body : {"", "null", "[]", "42", "\"text\"", "{", "{\"error\":null}",
                             "{\"error\":\"text\"}", "{\"error\":[1]}", "{\"errors\":\"x\"}",
                             "{\"errors\":[\"x\",{}]}", "{\"error\":{\"details\":\"x\"}}",
                             "{\"error\":{\"details\":[\"x\"]}}", "<html>oops</html>", "\xFF\xFE"}) {
        const auto error = from(500, body);
        EXPECT_EQ(error.kind, ErrorKind::server) << body;
        EXPECT_FALSE(error.message.empty()) << body;
        EXPECT_EQ(error.raw_body, body);
    }
    EXPECT_THAT(from(400, R"({"errors":"plain"})").details.at(""), ElementsAre("plain"));
}

TEST(ErrorMapping, SaysWhatAnsweredWhenTheBodyIsNoneOfOurs) {
    EXPECT_THAT(from(502, "<html>Bad Gateway</html>").message, HasSubstr("<html>Bad Gateway</html>"));
    EXPECT_THAT(from(403, "").message, HasSubstr("empty body"));
    EXPECT_LT(from(500, std::string(100'000, 'x')).message.size(), 400U);
}

TEST(ErrorMapping, NamesTheTargetOfARedirect) {
    EXPECT_THAT(from(307, "", {{"Location", "https://other.example/x"}}).message,
                HasSubstr("https://other.example/x, which is not followed"));
}

TEST(ErrorMapping, ShowsNeitherKeyNorPhoneNumber) {
    const auto error =
        from(400, R"({"message":"key s3cret-key of +14155551234","errors":{"+14155551234":["s3cret-key"]}})");
    const auto text = to_string(error);
    EXPECT_THAT(text, Not(HasSubstr("s3cret-key")));
    EXPECT_THAT(text, Not(HasSubstr("4155551234")));
    EXPECT_THAT(text, HasSubstr("+1415***1234"));
    EXPECT_THAT(error.raw_body, Not(HasSubstr("s3cret-key")));
}

TEST(ErrorMapping, EveryCataloguedCodeHasAHintOfItsOwn) {
    for (const auto* code : {"AUTH_001",
                             "AUTH_002",
                             "AUTH_004",
                             "AUTH_005",
                             "AUTH_006",
                             "AUTH_007",
                             "VALIDATION_001",
                             "VALIDATION_002",
                             "VALIDATION_003",
                             "VALIDATION_004",
                             "VALIDATION_005",
                             "VALIDATION_006",
                             "VALIDATION_007",
                             "VALIDATION_008",
                             "RESOURCE_001",
                             "RESOURCE_002",
                             "RESOURCE_003",
                             "RESOURCE_004",
                             "RESOURCE_005",
                             "RESOURCE_006",
                             "RESOURCE_007",
                             "RESOURCE_008",
                             "RESOURCE_009",
                             "RESOURCE_010",
                             "RESOURCE_011",
                             "RESOURCE_012",
                             "RESOURCE_013",
                             "RESOURCE_014",
                             "BUSINESS_001",
                             "BUSINESS_002",
                             "BUSINESS_003",
                             "BUSINESS_004",
                             "BUSINESS_005",
                             "BUSINESS_006",
                             "BUSINESS_007",
                             "BUSINESS_008",
                             "BUSINESS_010",
                             "BUSINESS_012",
                             "BUSINESS_014",
                             "CONFLICT_001",
                             "CONFLICT_006",
                             "SERVICE_001",
                             "INTERNAL_001",
                             "INTERNAL_002",
                             "INTERNAL_003",
                             "INTERNAL_004",
                             "INTERNAL_005",
                             "LIMIT_001",
                             "BUSINESS_029",
                             "WHATSAPP_TEMPLATE_REQUIRED",
                             "CONVERSATION_TEMPLATE_REQUIRED"}) {
        Error error;
        error.kind = ErrorKind::unexpected_status;
        error.outcome = Outcome::rejected;
        const auto general = error.hint();
        error.code = code;
        EXPECT_NE(error.hint(), general) << code;
    }
}

// That each kind has a row is checked in docs_test.cpp.
TEST(ErrorMapping, EveryKindHasANameAndAHint) {
    for (int i = 0; detail::find_row(static_cast<ErrorKind>(i)) != nullptr; ++i) {
        Error error;
        error.kind = static_cast<ErrorKind>(i);
        EXPECT_NE(to_string(error.kind), "unknown");
        EXPECT_FALSE(error.hint().empty());
    }
}

template <class Exception>
void expect_thrown(ErrorKind kind) {
    Error error;
    error.kind = kind;
    error.message = "why";
    try {
        static_cast<void>(Result<int>{error}.value());
        FAIL() << "nothing was thrown";
    } catch (const ApiError& caught) {
        EXPECT_NE(dynamic_cast<const Exception*>(&caught), nullptr) << to_string(kind);
        EXPECT_EQ(caught.error().kind, kind);
        EXPECT_THAT(caught.what(), HasSubstr("why"));
    }
}

TEST(ApiErrors, ValueThrowsTheSubclassThatFits) {
    expect_thrown<ConfigurationError>(ErrorKind::configuration);
    expect_thrown<InvalidRequestError>(ErrorKind::invalid_request);
    expect_thrown<ConnectionError>(ErrorKind::connection);
    expect_thrown<TlsError>(ErrorKind::tls);
    expect_thrown<TimeoutError>(ErrorKind::timeout);
    expect_thrown<CancelledError>(ErrorKind::cancelled);
    expect_thrown<BadRequestError>(ErrorKind::bad_request);
    expect_thrown<AuthenticationError>(ErrorKind::authentication);
    expect_thrown<PaymentRequiredError>(ErrorKind::payment_required);
    expect_thrown<StatusError>(ErrorKind::payment_required);
    expect_thrown<PermissionDeniedError>(ErrorKind::permission_denied);
    expect_thrown<NotFoundError>(ErrorKind::not_found);
    expect_thrown<ConflictError>(ErrorKind::conflict);
    expect_thrown<UnprocessableError>(ErrorKind::unprocessable);
    expect_thrown<RateLimitError>(ErrorKind::rate_limited);
    expect_thrown<ServerError>(ErrorKind::server);
    expect_thrown<StatusError>(ErrorKind::unexpected_status);
    expect_thrown<UndecodableError>(ErrorKind::undecodable);
    expect_thrown<ResponseTooLargeError>(ErrorKind::response_too_large);
    expect_thrown<QueueFullError>(ErrorKind::queue_full);
    expect_thrown<ResourceExhaustedError>(ErrorKind::resource_exhausted);
    expect_thrown<StorageError>(ErrorKind::storage);
    expect_thrown<WebhookRejectedError>(ErrorKind::webhook_rejected);
}

TEST(ApiErrors, TheValueOfATemporaryResultLivesOn) {
    struct List {
        std::vector<std::string> items{};
    };
    const auto list = [] { return Result<List>{List{{std::string(100, 'a'), std::string(100, 'b')}}}; };
    std::string seen;
    for (const auto& item : list().value().items) {
        seen += item.front();
    }
    EXPECT_EQ(seen, "ab");
}

TEST(ApiErrors, ResultOfVoidThrowsToo) {
    Error error;
    error.kind = ErrorKind::timeout;
    EXPECT_THROW(Result<void>{error}.value(), TimeoutError);
    EXPECT_NO_THROW(Result<void>{}.value());
}

TEST(ApiErrors, CopyWithoutThrowing) {
    static_assert(std::is_nothrow_copy_constructible_v<ServerError>);
    Error error;
    error.kind = ErrorKind::server;
    const ServerError original{error};
    const ServerError copy = original;  // NOLINT(performance-unnecessary-copy-initialization): what is tested
    EXPECT_STREQ(copy.what(), original.what());
}

}  // namespace
}  // namespace sent::detail
