#include <chrono>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/csv.hpp"
#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

/// Every code of the catalogue: what becomes of it, and whether the call is
/// repeated (design, section 4). tests/data/errors/v3/codes.csv says what is expected.

namespace {

using sent::Client;
using sent::ErrorKind;
using sent::Outcome;
using Details = std::map<std::string, std::vector<std::string>>;

class V3Errors : public ::testing::TestWithParam<wire::Row> {
  protected:
    V3Errors() {
        session_.mock->reset();
        session_.mock->otherwise(wire::golden_reply("errors/v3/" + GetParam().at("reply")));
        auto options = session_.make_options();
        options.retry = {};
        client_ = Client{options};
    }

    static std::string cell(const std::string& name) { return GetParam().at(name); }
    static int number(const std::string& name) { return std::stoi(GetParam().at(name)); }
    static std::string code() { return cell("reply").substr(0, cell("reply").find('.')); }
    [[nodiscard]] std::size_t requests() const { return session_.mock->request_count(); }

    [[nodiscard]] sent::Error error_of_a_send() const {
        sent::SendMessageRequest request;
        request.to = {wire::phone_number};
        request.text = "Hi";
        auto done = client_.messages().send(request, wire::keyed());
        EXPECT_FALSE(done);
        return done ? sent::Error{} : done.error();
    }

    const wire::Message golden_ = wire::golden("errors/v3/" + GetParam().at("reply"));
    wire::Session session_;
    Client client_{sent::ClientOptions{}};
};

TEST_P(V3Errors, AreData) {
    const auto error = error_of_a_send();

    EXPECT_EQ(to_string(error.kind), cell("kind"));
    EXPECT_EQ(error.http_status, golden_.status());
    EXPECT_EQ(error.code, code());
    EXPECT_EQ(error.message, cell("message"));
    EXPECT_EQ(error.doc_url, "https://docs.sent.dm/errors/" + code());
    EXPECT_EQ(error.request_id, "req_" + wire::lower_case(code())) << "of the body, not of the header";
    EXPECT_EQ(error.raw_body, golden_.body);
    const bool is_validation = code().rfind("VALIDATION", 0) == 0;
    const Details details{{"to", {"what " + code() + " says of it", "and more"}},
                          {"channel[0]", {"not this one"}}};
    EXPECT_EQ(error.details, is_validation ? details : Details{});
}

TEST_P(V3Errors, TellHowLongToWait) {
    const auto retry_after = error_of_a_send().retry_after;
    if (cell("retry_after_s").empty()) {
        EXPECT_FALSE(retry_after);
    } else {
        EXPECT_EQ(retry_after, std::chrono::seconds{number("retry_after_s")});
    }
}

TEST_P(V3Errors, AreRepeatedForAKeyedWriteAsTheTableSays) {
    const auto error = error_of_a_send();

    EXPECT_EQ(requests(), static_cast<std::size_t>(number("keyed_attempts")));
    EXPECT_EQ(error.attempts, number("keyed_attempts"));
    EXPECT_EQ(to_string(error.outcome), cell("keyed_outcome"));
    EXPECT_EQ(error.idempotency_key, "order-1001-confirm");
    const auto waits = session_.clock->waits();
    EXPECT_EQ(waits.size() + 1, requests());
    for (const auto wait : waits) {
        EXPECT_LE(wait, std::chrono::seconds{cell("retry_after_s").empty() ? 1 : number("retry_after_s")});
    }
}

TEST_P(V3Errors, AreRepeatedForAReadAsTheTableSays) {
    const auto found = client_.messages().get(wire::message_id);

    ASSERT_FALSE(found);
    EXPECT_EQ(requests(), static_cast<std::size_t>(number("read_attempts")));
    EXPECT_EQ(found.error().code, code());
}

TEST_P(V3Errors, AreRepeatedForAWriteWithoutKeyAsTheTableSays) {
    const auto done = client_.contacts().remove(wire::contact_id);

    ASSERT_FALSE(done);
    EXPECT_EQ(requests(), static_cast<std::size_t>(number("unkeyed_attempts")));
    EXPECT_EQ(done.error().code, code());
    EXPECT_EQ(to_string(done.error().outcome), cell("keyed_outcome"));
}

TEST_P(V3Errors, HaveAHintOfTheirOwn) {
    auto error = error_of_a_send();
    EXPECT_FALSE(error.hint().empty());
    // An unknown outcome is what matters most, whatever the code.
    error.outcome = Outcome::rejected;
    auto nameless = error;
    nameless.code = "NOBODY_KNOWS_999";

    EXPECT_FALSE(nameless.hint().empty());
    // INTERNAL_001 says no more than its status does.
    const bool says_more = code() != "SOMETHING_NEW_042" && code() != "INTERNAL_001";
    EXPECT_EQ(error.hint() != nameless.hint(), says_more) << error.hint();
}

std::string error_name(const ::testing::TestParamInfo<wire::Row>& info) {
    return wire::test_name(info.param.at("reply"));
}

INSTANTIATE_TEST_SUITE_P(All, V3Errors, ::testing::ValuesIn(wire::read_table("errors/v3/codes.csv")),
                         error_name);

TEST(V3ErrorTable, HasTheWholeCatalogue) {
    std::set<std::string> codes;
    for (const auto& row : wire::read_table("errors/v3/codes.csv")) {
        codes.insert(row.at("reply").substr(0, row.at("reply").find('.')));
    }
    // 46 of the catalogue, four of those seen beside it, one of the future.
    EXPECT_EQ(codes.size(), 53U);
}

TEST(V3Lock, OfAKeyIsReportedAtOnce) {
    // After ten failures the key is locked for a minute to an hour: too long to wait inside a call.
    const wire::Session session;
    auto options = session.make_options();
    options.retry = {};
    session.mock->otherwise(sent::testing::Reply{429, "", {{"Retry-After", "3600"}}});

    const auto found = Client{options}.me();

    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().kind, ErrorKind::rate_limited);
    EXPECT_EQ(found.error().retry_after, std::chrono::hours{1});
    EXPECT_EQ(session.mock->request_count(), 1U);
}

}  // namespace
