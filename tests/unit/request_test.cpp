#include "core/prepared_call.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// What is refused before anything is sent, and how what is sent looks.
class Request : public ClientFixture {
  protected:
    void SetUp() override { mock->otherwise(sent::testing::Reply{204}.always()); }

    template <class Result>
    void expect_refused(const Result& result, const std::string& member) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::invalid_request) << result.error();
        EXPECT_EQ(result.error().outcome, Outcome::not_sent);
        EXPECT_EQ(result.error().attempts, 0);
        EXPECT_THAT(result.error().message, HasSubstr(member));
        EXPECT_EQ(mock->request_count(), 0U);
    }
};

TEST_F(Request, EmptyIdsAreRefused) {
    const Client client{options()};
    auto send = send_request();
    send.contact_id.clear();
    expect_refused(client.call(send), "contactId");
    send = send_request();
    send.template_id.clear();
    expect_refused(client.call(send), "templateId");
    expect_refused(client.v1().contacts().get(""), "id");
    expect_refused(client.v1().contacts().get_by_phone(""), "phoneNumber");
    expect_refused(client.v2().messages().get(""), "id");
    expect_refused(client.v2().templates().get(""), "id");
    expect_refused(client.v2().templates().remove(""), "id");
    expect_refused(client.v2().numbers().lookup(""), "phoneNumber");
}

TEST_F(Request, IdsThatChangeThePathAreRefused) {
    const Client client{options()};
    for (const auto* id : {".", "..", "%2e%2e", ".%2E"}) {
        expect_refused(client.v2().messages().get(id), "id");
        expect_refused(client.v2().templates().remove(id), "id");
        expect_refused(client.v1().contacts().get(id), "id");
    }
    expect_refused(client.v2().messages().get(std::string(1'000'000, 'a')), "id");
}

TEST_F(Request, OddIdsStayOnePathSegment) {
    const Client client{options()};
    for (const auto& [id, path] :
         {std::pair{"../me", "/v2/messages/..%2Fme"}, std::pair{"a/b", "/v2/messages/a%2Fb"},
          std::pair{"a?x=1", "/v2/messages/a%3Fx=1"}, std::pair{"a#b", "/v2/messages/a%23b"},
          std::pair{"not-a-uuid", "/v2/messages/not-a-uuid"}}) {
        ASSERT_TRUE(client.v2().messages().get(id));
        EXPECT_EQ(mock->requests().back().url, std::string{"https://api.example"} + path);
    }
}

TEST_F(Request, InvalidUtf8IsRefusedByPlaceAndNotEchoed) {
    const Client client{options()};
    auto send = send_request();
    send.message_body = {{"name", "abc\xFF"}};
    const auto done = client.call(send);
    expect_refused(done, "messageBody");
    EXPECT_THAT(done.error().message, HasSubstr("name"));
    EXPECT_THAT(done.error().message, HasSubstr("UTF-8"));
    EXPECT_THAT(done.error().message, Not(HasSubstr("abc")));
}

TEST_F(Request, BothNamesOfTheVariablesMapAreRefused) {
    auto send = send_request();
    send.message_body = {{"a", "1"}};
    send.template_variables = {{"a", "1"}};
    expect_refused(Client{options()}.call(send), "template_variables");
}

TEST_F(Request, PagesOutOfRangeAreRefused) {
    const Client client{options()};
    v1::ListContactsRequest contacts;
    contacts.page = -1;
    expect_refused(client.call(contacts), "page");
    contacts.page = 0;
    contacts.page_size = 0;
    expect_refused(client.call(contacts), "pageSize");
    v2::ListTemplatesRequest templates;
    templates.page_size = 1001;
    expect_refused(client.call(templates), "pageSize");
}

TEST_F(Request, BadCallOptionsAreRefused) {
    const Client client{options()};
    CallOptions call;
    call.idempotency_key = "order-1";
    expect_refused(client.call(send_request(), call), "idempotency_key");
    call = {};
    call.extra_headers = {{"X-A", "a\r\nb"}};
    expect_refused(client.call(send_request(), call), "extra_headers");
    call = {};
    call.extra_headers = {{"x-api-key", "other"}};
    expect_refused(client.call(send_request(), call), "extra_headers");
    call = {};
    call.extra_body = "[1]";
    expect_refused(client.call(send_request(), call), "extra");
    call = {};
    call.extra_body = "{}";
    expect_refused(client.v2().messages().get("m", call), "extra_body");
    call = {};
    call.attempt_timeout = std::chrono::milliseconds{0};
    expect_refused(client.call(send_request(), call), "attempt_timeout");
}

TEST_F(Request, IdempotencyKeysAreCheckedAgainstTheirForm) {
    const Client client{options()};
    for (const auto& key :
         {std::string{"a b"}, std::string{"\xC3\xA9"}, std::string{"a\n"}, std::string(256, 'a')}) {
        expect_refused(keyed_write(client, key), "idempotency_key");
    }
    EXPECT_TRUE(keyed_write(client, std::string(255, 'a')));
    EXPECT_TRUE(keyed_write(client, "Az09_-"));
}

TEST_F(Request, ExtrasJoinTheRequest) {
    CallOptions call;
    call.extra_headers = {{"X-Trace", "42"}};
    call.extra_query = {{"new param", "a+b"}};
    call.extra_body = R"({"newMember":[1,2]})";
    ASSERT_TRUE(Client{options()}.call(send_request(), call));
    const auto request = mock->requests().at(0);
    EXPECT_EQ(request.headers.get("X-Trace"), "42");
    EXPECT_EQ(request.target(), "/v1/messages/contact?new%20param=a%2Bb");
    EXPECT_EQ(request.body, R"({"contactId":"contact-1","templateId":"template-1","newMember":[1,2]})");
}

TEST_F(Request, RepeatedQueryNamesOfACopyAreAllKept) {
    CallOptions defaults;
    defaults.extra_query = {{"tag", "a"}, {"tag", "b"}, {"only", "copy"}};
    CallOptions call;
    call.extra_query = {{"only", "call"}};
    ASSERT_TRUE(Client{options()}.with_options(defaults).call(send_request(), call));
    EXPECT_EQ(mock->requests().at(0).target(), "/v1/messages/contact?only=call&tag=a&tag=b");
}

TEST_F(Request, ARequestWithoutBodyHasNoContentType) {
    const Client client{options()};
    ASSERT_TRUE(client.v2().templates().remove("t-1"));
    ASSERT_TRUE(client.v1().contacts().list());
    for (const auto& request : mock->requests()) {
        EXPECT_FALSE(request.headers.contains("Content-Type"));
        EXPECT_TRUE(request.body.empty());
    }
}

TEST_F(Request, AClientInSandboxModeRefusesRealWrites) {
    auto settings = options();
    settings.sandbox = true;
    const Client client{settings};
    expect_refused(client.call(send_request()), "sandbox");
    expect_refused(client.v2().templates().remove("t-1"), "sandbox");
    expect_refused(keyed_write(client), "sandbox");
    CallOptions really;
    really.sandbox = false;
    EXPECT_TRUE(client.call(send_request(), really));
    EXPECT_TRUE(client.v1().contacts().list());
    CallOptions only_here;
    only_here.sandbox = true;
    mock->reset();
    expect_refused(Client{options()}.call(send_request(), only_here), "sandbox");
}

TEST_F(Request, RawRequestsStayOnTheOrigin) {
    const Client client{options()};
    for (const auto* path : {"https://evil.example/v3/me", "https://api.example.evil.example/",
                             "http://api.example/v3/me", "v3/me", "/v3/../v2/x", "/v3/a b", ""}) {
        RawRequest raw;
        raw.path = path;
        expect_refused(client.request(raw), "path");
    }
    RawRequest raw;
    raw.path = "/x";
    raw.method = "GET\r\n";
    expect_refused(client.request(raw), "method");
    raw.method = "POST";
    raw.headers = {{"x-api-key", "k"}};
    expect_refused(client.request(raw), "headers");
}

TEST_F(Request, A18_RawRequestsStayBelowThePathOfTheBaseUrl) {
    auto settings = options();
    settings.base_url = "https://api.example/gateway/";
    const Client client{settings};
    for (const auto* path : {"https://api.example/v3/me", "https://api.example/gateways/v3/me",
                             "https://api.example/gateway/../v3/me", "https://api.example/gateway/..;/v3/me",
                             "https://api.example/gateway", "/..;/v3/me", "/%2e%2e;x/v3/me", "/..%2fv3/me",
                             "https://api.example/gateway/..%5cv3/me", "/..%00/v3/me", "/%252e%252e/v3/me"}) {
        RawRequest raw;
        raw.path = path;
        expect_refused(client.request(raw), "path");
    }
    mock->reset();
    mock->json(200, "{}");
    RawRequest raw;
    raw.path = "https://api.example/gateway/v3/me?x=1";
    ASSERT_TRUE(client.request(raw));
    EXPECT_EQ(mock->requests().at(0).url, raw.path);
}

TEST_F(Request, A18_AnIdIsOneSegmentWhateverIsInIt) {
    const std::pair<const char*, const char*> ids[] = {
        {"..;", "..%3B"}, {";", "%3B"}, {"a;b=c", "a%3Bb=c"}, {".;/x", ".%3B%2Fx"}, {"..%3b", "..%253b"}};
    for (const auto& [id, segment] : ids) {
        mock->reset();
        mock->json(200, "{}");
        v3::GetContactRequest request;
        request.id = id;
        static_cast<void>(Client{options()}.call(request));
        ASSERT_EQ(mock->request_count(), 1U) << id;
        EXPECT_EQ(mock->requests().at(0).url, "https://api.example/v3/contacts/" + std::string{segment});
    }
}

TEST_F(Request, RawRequestsCarryWhatTheyWereGiven) {
    RawRequest raw;
    raw.method = "PATCH";
    raw.path = "https://api.example/v3/new-thing?a=1";
    raw.query = {{"b", "x y"}};
    raw.headers = {{"X-A", "1"}, {"Content-Type", "application/merge-patch+json"}};
    raw.body = R"({"c":2})";
    mock->reset();
    mock->json(201, R"({"d":3})");
    const auto response = Client{options()}.request(raw);
    ASSERT_TRUE(response) << response.error();
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->body, R"({"d":3})");
    const auto request = mock->requests().at(0);
    EXPECT_EQ(request.method, "PATCH");
    EXPECT_EQ(request.url, "https://api.example/v3/new-thing?a=1&b=x%20y");
    EXPECT_EQ(request.headers.get("Content-Type"), "application/merge-patch+json");
    EXPECT_EQ(request.headers.get("X-A"), "1");
    EXPECT_EQ(request.body, R"({"c":2})");
}

}  // namespace
}  // namespace sent::test
