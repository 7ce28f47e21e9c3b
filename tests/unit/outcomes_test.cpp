#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Reply;
using ::testing::HasSubstr;
using ::testing::Not;

/// What a call says about the fate of a write.
class OutcomeFixture : public ClientFixture {
  protected:
    static SendMessageRequest message(const std::string& text = "hello") {
        SendMessageRequest request;
        request.to = {"+14155550100"};
        request.text = text;
        return request;
    }
    static CallOptions with_key(const std::string& key) {
        CallOptions call;
        call.idempotency_key = key;
        return call;
    }
    /// By `call` and by `submit`.
    template <class Request>
    std::vector<Result<response_of<Request>>> both(const Request& request, const Reply& reply) {
        std::vector<Result<response_of<Request>>> results;
        mock->reset();
        mock->otherwise(reply.always());
        results.push_back(Client{options()}.call(request));
        const Client client{options()};
        results.push_back(client.submit(request).get());
        return results;
    }
};

const std::string no_code = R"({"success":false,"error":{"message":"conflict"}})";

class A7_ConflictWithoutCode : public OutcomeFixture {};

TEST_F(A7_ConflictWithoutCode, IsRepeatedWithTheKeyAndUnknownInTheEnd) {
    for (const auto& body : {std::string{}, no_code, std::string{"<html>"}, std::string{"{}"}}) {
        for (const auto& done : both(message(), Reply{409, body})) {
            ASSERT_FALSE(done) << body;
            EXPECT_EQ(done.error().kind, ErrorKind::conflict);
            EXPECT_EQ(done.error().outcome, Outcome::unknown) << body;
            EXPECT_EQ(done.error().attempts, 3) << body;
            EXPECT_FALSE(done.error().idempotency_key.empty());
            EXPECT_THAT(std::string{done.error().hint()}, HasSubstr("same idempotency key"));
        }
    }
}

TEST_F(A7_ConflictWithoutCode, DoesNotFreeTheCallersKey) {
    mock->otherwise(Reply{409, no_code}.always());
    const Client client{options()};
    ASSERT_FALSE(client.call(message(), with_key("order-1")));
    const auto sent_before = mock->request_count();
    const auto other = client.call(message("another text"), with_key("order-1"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(mock->request_count(), sent_before);
}

TEST_F(A7_ConflictWithoutCode, SoIsOneWhoseCodeIsNoneOfTheServices) {
    for (const char* code :
         {"409", "\" \"", "\"\"", "\"conflict\"", "\"CONFLICT\"", "\"CONFLICT-001\"", "\"_001\"", "\"E 1\"",
          "\"conflict_001\"", "\" Conflict_001\"", "null", "true"}) {
        mock->reset();
        mock->otherwise(
            Reply{409, R"({"success":false,"error":{"message":"no","code":)" + std::string{code} + "}}"}
                .always());
        const Client client{options()};
        const auto done = client.call(message(), with_key("order-1"));
        ASSERT_FALSE(done) << code;
        EXPECT_EQ(done.error().outcome, Outcome::unknown) << code;
        EXPECT_EQ(done.error().attempts, 3) << code;
        EXPECT_EQ(client.call(message("another text"), with_key("order-1")).error().kind,
                  ErrorKind::invalid_request)
            << code;
    }
    mock->reset();
    mock->reply(409, R"({"success":false,"error":{"code":"conflict_006"}})");
    const auto done = Client{options()}.call(message(), with_key("order-1"));
    EXPECT_EQ(done.error().code, "CONFLICT_006");
    EXPECT_EQ(done.error().outcome, Outcome::rejected);
}

TEST_F(A7_ConflictWithoutCode, IsARefusalWhereNoKeyCanBeInFlight) {
    for (const auto& done : both(send_request(), Reply{409})) {
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().outcome, Outcome::rejected);
        EXPECT_EQ(done.error().attempts, 1);
    }
}

TEST_F(A7_ConflictWithoutCode, ACodedConflictFreesTheKey) {
    mock->reply(409, R"({"success":false,"error":{"code":"RESOURCE_007"}})");
    mock->json(202, R"({"success":true,"data":{}})");
    const Client client{options()};
    const auto refused = client.call(message(), with_key("order-1"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().outcome, Outcome::rejected);
    EXPECT_TRUE(client.call(message("another text"), with_key("order-1")));
}

class A7_FinalCodes : public OutcomeFixture {};

TEST_F(A7_FinalCodes, AreNotRepeatedEvenIfTheServerWantsIt) {
    const std::pair<int, const char*> refusals[] = {
        {409, "BUSINESS_006"}, {409, "CONFLICT_006"}, {409, "RESOURCE_007"}, {429, "LIMIT_001"}, {501, ""}};
    for (const auto& [status, code] : refusals) {
        for (const auto& done :
             both(message(),
                  Reply::json(status, std::string{R"({"success":false,"error":{"code":")"} + code + "\"}}",
                              {{"x-should-retry", "true"}, {"Retry-After", "1"}}))) {
            ASSERT_FALSE(done) << code;
            EXPECT_EQ(done.error().attempts, 1) << code;
            EXPECT_EQ(done.error().outcome, Outcome::rejected) << code;
        }
    }
}

TEST_F(A7_FinalCodes, AFullStoreOfScheduledMessagesHoldsNothingElseBack) {
    auto settings = options();
    settings.rate_limit.requests_per_minute = 6000;
    mock->reply(Reply{429, R"({"success":false,"error":{"code":"LIMIT_001"}})", {{"Retry-After", "30"}}});
    mock->json(200, R"({"id":"message-1"})");
    const Client client{settings};
    EXPECT_FALSE(client.call(message()));
    EXPECT_TRUE(client.call(read_request()));
    EXPECT_TRUE(clock->waits().empty()) << "it is no limit of requests";
}

class B2_ForeignSuccess : public OutcomeFixture {};

/// Bodies of a 2xx that a v3 service does not send.
const std::string foreign_bodies[] = {"<html><body>Log in to the WiFi</body></html>",
                                      "OK",
                                      "",
                                      "{}",
                                      "[]",
                                      "null",
                                      "true",
                                      R"({"ok":true})",
                                      R"({"success":"yes"})",
                                      R"({"success":null,"data":{}})",
                                      R"({"data":{"status":"QUEUED"}})",
                                      R"({"success":true,"data":{"sta)",
                                      R"({"success":true}{"success":true})",
                                      "\xFF\xFE{"};

TEST_F(B2_ForeignSuccess, LeavesASendOfV3UnknownAndNamesTheWayOut) {
    for (const auto& body : foreign_bodies) {
        for (const int status : {200, 202}) {
            for (const auto& done : both(message(), Reply{status, body})) {
                ASSERT_FALSE(done) << body;
                EXPECT_EQ(done.error().kind, ErrorKind::undecodable) << body;
                EXPECT_EQ(done.error().outcome, Outcome::unknown) << body;
                EXPECT_EQ(done.error().attempts, 1) << body;
                EXPECT_FALSE(done.error().idempotency_key.empty());
                EXPECT_THAT(std::string{done.error().hint()}, HasSubstr("same idempotency key"));
            }
        }
    }
}

TEST_F(B2_ForeignSuccess, LeavesAWriteWithoutContentUnknown) {
    for (const auto& body : foreign_bodies) {
        for (const auto& done : both(RemoveContactRequest{"contact-1"}, Reply{200, body})) {
            ASSERT_FALSE(done) << body;
            EXPECT_EQ(done.error().outcome, Outcome::unknown) << body;
            EXPECT_THAT(std::string{done.error().hint()}, Not(HasSubstr("idempotency key"))) << "it has none";
        }
    }
}

TEST_F(B2_ForeignSuccess, LeavesASendOfV1UnknownButForAnObject) {
    for (const auto* body : {"<html>", "OK", "", "[]", "null", "17", R"("sent")", R"({"id":)"}) {
        for (const auto& done : both(send_request(), Reply{200, body})) {
            ASSERT_FALSE(done) << body;
            EXPECT_EQ(done.error().outcome, Outcome::unknown) << body;
            EXPECT_THAT(std::string{done.error().hint()}, HasSubstr("check delivery events"));
        }
    }
    for (const auto& done : both(send_request(), Reply::json(200, R"( {"messageId":"m-1"})"))) {
        EXPECT_TRUE(done) << done.error();
    }
}

TEST_F(B2_ForeignSuccess, LeavesAWriteOfV2WithContentUnknownButForAnObject) {
    v2::CreateTemplateRequest create;
    create.definition.body.multi_channel.emplace().text = "Hi";
    for (const auto* body : {"<html>", "", "[]", "null", R"({"id":)"}) {
        for (const auto& done : both(create, Reply{200, body})) {
            ASSERT_FALSE(done) << body;
            EXPECT_EQ(done.error().outcome, Outcome::unknown) << body;
        }
    }
    for (const auto& done : both(create, Reply::json(200, R"({"id":"template-1"})"))) {
        ASSERT_TRUE(done) << done.error();
        EXPECT_EQ(done->id, "template-1");
    }
}

TEST_F(B2_ForeignSuccess, LeavesAWriteOfV1OrV2UnknownThatHasTheFormOfAnError) {
    v2::CreateTemplateRequest create;
    create.definition.body.multi_channel.emplace().text = "Hi";
    v2::SendQuickMessageRequest quick;
    quick.phone_number = "+14155550100";
    quick.custom_message = "Hi";
    const auto expect_unknown = [](const auto& done, const char* body) {
        ASSERT_FALSE(done) << body;
        EXPECT_EQ(done.error().kind, ErrorKind::undecodable) << body;
        EXPECT_EQ(done.error().outcome, Outcome::unknown) << body;
        EXPECT_THAT(done.error().message, HasSubstr("it has the form of an error"));
    };
    for (const auto* body :
         {R"({"error":"login required"})", R"({"error":{"code":"AUTH_002"}})", R"({"error":true})",
          R"({"success":false})", R"({"success":false,"error":{"code":"AUTH_002"}})",
          R"({"status":401,"title":"Unauthorized","detail":"x"})", R"({"statusCode":403,"message":"no"})",
          R"({"errors":{"phoneNumber":["required"]}})", R"({"errors":["x"]})",
          R"({"code":"AUTH_002","message":"no"})", R"({"code":17,"message":"no","id":"x"})"}) {
        for (const auto& done : both(send_request(), Reply{200, body})) {
            expect_unknown(done, body);
        }
        for (const auto& done : both(quick, Reply{202, body})) {
            expect_unknown(done, body);
        }
        for (const auto& done : both(create, Reply{200, body})) {
            expect_unknown(done, body);
        }
        for (const auto& done : both(read_request(), Reply{200, body})) {
            EXPECT_TRUE(done) << "a read has no outcome";
        }
    }
    for (const auto* body :
         {"{}", R"({"success":null})", R"({"messageId":"m-1"})", R"({"status":"QUEUED"})",
          R"({"status":200,"message":"queued"})", R"({"success":true,"error":null})",
          R"({"error":null,"errors":[]})", R"({"message":"accepted"})", R"({"code":0,"message":"OK"})",
          R"({"success":true,"code":"OK","message":"queued"})"}) {
        for (const auto& done : both(send_request(), Reply::json(200, body))) {
            EXPECT_TRUE(done) << body << ": " << done.error();
        }
    }
    for (const auto& done : both(send_request(), Reply{204, R"({"error":"no body is read"})"})) {
        EXPECT_TRUE(done);
    }
}

TEST_F(B2_ForeignSuccess, IsAcceptedOnlyIfTheServiceItselfSaysSo) {
    for (const auto* body : {R"({"success":true,"data":"what?"})", R"({"data":[],"success":true})"}) {
        for (const auto& done : both(message(), Reply{202, body})) {
            ASSERT_FALSE(done) << body;
            EXPECT_EQ(done.error().outcome, Outcome::accepted) << body;
        }
    }
    for (const auto& reply : {Reply{204}, Reply{204, "<html>"}, Reply::json(202, R"({"success":true})")}) {
        for (const auto& done : both(message(), reply)) {
            EXPECT_TRUE(done) << done.error();
        }
    }
}

TEST_F(B2_ForeignSuccess, KeepsTheCallersKeyForTheSameRequest) {
    mock->reply(200, "<html>");
    mock->json(202, R"({"success":true,"data":{}})");
    const Client client{options()};
    ASSERT_FALSE(client.call(message(), with_key("order-1")));
    EXPECT_FALSE(client.call(message("another text"), with_key("order-1"))) << "the key may be in use";
    EXPECT_TRUE(client.call(message(), with_key("order-1")));
}

TEST_F(B2_ForeignSuccess, OfAReplyThatIsTooLargeIsHalfADocument) {
    TransportError error;
    error.kind = TransportErrorKind::too_large;
    error.message = "too large";
    error.partial.status = 202;
    error.partial.body = R"({"success":true,"data":{)";
    for (const auto& done : both(message(), Reply::failure(error))) {
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().kind, ErrorKind::response_too_large);
        EXPECT_EQ(done.error().outcome, Outcome::unknown);
    }
}

}  // namespace
}  // namespace sent::test
