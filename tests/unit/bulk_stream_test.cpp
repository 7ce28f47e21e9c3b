#include <algorithm>
#include <atomic>
#include <cstddef>
#include <future>
#include <iterator>
#include <optional>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Gate;
using sent::testing::Reply;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Client::bulk with a callback for the results, from sources that can be gone through only once.
class BulkStream : public ClientFixture {
  protected:
    static v2::GetMessageRequest read(std::size_t id) {
        v2::GetMessageRequest request;
        request.id = std::to_string(id);
        return request;
    }

    /// Gives that many requests, one after the other.
    static auto generator(std::size_t count) {
        return [i = std::size_t{0}, count]() mutable -> std::optional<v2::GetMessageRequest> {
            return i < count ? std::optional{read(i++)} : std::nullopt;
        };
    }

    static SendMessageRequest send() {
        SendMessageRequest request;
        request.to = {"+14155550100"};
        return request;
    }

    void echo_ids() {
        mock->otherwise(Reply::computed([](const testing::RecordedRequest& request) -> TransportResult {
                            const auto id = request.path.substr(request.path.rfind('/') + 1);
                            return HttpResponse{200, {}, R"({"id":")" + id + R"("})"};
                        }).always());
    }
};

TEST_F(BulkStream, GivesEachResultOnceWithItsPlace) {
    echo_ids();
    std::set<std::size_t> seen;
    const auto summary =
        Client{options()}.bulk(generator(1000), [&](std::size_t index, const Result<v2::Message>& result) {
            EXPECT_TRUE(seen.insert(index).second);
            EXPECT_EQ(result.value().id, std::to_string(index));
        });
    EXPECT_EQ(summary.succeeded, 1000U);
    EXPECT_TRUE(summary.all_succeeded());
    EXPECT_EQ(seen.size(), 1000U);
}

TEST_F(BulkStream, TheCallbackRunsOnTheCallersThread) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] {
        const auto own = std::this_thread::get_id();
        std::size_t here = 0;
        client.bulk(generator(20), [&](std::size_t, const Result<v2::Message>&) {
            here += std::this_thread::get_id() == own ? 1U : 0U;
        });
        return here;
    });
    ASSERT_TRUE(mock->wait_for_requests(20));
    gate.open();
    EXPECT_EQ(later.get(), 20U);
}

TEST_F(BulkStream, HandsResultsOverWhileTheRunGoesOn) {
    echo_ids();
    std::size_t made = 0;
    std::size_t most_ahead = 0;
    std::size_t delivered = 0;
    const auto next = [&]() -> std::optional<v2::GetMessageRequest> {
        most_ahead = std::max(most_ahead, made - delivered);
        return made < 5000 ? std::optional{read(made++)} : std::nullopt;
    };
    BulkOptions bulk;
    bulk.max_in_flight = 16;
    Client{options()}.bulk(
        next, [&](std::size_t, const Result<v2::Message>&) { ++delivered; }, bulk);
    EXPECT_EQ(delivered, 5000U);
    EXPECT_LE(most_ahead, 64U) << "memory is bounded by what is in flight, not by the length of the run";
}

TEST_F(BulkStream, TakesNoMoreFromTheSourceThanItNeedsAhead) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    std::atomic<std::size_t> made{0};
    BulkOptions bulk;
    bulk.max_in_flight = 4;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] {
        return client.bulk(
            [&]() -> std::optional<v2::GetMessageRequest> {
                return made < 1000 ? std::optional{read(made++)} : std::nullopt;
            },
            [](std::size_t, const Result<v2::Message>&) {}, bulk);
    });
    ASSERT_TRUE(mock->wait_for_requests(4));
    EXPECT_EQ(mock->request_count(), 4U);
    EXPECT_LE(made, 9U);
    gate.open();
    EXPECT_EQ(later.get().succeeded, 1000U);
}

TEST_F(BulkStream, AnExceptionOfTheCallbackStopsTheRunAndReachesTheCaller) {
    echo_ids();
    const Client client{options()};
    std::size_t calls = 0;
    EXPECT_THROW(client.bulk(generator(100'000),
                             [&](std::size_t, const Result<v2::Message>&) {
                                 ++calls;
                                 throw std::runtime_error("disk full");
                             }),
                 std::runtime_error);
    EXPECT_EQ(calls, 1U);
    EXPECT_LT(mock->request_count(), 1000U);
    EXPECT_TRUE(client.call(read(1))) << "the client is as good as before";
}

TEST_F(BulkStream, WhatWasTakenButNotStartedIsToldWhenTheRunIsStopped) {
    const Gate gate;
    mock->otherwise(Reply::json(200, "{}").after(gate).always());
    const CancellationSource stop;
    BulkOptions bulk;
    bulk.max_in_flight = 2;
    bulk.cancel = stop.token();
    std::size_t made = 0;
    std::vector<std::size_t> told;
    const Client client{options()};
    auto later = std::async(std::launch::async, [&] {
        return client.bulk([&]() -> std::optional<v2::GetMessageRequest> { return read(made++); },
                           [&](std::size_t index, const Result<v2::Message>& result) {
                               told.push_back(index);
                               EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
                           },
                           bulk);
    });
    ASSERT_TRUE(mock->wait_for_requests(2));
    stop.cancel();
    const auto summary = later.get();
    EXPECT_EQ(told.size(), summary.failed);
    // One more may have been taken to find that there is no room.
    EXPECT_GE(told.size() + 1, made);
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(BulkStream, CountsWhatMayHaveGoneOut) {
    mock->reply(204).reply(Reply::connection_lost()).reply(404);
    const std::vector<v1::SendToContactRequest> sends(3, send_request());
    const auto summary = Client{options()}.bulk(sends, [](std::size_t, const Result<void>&) {});
    EXPECT_EQ(summary.succeeded, 1U);
    EXPECT_EQ(summary.failed, 2U);
    EXPECT_EQ(summary.uncertain, 1U);
}

TEST_F(BulkStream, TheOtherFormTakesGeneratorsToo) {
    echo_ids();
    const auto report = Client{options()}.bulk(generator(50));
    ASSERT_EQ(report.results.size(), 50U);
    EXPECT_EQ(report.results[49]->id, "49");
}

/// A number in a stream is a request.
struct Line {
    friend std::istream& operator>>(std::istream& in, Line& line) {
        std::string text;
        if (in >> text) {
            line.request.id = text;
        }
        return in;
    }
    v2::GetMessageRequest request{};
    operator const v2::GetMessageRequest&() const { return request; }  // NOLINT(google-explicit-constructor)
};

/// Input iterators, and an end of another type.
struct Lines {
    struct End {};
    struct Iterator {
        std::istream_iterator<Line> at;
        const v2::GetMessageRequest& operator*() const { return at->request; }
        Iterator& operator++() {
            ++at;
            return *this;
        }
        bool operator!=(End) const { return at != std::istream_iterator<Line>{}; }
    };
    std::istream& in;
    Iterator begin() { return {std::istream_iterator<Line>{in}}; }
    static End end() { return {}; }
};

TEST_F(BulkStream, TakesARangeThatIsUsedUpByReading) {
    echo_ids();
    std::istringstream text{"7 8 9"};
    Lines lines{text};
    std::vector<std::string> ids(3);
    Client{options()}.bulk(
        lines, [&](std::size_t index, const Result<v2::Message>& result) { ids.at(index) = result->id; });
    EXPECT_THAT(ids, ElementsAre("7", "8", "9"));
    std::istringstream again{"1 2"};
    EXPECT_EQ(Client{options()}.bulk(Lines{again}).results.size(), 2U);
}

/// BulkOptions::batch.
TEST_F(BulkStream, ABatchGivesKeysThatAreTheSameInTheNextRun) {
    const auto keys = [&] {
        mock->reset();
        mock->otherwise(Reply::json(202, R"({"success":true,"data":{"recipients":[]}})").always());
        BulkOptions bulk;
        bulk.batch = "march-2026";
        bulk.max_in_flight = 1;
        EXPECT_TRUE(Client{options()}.bulk(std::vector(3, send()), bulk).all_succeeded());
        std::vector<std::string> result;
        for (const auto& request : mock->requests()) {
            result.emplace_back(request.headers.get("Idempotency-Key").value_or(""));
        }
        return result;
    };
    const auto first = keys();
    EXPECT_THAT(first, ElementsAre("march-2026-0", "march-2026-1", "march-2026-2"));
    EXPECT_EQ(keys(), first);
}

/// Keyed requests.
class B5_KeyedRows : public BulkStream {
  protected:
    B5_KeyedRows() {
        mock->otherwise(
            Reply::json(202, R"({"success":true,"data":{"recipients":[{"to":"+14155550100"}]}})").always());
    }

    static std::vector<Keyed<SendMessageRequest>> rows(const std::vector<std::string>& keys) {
        std::vector<Keyed<SendMessageRequest>> result;
        for (const auto& key : keys) {
            result.push_back(Keyed{send(), key});
        }
        return result;
    }

    static auto generated(std::vector<Keyed<SendMessageRequest>> rows) {
        return [i = std::size_t{0}, rows]() mutable -> std::optional<Keyed<SendMessageRequest>> {
            return i < rows.size() ? std::optional{rows[i++]} : std::nullopt;
        };
    }

    /// The keys that went out since the last time.
    std::vector<std::string> keys() {
        std::vector<std::string> result;
        for (const auto& request : mock->requests()) {
            result.emplace_back(request.headers.get("Idempotency-Key").value_or(""));
        }
        mock->reset();
        mock->otherwise(
            Reply::json(202, R"({"success":true,"data":{"recipients":[{"to":"+14155550100"}]}})").always());
        return result;
    }

    static BulkOptions one_at_a_time(const std::string& batch = {}) {
        BulkOptions bulk;
        bulk.max_in_flight = 1;
        bulk.batch = batch;
        return bulk;
    }
};

TEST_F(B5_KeyedRows, CarryTheirOwnKeysWhateverTheSourceAndTheOverload) {
    const auto source = rows({"order-7", "order-3"});
    const Client client{options()};
    const auto expected = ElementsAre("order-7", "order-3");
    EXPECT_TRUE(client.bulk(source, one_at_a_time()).all_succeeded());
    EXPECT_THAT(keys(), expected);
    EXPECT_TRUE(client.bulk(generated(source), one_at_a_time()).all_succeeded());
    EXPECT_THAT(keys(), expected);
    std::size_t told = 0;
    const auto count = [&told](std::size_t, const Result<SendMessageResponse>& result) {
        told += result ? 1U : 0U;
    };
    EXPECT_TRUE(client.bulk(source, count, one_at_a_time()).all_succeeded());
    EXPECT_THAT(keys(), expected);
    EXPECT_TRUE(client.bulk(generated(source), count, one_at_a_time()).all_succeeded());
    EXPECT_THAT(keys(), expected);
    EXPECT_EQ(told, 4U);
}

TEST_F(B5_KeyedRows, KeepTheirKeysWhenRowsBeforeThemAreGone) {
    const Client client{options()};
    (void)client.bulk(rows({"a", "b", "c"}), one_at_a_time("march"));
    EXPECT_THAT(keys(), ElementsAre("a", "b", "c"));
    (void)client.bulk(rows({"b", "c"}), one_at_a_time("march"));
    EXPECT_THAT(keys(), ElementsAre("b", "c"));
}

TEST_F(B5_KeyedRows, WithoutAKeyTakeTheBatchsOrAreNotSent) {
    const Client client{options()};
    EXPECT_TRUE(client.bulk(rows({"a", "", "c"}), one_at_a_time("march")).all_succeeded());
    EXPECT_THAT(keys(), ElementsAre("a", "march-1", "c"));
    const auto report = client.bulk(rows({"d", "", "e"}), one_at_a_time());
    EXPECT_THAT(keys(), ElementsAre("d", "e"));
    EXPECT_EQ(report.failed, 1U);
    EXPECT_EQ(report.results.at(1).error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(report.results[1].error().outcome, Outcome::not_sent);
    EXPECT_THAT(report.results[1].error().message, HasSubstr("idempotency_key"));
}

TEST_F(B5_KeyedRows, WithABadOrRepeatedKeyAreReportedOneByOne) {
    auto source = rows({"a", "b c", std::string(256, 'x'), "a", "z"});
    source[3].request.to = {"+14155550199"};
    const auto report = Client{options()}.bulk(source, one_at_a_time());
    EXPECT_THAT(keys(), ElementsAre("a", "z"));
    EXPECT_EQ(report.succeeded, 2U);
    for (const std::size_t bad : {1U, 2U, 3U}) {
        ASSERT_FALSE(report.results.at(bad)) << bad;
        EXPECT_EQ(report.results[bad].error().kind, ErrorKind::invalid_request) << bad;
        EXPECT_EQ(report.results[bad].error().outcome, Outcome::not_sent) << bad;
    }
}

TEST_F(B5_KeyedRows, AreRefusedWhereNoKeyIsAccepted) {
    const std::vector<Keyed<v1::SendToContactRequest>> source{{send_request(), "a"}};
    const auto report = Client{options()}.bulk(source);
    EXPECT_THAT(report.results.at(0).error().message, HasSubstr("accepts none"));
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(B5_KeyedRows, DoNotShareTheKeyOfTheClientOrTheRun) {
    CallOptions defaults;
    defaults.idempotency_key = "one-for-all";
    EXPECT_TRUE(
        Client{options()}.with_options(defaults).bulk(rows({"a", "b"}), one_at_a_time()).all_succeeded());
    EXPECT_THAT(keys(), ElementsAre("a", "b"));
}

/// BulkReport::replayed.
TEST_F(B5_KeyedRows, AnswersFromTheServicesCacheAreCounted) {
    const std::string body = R"({"success":true,"data":{"recipients":[{"to":"+14155550100"}]}})";
    const auto replay = Reply::json(202, body, {{"Idempotent-Replayed", "true"}});
    mock->reply(replay).reply(Reply::json(202, body)).reply(replay);
    const auto report = Client{options()}.bulk(rows({"a", "b", "c"}), one_at_a_time());
    EXPECT_EQ(report.succeeded, 3U);
    EXPECT_EQ(report.replayed, 2U);
    EXPECT_FALSE(report.stopped_by);
    mock->reply(replay);
    const auto summary = Client{options()}.bulk(
        rows({"a", "b"}), [](std::size_t, const Result<SendMessageResponse>&) {}, one_at_a_time());
    EXPECT_EQ(summary.replayed, 1U);
    EXPECT_FALSE(summary.stopped_by);
}

TEST_F(BulkStream, ABatchWithABadNameIsRefused) {
    BulkOptions bulk;
    bulk.batch = "march 2026";
    const auto report = Client{options()}.bulk(std::vector(2, send()), bulk);
    EXPECT_EQ(report.failed, 2U);
    EXPECT_EQ(report.results[0].error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(mock->request_count(), 0U);
}

TEST_F(BulkStream, ABatchIsRefusedWhereNoKeyIsAccepted) {
    BulkOptions bulk;
    bulk.batch = "march";
    const auto report = Client{options()}.bulk(std::vector(1, send_request()), bulk);
    EXPECT_THAT(report.results[0].error().message, HasSubstr("accepts none"));
    EXPECT_EQ(mock->request_count(), 0U);
}

}  // namespace
}  // namespace sent::test
