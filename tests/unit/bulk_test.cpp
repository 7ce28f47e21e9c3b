#include <chrono>
#include <cstddef>
#include <future>
#include <list>
#include <stdexcept>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Gate;
using sent::testing::Reply;
using std::chrono::seconds;
using ::testing::HasSubstr;

class Bulk : public ClientFixture {
  protected:
    static std::vector<v2::GetMessageRequest> reads(int count) {
        std::vector<v2::GetMessageRequest> requests;
        for (int i = 0; i < count; ++i) {
            v2::GetMessageRequest request;
            request.id = std::to_string(i);
            requests.push_back(request);
        }
        return requests;
    }

    /// Answers each read with the id that it asked for.
    void echo_ids() {
        mock->otherwise(Reply::computed([](const testing::RecordedRequest& request) -> TransportResult {
                            const auto id = request.path.substr(request.path.rfind('/') + 1);
                            return HttpResponse{200, {}, R"({"id":")" + id + R"("})"};
                        }).always());
    }

    static void expect_all_in_order(const BulkReport<v2::Message>& report, std::size_t count) {
        ASSERT_EQ(report.results.size(), count);
        EXPECT_TRUE(report.all_succeeded());
        EXPECT_EQ(report.succeeded, count);
        for (std::size_t i = 0; i < count; ++i) {
            ASSERT_TRUE(report.results[i]);
            EXPECT_EQ(report.results[i]->id, std::to_string(i));
        }
    }
};

TEST_F(Bulk, KeepsTheOrderOfTheInput) {
    echo_ids();
    expect_all_in_order(Client{options()}.bulk(reads(500)), 500);
}

TEST_F(Bulk, KeepsTheOrderWhenTheFirstEndsLast) {
    const Gate gate;
    echo_ids();
    mock->on("GET", "/v2/messages/0", Reply::json(200, R"({"id":"0"})").after(gate));
    mock->on("GET", "/v2/messages/150", Reply::json(200, R"({"id":"150"})").after(gate));
    BulkOptions bulk;
    bulk.max_in_flight = 8;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(300), bulk); });
    ASSERT_TRUE(mock->wait_for_requests(300));
    gate.open();
    expect_all_in_order(later.get(), 300);
}

TEST_F(Bulk, AnEmptyRangeIsAnEmptyReport) {
    const auto report = Client{options()}.bulk(reads(0));
    EXPECT_TRUE(report.results.empty());
    EXPECT_TRUE(report.all_succeeded());
}

TEST_F(Bulk, TakesAnyRange) {
    echo_ids();
    const auto some = reads(3);
    const std::list<v2::GetMessageRequest> list(some.begin(), some.end());
    EXPECT_EQ(Client{options()}.bulk(list).succeeded, 3U);
}

TEST_F(Bulk, KeepsAtMostSoManyInFlight) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    BulkOptions bulk;
    bulk.max_in_flight = 7;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(20), bulk); });
    ASSERT_TRUE(mock->wait_for_requests(7));
    EXPECT_EQ(mock->request_count(), 7U);
    gate.open();
    EXPECT_EQ(later.get().succeeded, 20U);
}

TEST_F(Bulk, OneAtATimeIsTheLeast) {
    echo_ids();
    BulkOptions bulk;
    bulk.max_in_flight = 0;
    EXPECT_EQ(Client{options()}.bulk(reads(3), bulk).succeeded, 3U);
}

TEST_F(Bulk, A429PausesTheWholeRun) {
    clock->set_mode(testing::FakeClock::Mode::manual);
    const Gate gate;
    mock->reply(Reply{429, "", {{"Retry-After", "30"}}}).otherwise(Reply::json(200, "{}").always());
    BulkOptions bulk;
    bulk.max_in_flight = 3;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(10), bulk); });
    // The one that was refused, and the others that would have started after it.
    ASSERT_TRUE(clock->wait_for_waiters(3));
    EXPECT_EQ(mock->request_count(), 1U);
    clock->advance(seconds{31});
    EXPECT_EQ(later.get().succeeded, 10U);
    EXPECT_EQ(mock->request_count(), 11U);
}

TEST_F(Bulk, ReportsFailuresInTheirPlaces) {
    echo_ids();
    mock->on("GET", "/v2/messages/1", Reply{404}).on("GET", "/v2/messages/2", Reply{400});
    const auto report = Client{options()}.bulk(reads(4));
    EXPECT_EQ(report.succeeded, 2U);
    EXPECT_EQ(report.failed, 2U);
    EXPECT_EQ(report.uncertain, 0U);
    EXPECT_EQ(report.results[1].error().kind, ErrorKind::not_found);
    EXPECT_EQ(report.results[2].error().kind, ErrorKind::bad_request);
}

TEST_F(Bulk, CountsWhatMayHaveGoneOut) {
    mock->reply(204).reply(Reply::connection_lost()).reply(204);
    const std::vector<v1::SendToContactRequest> sends(3, send_request());
    const auto report = Client{options()}.bulk(sends);
    EXPECT_EQ(report.succeeded, 2U);
    EXPECT_EQ(report.uncertain, 1U);
    EXPECT_EQ(mock->request_count(), 3U);
}

TEST_F(Bulk, StopsOnTheFirstErrorWhenAskedTo) {
    echo_ids();
    mock->on("GET", "/v2/messages/2", Reply{404});
    BulkOptions bulk;
    bulk.max_in_flight = 1;
    bulk.stop_on_error = true;
    const auto report = Client{options()}.bulk(reads(10), bulk);
    ASSERT_EQ(report.results.size(), 10U);
    EXPECT_EQ(report.succeeded, 2U);
    EXPECT_EQ(mock->request_count(), 3U);
    EXPECT_EQ(report.results[9].error().kind, ErrorKind::cancelled);
    EXPECT_EQ(report.results[9].error().outcome, Outcome::not_sent);
}

TEST_F(Bulk, CanBeCancelled) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    const CancellationSource source;
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    bulk.cancel = source.token();
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] { return client.bulk(reads(100), bulk); });
    ASSERT_TRUE(mock->wait_for_requests(4));
    source.cancel();
    const auto report = later.get();
    EXPECT_EQ(report.results.size(), 100U);
    EXPECT_EQ(report.succeeded, 0U);
    EXPECT_EQ(report.failed, 100U);
    for (const auto& result : report.results) {
        EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
    }
    EXPECT_EQ(mock->request_count(), 4U);
}

TEST_F(Bulk, TellsItsProgressAndEndsWithAllOfIt) {
    echo_ids();
    std::vector<BulkProgress> progress;
    BulkOptions bulk;
    bulk.progress = [&](const BulkProgress& now) {
        progress.push_back(now);
        throw std::runtime_error{"must not harm"};
    };
    EXPECT_EQ(Client{options()}.bulk(reads(20), bulk).succeeded, 20U);
    ASSERT_FALSE(progress.empty());
    EXPECT_EQ(progress.back().finished(), 20U);
    EXPECT_EQ(progress.back().total, 20U);
    EXPECT_EQ(progress.back().started, 20U);
}

TEST_F(Bulk, RefusesOneKeyForAllRequests) {
    BulkOptions bulk;
    bulk.call.idempotency_key = "same";
    const auto report = Client{options()}.bulk(reads(3), bulk);
    EXPECT_EQ(report.failed, 3U);
    EXPECT_EQ(report.results[0].error().kind, ErrorKind::invalid_request);
    EXPECT_THAT(report.results[0].error().message, HasSubstr("same for every request"));
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(Bulk, RefusesTheKeyOfItsClientForAllRequests) {
    CallOptions defaults;
    defaults.idempotency_key = "same";
    std::vector<SendMessageRequest> sends(3);
    for (auto& send : sends) {
        send.to = {"+14155550100"};
    }
    const auto report = Client{options()}.with_options(defaults).bulk(sends);
    EXPECT_EQ(report.failed, 3U);
    EXPECT_THAT(report.results[0].error().message, HasSubstr("same for every request"));
    EXPECT_EQ(mock->request_count(), 0U);
}

}  // namespace
}  // namespace sent::test
