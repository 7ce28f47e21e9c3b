#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/v3_calls.hpp"

/// What stands around the content of v3's answers: `{success, data, error, meta}`, and the headers.

namespace {

using sent::Client;
using sent::ErrorKind;
using sent::Outcome;
using sent::testing::Reply;

sent::SendMessageRequest a_send() {
    sent::SendMessageRequest request;
    request.to = {wire::phone_number};
    request.text = "Hi";
    return request;
}

/// A 200 that says that it failed.
std::string refusal(const std::string& code) {
    return R"({"success":false,"data":null,"error":{"code":")" + code +
           R"(","message":"No","details":{"to":["bad"]},"doc_url":"https://docs.sent.dm/x"},)"
           R"("meta":{"request_id":"req_body"}})";
}

class V3Envelope : public ::testing::Test {
  protected:
    V3Envelope() {
        session_.mock->reset();
        auto options = session_.make_options();
        options.retry = {};
        client_ = Client{options};
    }

    [[nodiscard]] sent::Result<sent::SendMessageResponse> send() const {
        return client_.messages().send(a_send(), wire::keyed());
    }
    void answer(int status, const std::string& body, const sent::Headers& headers = {}) const {
        session_.mock->otherwise(Reply::json(status, body, headers));
    }
    [[nodiscard]] std::size_t requests() const { return session_.mock->request_count(); }

    wire::Session session_;
    Client client_{sent::ClientOptions{}};
};

TEST_F(V3Envelope, IsARefusalWhenItSaysSo) {
    const struct {
        std::string code;
        ErrorKind kind;
    } cases[] = {
        {"AUTH_001", ErrorKind::authentication},        {"AUTH_002", ErrorKind::authentication},
        {"AUTH_004", ErrorKind::permission_denied},     {"VALIDATION_004", ErrorKind::bad_request},
        {"RESOURCE_002", ErrorKind::not_found},         {"RESOURCE_007", ErrorKind::conflict},
        {"BUSINESS_005", ErrorKind::bad_request},       {"LIMIT_001", ErrorKind::rate_limited},
        {"BUSINESS_014", ErrorKind::permission_denied},
    };
    for (const auto& expected : cases) {
        session_.mock->reset();
        answer(200, refusal(expected.code), {{"X-Request-Id", "req_header"}});

        const auto done = send();

        ASSERT_FALSE(done) << expected.code;
        EXPECT_EQ(done.error().kind, expected.kind) << expected.code;
        EXPECT_EQ(done.error().code, expected.code);
        EXPECT_EQ(done.error().outcome, Outcome::rejected) << expected.code;
        EXPECT_EQ(done.error().http_status, 200);
        EXPECT_EQ(done.error().message, "No");
        EXPECT_EQ(done.error().details.at("to"), std::vector<std::string>{"bad"});
        EXPECT_EQ(done.error().doc_url, "https://docs.sent.dm/x");
        EXPECT_EQ(done.error().request_id, "req_body");
        EXPECT_EQ(requests(), 1U) << expected.code << " must not be repeated";
    }
}

TEST_F(V3Envelope, LeavesTheOutcomeOpenForACodeThatNobodyKnows) {
    for (const auto& body : {refusal("SOMETHING_NEW_042"), std::string{R"({"success":false})"},
                             std::string{R"({"success":false,"error":null,"data":{"status":"QUEUED"}})"}}) {
        session_.mock->reset();
        answer(202, body);

        const auto done = send();

        ASSERT_FALSE(done) << body;
        EXPECT_EQ(done.error().kind, ErrorKind::unexpected_status);
        EXPECT_EQ(done.error().outcome, Outcome::unknown);
        EXPECT_EQ(done.error().idempotency_key, "order-1001-confirm");
        EXPECT_EQ(requests(), 1U);
    }
}

TEST_F(V3Envelope, IsRepeatedAsTheStatusThatItsCodeMeans) {
    for (const auto* code :
         {"INTERNAL_001", "INTERNAL_004", "INTERNAL_005", "SERVICE_001", "CONFLICT_001", "BUSINESS_002"}) {
        session_.mock->reset();
        session_.mock->json(200, refusal(code));
        session_.mock->reply(wire::golden_reply("v3/messages.send.reply"));

        const auto done = send();

        EXPECT_TRUE(done) << code;
        EXPECT_EQ(done.meta().attempts, 2) << code;
    }
    session_.mock->reset();
    answer(200, refusal("INTERNAL_001"));
    const auto done = send();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::server);
    EXPECT_EQ(done.error().outcome, Outcome::unknown);
    EXPECT_EQ(requests(), 3U);
}

TEST_F(V3Envelope, IsARefusalOfWritesWithoutContentToo) {
    answer(200, refusal("RESOURCE_001"));

    const auto done = client_.contacts().remove(wire::contact_id);

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::not_found);
    EXPECT_EQ(done.error().outcome, Outcome::rejected);
}

TEST_F(V3Envelope, IsARefusalWhenThereIsAnErrorInsteadOfContent) {
    for (const auto* body : {R"({"error":{"code":"RESOURCE_001","message":"No"}})",
                             R"({"success":null,"data":null,"error":{"code":"RESOURCE_001"}})"}) {
        session_.mock->reset();
        answer(200, body);

        const auto found = client_.contacts().get(wire::contact_id);

        ASSERT_FALSE(found) << body;
        EXPECT_EQ(found.error().kind, ErrorKind::not_found) << body;
        EXPECT_EQ(found.error().code, "RESOURCE_001");
    }
}

TEST_F(V3Envelope, IsASuccessWhenOnlyTheContentIsThere) {
    for (const auto* body :
         {R"({"data":{"id":"x"}})", R"({"data":{"id":"x"},"error":null,"meta":null})",
          R"({"data":{"id":"x"},"error":{}})", R"({"success":null,"data":{"id":"x"}})",
          R"({"meta":{"request_id":"r"},"error":null,"data":{"id":"x"},"success":true})"}) {
        session_.mock->reset();
        answer(200, body);

        const auto found = client_.contacts().get(wire::contact_id);

        ASSERT_TRUE(found) << body;
        EXPECT_EQ(found->id, "x") << body;
    }
}

TEST_F(V3Envelope, MayBeEmptyOrMissing) {
    for (const auto* body :
         {R"({"success":true})", R"({"success":true,"data":null,"error":null,"meta":null})"}) {
        session_.mock->reset();
        answer(200, body);

        const auto done = send();

        ASSERT_TRUE(done) << body;
        EXPECT_TRUE(done->recipients.empty());
    }
    for (const int status : {200, 201, 202, 204, 299}) {
        session_.mock->reset();
        session_.mock->otherwise(Reply{status});
        EXPECT_EQ(static_cast<bool>(send()), status == 204) << status;
        EXPECT_EQ(static_cast<bool>(client_.contacts().remove(wire::contact_id)), status == 204) << status;
        EXPECT_TRUE(client_.contacts().get(wire::contact_id)) << status;
    }
}

TEST_F(V3Envelope, CanNotBeReadWhenItsContentHasTheWrongForm) {
    for (const auto* data : {R"("text")", "5", "true", "[]", R"([{"id":"x"}])"}) {
        session_.mock->reset();
        answer(202, std::string{R"({"success":true,"data":)"} + data + "}");

        const auto done = send();

        ASSERT_FALSE(done) << data;
        EXPECT_EQ(done.error().kind, ErrorKind::undecodable) << data;
        EXPECT_EQ(done.error().outcome, Outcome::accepted) << "a 2xx: not to be sent again";
        EXPECT_EQ(done.error().idempotency_key, "order-1001-confirm");
        EXPECT_EQ(requests(), 1U) << data;
    }
}

TEST_F(V3Envelope, CanNotBeReadWhenItIsNone) {
    for (const auto* body : {"<html>Please log in</html>", R"({"success":true,"data":{"sta)", "[]", R"("OK")",
                             "OK", "7", "\xFF\xFE"}) {
        session_.mock->reset();
        answer(202, body);

        const auto done = send();

        ASSERT_FALSE(done) << body;
        EXPECT_EQ(done.error().kind, ErrorKind::undecodable) << body;
        EXPECT_EQ(done.error().outcome, Outcome::unknown) << body;
        EXPECT_EQ(done.error().raw_body, body);
    }
}

TEST_F(V3Envelope, MayBeMissingFromRefusals) {
    const struct {
        int status;
        ErrorKind kind;
    } cases[] = {
        {401, ErrorKind::authentication}, {403, ErrorKind::permission_denied}, {404, ErrorKind::not_found}};
    for (const auto& expected : cases) {
        for (const auto* body : {"", "<html>nginx</html>", "null", "{}"}) {
            session_.mock->reset();
            session_.mock->otherwise(Reply{expected.status, body, {{"X-Request-Id", "req_header"}}});

            const auto done = send();

            ASSERT_FALSE(done);
            EXPECT_EQ(done.error().kind, expected.kind) << body;
            EXPECT_EQ(done.error().code, "");
            EXPECT_EQ(done.error().outcome, Outcome::rejected);
            EXPECT_EQ(done.error().request_id, "req_header");
            EXPECT_FALSE(done.error().message.empty());
            EXPECT_FALSE(done.error().hint().empty());
            EXPECT_EQ(requests(), 1U) << "ten failures lock the key";
        }
    }
}

TEST_F(V3Envelope, NamesTheRequestBeforeTheHeaderDoes) {
    answer(200, R"({"success":true,"data":{},"meta":{"request_id":"req_body"}})",
           {{"X-Request-Id", "req_header"}});
    EXPECT_EQ(send().meta().request_id, "req_body");
    EXPECT_EQ(client_.contacts().remove("1").meta().request_id, "req_body");

    answer(200, R"({"success":true,"data":{},"meta":{"request_id":null}})", {{"X-Request-Id", "req_header"}});
    EXPECT_EQ(send().meta().request_id, "req_header");
}

TEST_F(V3Envelope, ComesWithHeadersThatAreKept) {
    answer(202, R"({"success":true,"data":{}})",
           {{"Idempotent-Replayed", "true"},
            {"X-Original-Request-Id", "req_first"},
            {"X-Sandbox", "true"},
            {"X-Profile-Id", wire::profile_id},
            {"X-API-Version", "v3"},
            {"X-RateLimit-Limit", "200"},
            {"X-RateLimit-Remaining", "150"},
            {"X-RateLimit-Reset", "1767225667"}});

    const auto done = send();

    ASSERT_TRUE(done);
    const auto& meta = done.meta();
    EXPECT_TRUE(meta.replayed);
    EXPECT_EQ(meta.original_request_id, "req_first");
    EXPECT_TRUE(meta.sandbox);
    EXPECT_EQ(meta.profile_id, wire::profile_id);
    EXPECT_EQ(meta.headers.get("x-api-version"), "v3");
    EXPECT_EQ(meta.idempotency_key, "order-1001-confirm");
    ASSERT_TRUE(meta.rate_limit);
    EXPECT_EQ(meta.rate_limit->limit, 200);
    EXPECT_EQ(meta.rate_limit->remaining, 150);
    EXPECT_EQ(meta.rate_limit->reset, wire::at("2026-01-01T00:01:07Z"));
}

TEST_F(V3Envelope, ComesWithoutHeadersAsWell) {
    answer(202, R"({"success":true,"data":{}})", {{"Idempotent-Replayed", "false"}, {"X-Sandbox", "false"}});

    const auto meta = send().meta();

    EXPECT_FALSE(meta.replayed);
    EXPECT_EQ(meta.original_request_id, "");
    EXPECT_FALSE(meta.sandbox);
    EXPECT_EQ(meta.profile_id, "");
    EXPECT_FALSE(meta.rate_limit);
}

TEST_F(V3Envelope, OfARefusalKeepsItsHeadersToo) {
    session_.mock->otherwise(wire::golden_reply("errors/v3/BUSINESS_002.429"));

    const auto done = send();

    ASSERT_FALSE(done);
    ASSERT_TRUE(done.meta().rate_limit);
    EXPECT_EQ(done.meta().rate_limit->limit, 200);
    EXPECT_EQ(done.meta().rate_limit->remaining, 0);
    EXPECT_EQ(done.meta().request_id, "req_business_002");
    EXPECT_EQ(done.meta().attempts, 3);
}

}  // namespace
