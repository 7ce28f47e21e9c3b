// An answer that holds a secret of the service, such as a new key, and that the library does not accept.

#include <cstddef>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <sent/encoded_request.hpp>
#include <sent/operations.hpp>

#include "json/inspect.hpp"
#include "operations/registry.hpp"
#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Reply;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* cut_off =
    R"({"success":true,"data":{"id":"p1","name":"a","api_key":"sentinel-1","token":"sentinel-2",)"
    R"("callback_secret":"sentinel-3","signing_secret":"sentinel-4")";

/// Everything that an error shows.
template <class T>
std::string shown(const Result<T>& result) {
    if (result) {
        return "a success";
    }
    const auto& error = result.error();
    std::string text = error.message + error.raw_body + error.code + result.meta().raw_body;
    for (const auto& [field, problems] : error.details) {
        text += field;
        for (const auto& problem : problems) {
            text += problem;
        }
    }
    try {
        detail::throw_error(error);
    } catch (const std::exception& exception) {
        text += exception.what();
    }
    return text;
}

TransportError broken(TransportErrorKind kind) {
    TransportError error;
    error.kind = kind;
    error.message = "cut off";
    error.partial.status = 200;
    error.partial.body = cut_off;
    return error;
}

std::vector<Reply> bad_replies() {
    return {Reply::json(200, cut_off),
            Reply::json(201, R"({"success":true,"data":["sentinel"]})"),
            Reply::json(200, R"({"data":{"id":"p1","api_key":"sentinel"}})"),
            Reply::json(200,
                        R"({"success":false,"data":{"api_key":"sentinel"},"error":{"code":"INTERNAL_001"}})"),
            Reply::json(200, R"({"error":{},"secret":"sentinel"})"),
            Reply{200, "<p>sentinel</p>"},
            Reply::failure(broken(TransportErrorKind::incomplete)),
            Reply::failure(broken(TransportErrorKind::too_large))};
}

EncodedRequest request_of(const OperationInfo& operation) {
    EncodedRequest request;
    request.operation = operation.name;
    request.method = operation.method;
    for (const char c : operation.path) {
        const bool is_inside = !request.path.empty() && request.path.back() == '{';
        if (is_inside && c != '}') {
            continue;
        }
        if (c == '}') {
            request.path.back() = 'x';
        } else {
            request.path += c;
        }
    }
    request.body = operation.body == BodyRule::none ? "" : "{}";
    return request;
}

class SecretAnswers : public ClientFixture {
  protected:
    [[nodiscard]] Client client() const {
        auto without_retries = options();
        without_retries.retry.max_retries = 0;
        return Client{without_retries};
    }
};

TEST_F(SecretAnswers, AreNotShownByTheErrorOfAnyOperation) {
    std::size_t count = 0;
    for (const auto& operation : operations()) {
        const auto* const route = detail::find_route(operation.name);
        if (route->response == nullptr || !detail::holds_secret(&route->response())) {
            continue;
        }
        ++count;
        std::size_t number = 0;
        for (auto& reply : bad_replies()) {
            SCOPED_TRACE(std::string{operation.name} + ", reply " + std::to_string(number++));
            mock->reset();
            mock->reply(std::move(reply));
            const auto result = client().call(request_of(operation));
            const auto text = shown(result);
            EXPECT_EQ(mock->requests().size(), 1U) << text;
            if (!result) {
                EXPECT_THAT(text, Not(HasSubstr("sentinel")));
            }
        }
    }
    EXPECT_GE(count, 6U);
}

TEST_F(SecretAnswers, AreNotShownIfTheyBelongToAnotherRequest) {
    mock->reply(
        Reply::json(201, R"({"success":true,"data":{"id":"p1","name":"Somebody else","api_key":"sentinel"}})",
                    {{"Idempotent-Replayed", "true"}}));
    CreateSenderProfileRequest request;
    request.name = "Example Retail";
    request.short_name = "Example";
    const auto result = client().sender_profiles().create(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::conflict);
    EXPECT_THAT(shown(result), Not(HasSubstr("sentinel")));
}

TEST_F(SecretAnswers, AreNotShownByTheErrorOfDecode) {
    const auto result = decode<SenderProfile>("v3.sender_profiles.create", RawResponse{200, cut_off});
    ASSERT_FALSE(result);
    EXPECT_THAT(shown(result), Not(HasSubstr("sentinel")));
    EXPECT_THAT(shown(result), HasSubstr("it is not shown, because it may hold a secret"));
}

TEST_F(SecretAnswers, OfOtherOperationsAreShown) {
    mock->reply(Reply::json(200, R"({"success":true,"data":["a list"]})"));
    const auto result = client().contacts().get("contact-1");
    ASSERT_FALSE(result);
    EXPECT_THAT(result.error().raw_body, HasSubstr("a list"));
}

TEST_F(SecretAnswers, OfASuccessKeepTheirText) {
    const std::string text =
        R"({"success":true,"data":{"id":"p1","name":"Example Retail","api_key":"key-1"}})";
    mock->reply(Reply::json(201, text));
    CreateSenderProfileRequest request;
    request.name = "Example Retail";
    request.short_name = "Example";
    const auto result = client().sender_profiles().create(request);
    ASSERT_TRUE(result) << result.error();
    EXPECT_EQ(result.meta().raw_body, text);
    EXPECT_EQ(result->api_key.reveal(), "key-1");
}

}  // namespace
}  // namespace sent::test
