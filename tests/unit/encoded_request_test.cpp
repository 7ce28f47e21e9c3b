#include <cstddef>
#include <future>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

/// Requests as text: encode(), Client::call of an EncodedRequest, decode().

namespace sent::test {
namespace {

using sent::testing::Reply;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto send_reply =
    R"({"success":true,"data":{"status":"QUEUED","template_name":"order_confirmation","recipients":)"
    R"([{"message_id":"msg-1","to":"+14155550100","channel":"sms"}]},"error":null,"meta":{"request_id":"req-1"}})";

class EncodedRequests : public ClientFixture {
  protected:
    static SendMessageRequest message() {
        SendMessageRequest request;
        request.to = {"+14155550100"};
        auto& ref = request.template_ref.emplace();
        ref.name = "order_confirmation";
        ref.parameters = {{"name", "Ada"}};
        return request;
    }
    static EncodedRequest encoded_message() { return encode(message()).value(); }

    static CallOptions without_retries() {
        CallOptions call;
        call.retry.emplace().max_retries = 0;
        return call;
    }

    /// The error that a struct and its text both end with, by `call`.
    template <class Request>
    void expect_same_error(const Request& request, const Reply& reply, const std::string& key = {}) {
        mock->reset();
        mock->otherwise(reply.always());
        auto call = without_retries();
        call.idempotency_key = key;
        const auto typed = Client{options()}.call(request, call);
        const auto encoded = Client{options()}.call(encode(request).value(), call);
        ASSERT_FALSE(typed);
        ASSERT_FALSE(encoded);
        EXPECT_EQ(encoded.error().kind, typed.error().kind);
        EXPECT_EQ(encoded.error().outcome, typed.error().outcome);
        EXPECT_EQ(encoded.error().message, typed.error().message);
        EXPECT_EQ(encoded.error().code, typed.error().code);
    }
};

TEST_F(EncodedRequests, HaveWhatGoesOnTheWire) {
    auto request = message();
    request.to = {"+14155550100", "+442071838750"};
    request.channel = {Channel::sms, Channel::whatsapp};

    const auto encoded = encode(request).value();

    EXPECT_EQ(encoded.operation, "v3.messages.send");
    EXPECT_EQ(encoded.method, "POST");
    EXPECT_EQ(encoded.path, "/v3/messages");
    EXPECT_EQ(encoded.messages, 4U);
    EXPECT_EQ(encoded.body, R"({"to":["+14155550100","+442071838750"],"channel":["sms","whatsapp"],)"
                            R"("template":{"name":"order_confirmation","parameters":{"name":"Ada"}}})");
}

TEST_F(EncodedRequests, HavePathAndQueryAndNoBodyOfARead) {
    ListContactsRequest request;
    request.page = 2;
    request.search = "a b&c";
    EXPECT_EQ(encode(request).value().path, "/v3/contacts?page=2&page_size=20&search=a%20b%26c");
    EXPECT_EQ(encode(GetContactRequest{"a/b"}).value().path, "/v3/contacts/a%2Fb");
    EXPECT_EQ(encode(GetContactRequest{"a/b"}).value().body, "");
    EXPECT_EQ(encode(v2::LookupNumberRequest{"+442071838750"}).value().path,
              "/v2/number-lookup?phoneNumber=%2B442071838750");
}

TEST_F(EncodedRequests, AreRefusedAsByCall) {
    const Client client{options()};
    SendMessageRequest without_recipients;

    const auto encoded = encode(without_recipients);
    const auto called = client.call(without_recipients);

    ASSERT_FALSE(encoded);
    EXPECT_EQ(encoded.error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(encoded.error().outcome, Outcome::not_sent);
    EXPECT_EQ(encoded.error().message, called.error().message);
    EXPECT_EQ(encode(GetContactRequest{".."}).error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(EncodedRequests, AreTheSameFromJson) {
    const auto text =
        encode("v3.messages.send", R"({"to": ["+14155550100"], "template": {"name": "order_confirmation",
        "parameters": {"name": "Ada"}}})");
    ASSERT_TRUE(text) << text.error();
    const auto typed = encoded_message();
    EXPECT_EQ(text->operation, typed.operation);
    EXPECT_EQ(text->method, typed.method);
    EXPECT_EQ(text->path, typed.path);
    EXPECT_EQ(text->body, typed.body);
    EXPECT_EQ(text->messages, typed.messages);
}

TEST_F(EncodedRequests, FromJsonPutEachMemberWhereItBelongs) {
    EXPECT_EQ(encode("v3.contacts.get", R"({"id": "c 1"})").value().path, "/v3/contacts/c%201");
    EXPECT_EQ(encode("v3.contacts.list", R"({"page": 2, "page_size": 50})").value().path,
              "/v3/contacts?page=2&page_size=50");
    EXPECT_EQ(encode("v3.me", "").value().path, "/v3/me");
    const auto update = encode("v3.contacts.update", R"({"id": "c1", "opt_out": true})").value();
    EXPECT_EQ(update.path, "/v3/contacts/c1");
    EXPECT_EQ(update.body, R"({"opt_out":true})");
    // Some DELETEs have a JSON object, some have no body.
    EXPECT_EQ(encode("v3.contacts.remove", R"({"id": "c1"})").value().body, "{}");
    EXPECT_EQ(encode("v3.webhooks.remove", R"({"id": "w1"})").value().body, "");
}

TEST_F(EncodedRequests, FromJsonNameTheMistake) {
    const auto message_of = [](std::string_view operation, std::string_view json) {
        const auto encoded = encode(operation, json);
        EXPECT_FALSE(encoded) << json;
        if (encoded) {
            return std::string{};
        }
        EXPECT_EQ(encoded.error().kind, ErrorKind::invalid_request);
        EXPECT_EQ(encoded.error().outcome, Outcome::not_sent);
        return encoded.error().message;
    };
    EXPECT_THAT(message_of("v3.messages.sent", "{}"), HasSubstr("`v3.messages.sent`"));
    EXPECT_THAT(message_of("+14155550100", "{}"), Not(HasSubstr("4155550100")));
    EXPECT_THAT(message_of("v3.messages.send", R"({"to":["+14155550100"],"txt":"Hi"})"), HasSubstr("`txt`"));
    EXPECT_THAT(message_of("v3.messages.send", R"({"to":["+1"],"template":{"name":"a","parameter":{}}})"),
                HasSubstr("`template.parameter`"));
    EXPECT_THAT(message_of("v3.messages.send", R"({"to":"+14155550100"})"), HasSubstr("to: expected array"));
    EXPECT_THAT(message_of("v3.messages.send", R"({"to":["+14155550100"],"+14155550100":1})"),
                Not(HasSubstr("4155550100")));
    EXPECT_THAT(message_of("v3.contacts.list", R"({"page":true})"), HasSubstr("page: expected integer"));
    EXPECT_THAT(message_of("v3.messages.send", R"({"to":["+14155550100"])"), HasSubstr("not a JSON object"));
    EXPECT_THAT(message_of("v3.messages.send", "[]"), HasSubstr("not a JSON object"));
    EXPECT_THAT(message_of("v3.messages.send", "{}"), HasSubstr("`to`"));
    EXPECT_THAT(message_of("v3.contacts.get", R"({"id":""})"), HasSubstr("`id`"));
}

TEST_F(EncodedRequests, OfEveryOperationWorkOrNameAMember) {
    for (const auto& operation : operations()) {
        const auto encoded = encode(operation.name, "{}");
        if (!encoded) {
            EXPECT_EQ(encoded.error().kind, ErrorKind::invalid_request) << operation.name;
            EXPECT_THAT(encoded.error().message, HasSubstr("`")) << operation.name;
            continue;
        }
        EXPECT_EQ(encoded->operation, operation.name);
        EXPECT_EQ(encoded->method, operation.method);
    }
}

TEST_F(EncodedRequests, AreSentWithTheirBytesAndCredentials) {
    mock->json(202, send_reply);
    auto encoded = encoded_message();
    encoded.body = R"({ "to" : ["+14155550100"], "text" : "kept as it is", "unknown": 1 })";
    CallOptions call;
    call.idempotency_key = "order-1";

    const auto reply = Client{options()}.call(encoded, call);

    ASSERT_TRUE(reply) << reply.error();
    EXPECT_EQ(reply->status, 202);
    EXPECT_EQ(reply->body, send_reply);
    EXPECT_EQ(reply.meta().request_id, "req-1");
    const auto sent_request = mock->requests().at(0);
    EXPECT_EQ(sent_request.body, encoded.body);
    EXPECT_EQ(sent_request.headers.get("x-api-key"), "test-key");
    EXPECT_EQ(sent_request.headers.get("Idempotency-Key"), "order-1");
    EXPECT_EQ(sent_request.headers.get("Content-Type"), "application/json");
}

TEST_F(EncodedRequests, OfV1AndReadsHaveTheirOwnHeaders) {
    mock->no_content().json(200, R"({"success":true,"data":{}})");
    const Client client{options()};
    ASSERT_TRUE(client.call(encode(send_request()).value()));
    ASSERT_TRUE(client.call(encode(GetAccountRequest{}).value()));
    const auto requests = mock->requests();
    EXPECT_EQ(requests.at(0).headers.get("x-sender-id"), "test-sender");
    EXPECT_FALSE(requests.at(0).headers.contains("Idempotency-Key"));
    EXPECT_FALSE(requests.at(1).headers.contains("Content-Type"));
}

TEST_F(EncodedRequests, HaveAnIdempotencyKeyOfTheirOwn) {
    mock->otherwise(Reply::json(202, send_reply).always());
    const Client client{options()};
    ASSERT_TRUE(client.call(encoded_message()));
    ASSERT_TRUE(client.call(encoded_message()));
    const auto requests = mock->requests();
    EXPECT_NE(requests.at(0).headers.get("Idempotency-Key"), requests.at(1).headers.get("Idempotency-Key"));
    EXPECT_TRUE(requests.at(0).headers.contains("Idempotency-Key"));
}

// What a queue in front of the client relies on.

TEST_F(EncodedRequests, AreJudgedLikeStructs) {
    const std::vector<Reply> replies{
        Reply::json(
            200, R"({"success":false,"data":null,"error":{"code":"BUSINESS_003","message":"No balance"}})"),
        Reply{200, "<html>Please log in</html>", {{"Content-Type", "text/html"}}},
        Reply::json(202, R"({"data":{"recipients":[]}})"),
        Reply::json(202, R"({"success":true,"data":"none"})"),
        Reply{202, ""},
        Reply::json(202, R"({"success":true,"data":{"recip)"),
        Reply::error(401, "AUTH_002"),
        Reply::error(409, "CONFLICT_001"),
        Reply::error(429, "BUSINESS_002"),
        Reply::error(503, "SERVICE_001"),
        Reply{500, ""},
        Reply::timeout(),
        Reply::connection_refused(),
    };
    for (const auto& reply : replies) {
        expect_same_error(message(), reply);
    }
    for (const auto& reply :
         {Reply{200, "<html></html>"}, Reply::json(200, "[]"), Reply{500, ""}, Reply::timeout()}) {
        expect_same_error(send_request(), reply);
    }
    expect_same_error(read_request(), Reply::json(200, "[]"));
}

TEST_F(EncodedRequests, AreComparedWithReplayedAnswers) {
    const auto other = R"({"success":true,"data":{"status":"QUEUED","template_name":"order_confirmation",)"
                       R"("recipients":[{"message_id":"msg-1","to":"+442071838750"}]}})";
    expect_same_error(message(), Reply::json(202, other, {{"Idempotent-Replayed", "true"}}), "order-1");
}

TEST_F(EncodedRequests, AreRefusedInSandboxModeSinceTheirBytesLeaveAsTheyAre) {
    mock->otherwise(Reply::json(200, R"({"success":true,"data":{}})").always());
    auto sandboxed = options();
    sandboxed.sandbox = true;
    const Client client{sandboxed};

    const auto refused = client.call(encoded_message());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::configuration);
    EXPECT_EQ(refused.error().outcome, Outcome::not_sent);
    EXPECT_THAT(refused.error().message, HasSubstr("`sandbox`"));

    CallOptions call;
    call.sandbox = true;
    EXPECT_EQ(Client{options()}.call(encoded_message(), call).error().kind, ErrorKind::configuration);
    EXPECT_TRUE(client.call(encode(GetAccountRequest{}).value()));
    call.sandbox = false;
    EXPECT_EQ(mock->request_count(), 1U);
    EXPECT_TRUE(client.call(encoded_message(), call));
}

TEST_F(EncodedRequests, HaveTheHeadersOfTheReplyForSuccessesAndFailures) {
    mock->json(202, send_reply, {{"Date", "Mon, 30 Nov 2026 10:00:00 GMT"}})
        .reply(Reply::error(401, "AUTH_002", {}, {{"Date", "Mon, 30 Nov 2026 11:00:00 GMT"}}));
    const Client client{options()};
    EXPECT_EQ(client.call(encoded_message()).meta().headers.get("date"), "Mon, 30 Nov 2026 10:00:00 GMT");
    EXPECT_EQ(client.call(encoded_message()).meta().headers.get("date"), "Mon, 30 Nov 2026 11:00:00 GMT");
}

TEST_F(EncodedRequests, AreAttemptedOnceWithoutRetries) {
    mock->otherwise(Reply{503, ""}.always());
    const auto reply = Client{options()}.call(encoded_message(), without_retries());
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().attempts, 1);
    EXPECT_EQ(mock->request_count(), 1U);
}

TEST_F(EncodedRequests, AreRepeatedAsTheirOperationAllows) {
    mock->otherwise(Reply::timeout().always());
    const Client client{options()};
    EXPECT_EQ(client.call(encoded_message()).error().attempts, 3);
    EXPECT_EQ(client.call(encode(send_request()).value()).error().attempts, 1);
}

TEST_F(EncodedRequests, ThatDoNotFitTheirOperationAreRefused) {
    const Client client{options()};
    const auto refusal = [&](void (*damage)(EncodedRequest&), const CallOptions& call = {}) {
        auto encoded = encoded_message();
        damage(encoded);
        const auto reply = client.call(encoded, call);
        EXPECT_FALSE(reply);
        if (reply) {
            return std::string{};
        }
        EXPECT_EQ(reply.error().kind, ErrorKind::invalid_request);
        EXPECT_EQ(reply.error().outcome, Outcome::not_sent);
        return reply.error().message;
    };
    EXPECT_THAT(refusal([](auto& request) { request.operation = "v9.messages.send"; }),
                HasSubstr("`operation`"));
    EXPECT_THAT(refusal([](auto& request) { request.operation.clear(); }), HasSubstr("`operation`"));
    EXPECT_THAT(refusal([](auto& request) { request.method = "GET"; }), HasSubstr("`method`"));
    EXPECT_THAT(refusal([](auto& request) { request.path = "/v3/contacts"; }), HasSubstr("`path`"));
    EXPECT_THAT(refusal([](auto& request) { request.path = "/v3/messages/"; }), HasSubstr("`path`"));
    EXPECT_THAT(refusal([](auto& request) { request.path = "/v3/messages#x"; }), HasSubstr("`path`"));
    EXPECT_THAT(refusal([](auto& request) { request.path = "https://evil.example/v3/messages"; }),
                HasSubstr("`path`"));
    EXPECT_THAT(refusal([](auto& request) { request.path = "/v3/messages?a=b\r\nX: y"; }),
                HasSubstr("`path`"));
    EXPECT_THAT(refusal([](auto& request) { request.path.clear(); }), HasSubstr("`path`"));
    EXPECT_THAT(refusal([](auto& request) { request.body.clear(); }), HasSubstr("`body`"));
    CallOptions call;
    call.extra_body = R"({"a":1})";
    EXPECT_THAT(refusal([](auto&) {}, call), HasSubstr("`extra_body`"));

    auto read = encode(GetContactRequest{"c1"}).value();
    read.path = "/v3/contacts/..";
    EXPECT_EQ(client.call(read).error().kind, ErrorKind::invalid_request);
    read.path = "/v3/contacts/c1";
    read.body = "{}";
    EXPECT_EQ(client.call(read).error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(EncodedRequests, GoByAllWays) {
    mock->otherwise(Reply::json(202, send_reply).always());
    const Client client{options()};

    EXPECT_EQ(client.submit(encoded_message()).get().value().status, 202);
    std::promise<int> status;
    client.submit(encoded_message(),
                  [&](Result<RawResponse> reply) { status.set_value(reply.value().status); });
    EXPECT_EQ(status.get_future().get(), 202);
    const auto report = client.bulk(std::vector<EncodedRequest>(3, encoded_message()));
    EXPECT_EQ(report.succeeded, 3U);
    const std::vector<Keyed<EncodedRequest>> keyed{{encoded_message(), "key-1"},
                                                   {encoded_message(), "key-2"}};
    EXPECT_EQ(client.bulk(keyed).succeeded, 2U);
    EXPECT_EQ(mock->requests().back().headers.get("Idempotency-Key"), "key-2");
}

TEST_F(EncodedRequests, CountTheirMessagesForTheRateLimit) {
    mock->otherwise(Reply::json(202, send_reply).always());
    auto limited = options();
    limited.rate_limit.messages_per_minute = 10;
    limited.rate_limit.message_burst = 10;
    const Client client{limited};
    auto encoded = encoded_message();
    encoded.messages = 10;
    CallOptions call;
    call.deadline = std::chrono::seconds{5};
    EXPECT_TRUE(client.call(encoded, call));
    // Stored by hand without a number: one at least.
    encoded.messages = 0;
    EXPECT_EQ(client.call(encoded, call).error().kind, ErrorKind::timeout);
}

TEST_F(EncodedRequests, AnswersAreReadIntoTheirStruct) {
    const auto reply = decode<SendMessageResponse>("v3.messages.send", RawResponse{202, send_reply});
    ASSERT_TRUE(reply) << reply.error();
    EXPECT_EQ(reply->recipients.at(0).message_id, "msg-1");
    EXPECT_EQ(reply.meta().request_id, "req-1");
    EXPECT_EQ(reply.meta().http_status, 202);
    EXPECT_EQ(reply.meta().raw_body, send_reply);

    EXPECT_TRUE(decode<void>("v1.messages.send_to_contact", RawResponse{204, ""}));
    const auto page = decode<Page<v2::Contact>>(
        "v2.contacts.list",
        RawResponse{200, R"({"items":[{}],"page":0,"pageSize":1,"totalCount":2,"totalPages":2})"});
    ASSERT_TRUE(page) << page.error();
    EXPECT_TRUE(page->has_more);
}

TEST_F(EncodedRequests, AnswersAreReadAsLenientlyAsByCall) {
    const Client client{options()};
    const auto expect_both = [&](const auto& request, const std::string& body, int status = 200) {
        using Response = response_of<std::decay_t<decltype(request)>>;
        mock->reset();
        mock->otherwise(Reply::json(status, body).always());
        const auto typed = client.call(request);
        const auto text = client.call(encode(request).value());
        ASSERT_EQ(typed.has_value(), text.has_value()) << body;
        const auto decoded = decode<Response>(encode(request)->operation, RawResponse{status, body});
        ASSERT_EQ(decoded.has_value(), typed.has_value()) << body;
        if (!typed) {
            EXPECT_EQ(decoded.error().kind, typed.error().kind) << body;
            EXPECT_EQ(decoded.error().outcome, typed.error().outcome) << body;
        }
    };
    expect_both(v1::ListTemplatesRequest{}, "[]");
    expect_both(v1::ListTemplatesRequest{}, R"([{"id":"t"}])");
    expect_both(GetContactRequest{"c1"}, R"({"data":{"id":"c1"}})");
    expect_both(GetContactRequest{"c1"}, "");
    expect_both(read_request(), "");
    expect_both(message(), R"({"success":true,"data":"none"})", 202);
    expect_both(message(), R"({"data":{"recipients":[]}})", 202);
    expect_both(message(), "<html>", 202);
    expect_both(send_request(), R"({"error":"login"})");
    expect_both(send_request(), "\xEF\xBB\xBF{}");
    expect_both(RemoveContactRequest{"c1"}, "\xEF\xBB\xBF{\"success\":true,\"data\":null}");
    EXPECT_TRUE(client.call(RemoveContactRequest{"c1"}));
    EXPECT_EQ(
        decode<Page<v1::Template>>("v1.templates.list", RawResponse{200, R"([{"id":"t"}])"})->items.size(),
        1U);
}

TEST_F(EncodedRequests, AnswersThatAreNoneAreErrors) {
    const auto unknown = decode<void>("v3.nothing", RawResponse{204, ""});
    EXPECT_EQ(unknown.error().kind, ErrorKind::invalid_request);
    const auto other = decode<Contact>("v3.messages.send", RawResponse{202, send_reply});
    EXPECT_EQ(other.error().kind, ErrorKind::invalid_request);
    EXPECT_THAT(other.error().message, HasSubstr("sent::v3::SendMessageResponse"));
    EXPECT_EQ(decode<void>("v3.messages.send", RawResponse{202, send_reply}).error().kind,
              ErrorKind::invalid_request);
    EXPECT_EQ(decode<Contact>("v1.messages.send_to_contact", RawResponse{204, ""}).error().kind,
              ErrorKind::invalid_request);

    const auto html = decode<SendMessageResponse>("v3.messages.send", RawResponse{200, "<html>"});
    EXPECT_EQ(html.error().kind, ErrorKind::undecodable);
    const auto refused = decode<SendMessageResponse>(
        "v3.messages.send",
        RawResponse{200, R"({"success":false,"error":{"code":"BUSINESS_003","message":"No balance"}})"});
    EXPECT_EQ(refused.error().code, "BUSINESS_003");
    const auto failed = decode<SendMessageResponse>("v3.messages.send",
                                                    RawResponse{404, R"({"error":{"code":"RESOURCE_001"}})"});
    EXPECT_EQ(failed.error().kind, ErrorKind::not_found);
    EXPECT_EQ(failed.error().code, "RESOURCE_001");
}

}  // namespace
}  // namespace sent::test
