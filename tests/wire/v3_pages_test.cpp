#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "wire/request_cases.hpp"
#include "wire/v3_calls.hpp"

/// Pages of v3, which count from 1, and the lazy ranges over them.

namespace {

using sent::Client;
using sent::testing::Reply;
using Strings = std::vector<std::string>;

/// The ids of a range; of an error its kind.
template <class T>
Strings ids_of(const sent::PageRange<T>& range) {
    Strings ids;
    for (const auto& item : range) {
        ids.push_back(item ? item->id : std::string{to_string(item.error().kind)});
    }
    return ids;
}

struct Range {
    std::string name;
    /// Its items' member in `data`.
    std::string key;
    std::string path;
    std::function<Strings(const Client&, std::int32_t page, std::int32_t page_size)> all;
    std::function<bool(const Client&, std::int32_t page)> has_more;
};

std::ostream& operator<<(std::ostream& out, const Range& range) {
    return out << range.name;
}

std::vector<Range> ranges() {
    const std::string webhook = wire::webhook_id;
    const std::string conversation = wire::conversation_id;
    return {
        {"contacts", "contacts", "/v3/contacts",
         [](auto& c, auto page, auto size) {
             return ids_of(c.contacts().all({page, size}));
         },
         [](auto& c, auto page) {
             return c.contacts().list({page, 1}).value().has_more;
         }},
        {"templates", "templates", "/v3/templates",
         [](auto& c, auto page, auto size) {
             return ids_of(c.templates().all({page, size}));
         },
         [](auto& c, auto page) {
             return c.templates().list({page, 1}).value().has_more;
         }},
        {"webhooks", "webhooks", "/v3/webhooks",
         [](auto& c, auto page, auto size) {
             return ids_of(c.webhooks().all({page, size}));
         },
         [](auto& c, auto page) {
             return c.webhooks().list({page, 1}).value().has_more;
         }},
        {"webhook_events", "events", "/v3/webhooks/" + webhook + "/events",
         [=](auto& c, auto page, auto size) {
             return ids_of(c.webhooks().all_events({webhook, page, size}));
         },
         [=](auto& c, auto page) {
             return c.webhooks().events({webhook, page, 1}).value().has_more;
         }},
        {"conversations", "messages", "/v3/conversations",
         [](auto& c, auto page, auto size) {
             return ids_of(c.conversations().all(sent::ListConversationsRequest{page, size}));
         },
         [](auto& c, auto page) {
             return c.conversations().list({page, 1}).value().has_more;
         }},
        {"conversation", "messages", "/v3/conversations/" + conversation,
         [=](auto& c, auto page, auto size) {
             return ids_of(c.conversations().all(sent::GetConversationRequest{conversation, page, size}));
         },
         [=](auto& c, auto page) {
             return c.conversations().get({conversation, page, 1}).value().has_more;
         }},
    };
}

class V3Ranges : public ::testing::TestWithParam<Range> {
  protected:
    [[nodiscard]] Strings all(std::int32_t page = 1, std::int32_t page_size = 2) const {
        return GetParam().all(session_.client, page, page_size);
    }
    /// `{"contacts":[...],"pagination":...}` in its envelope.
    [[nodiscard]] static std::string page_of(const Strings& ids, const std::string& pagination) {
        std::string items;
        for (const auto& id : ids) {
            items += (items.empty() ? "" : ",") + (R"({"id":")" + id + R"("})");
        }
        return R"({"success":true,"data":{")" + GetParam().key + "\":[" + items + R"(],"pagination":)" +
               pagination + "}}";
    }
    void answer(const Strings& ids, bool has_more, std::int32_t page = 1) const {
        const std::string more = has_more ? "true" : "false";
        session_.mock->json(
            200, page_of(ids, R"({"page":)" + std::to_string(page) + R"(,"has_more":)" + more + "}"));
    }
    void answer_paged(const Strings& ids, const std::string& pagination) const {
        session_.mock->json(200, page_of(ids, pagination));
    }
    [[nodiscard]] Strings targets() const {
        Strings targets;
        for (const auto& request : session_.mock->requests()) {
            targets.push_back(request.target());
        }
        return targets;
    }
    [[nodiscard]] static std::string target(int page, int page_size = 2) {
        return GetParam().path + "?page=" + std::to_string(page) + "&page_size=" + std::to_string(page_size);
    }

    wire::Session session_;
};

TEST_P(V3Ranges, FetchPageAfterPage) {
    answer({"a", "b"}, true, 1);
    answer({"c", "d"}, true, 2);
    answer({"e"}, false, 3);

    EXPECT_EQ(all(), (Strings{"a", "b", "c", "d", "e"}));
    EXPECT_EQ(targets(), (Strings{target(1), target(2), target(3)}));
}

TEST_P(V3Ranges, BeginWhereTheyAreTold) {
    answer({"a"}, true, 7);
    answer({"b"}, false, 8);

    EXPECT_EQ(all(7, 1), (Strings{"a", "b"}));
    EXPECT_EQ(targets(), (Strings{target(7, 1), target(8, 1)}));
}

TEST_P(V3Ranges, EndWhenThereIsNoMoreWhateverTheTotalsSay) {
    answer_paged({"a"}, R"({"page":1,"total_pages":9,"total_count":9,"has_more":false})");

    EXPECT_EQ(all(), Strings{"a"});
    EXPECT_EQ(session_.mock->request_count(), 1U);
}

TEST_P(V3Ranges, EndAtAnEmptyPageWhateverItSays) {
    answer({"a"}, true, 1);
    answer({}, true, 2);

    EXPECT_EQ(all(), Strings{"a"});
    EXPECT_EQ(session_.mock->request_count(), 2U);
}

TEST_P(V3Ranges, EndWithoutPagination) {
    for (const auto* pagination : {"null", "{}", R"({"has_more":null})", R"("text")"}) {
        session_.mock->reset();
        answer_paged({"a", "b"}, pagination);

        EXPECT_EQ(all(), (Strings{"a", "b"})) << pagination;
    }
    session_.mock->reset();
    session_.mock->json(200, R"({"success":true,"data":null})");
    EXPECT_EQ(all(), Strings{});
}

TEST_P(V3Ranges, EndWithTheErrorInTheMiddle) {
    answer({"a", "b"}, true);
    session_.mock->reply(wire::golden_reply("errors/v3/AUTH_004.403"));

    EXPECT_EQ(all(), (Strings{"a", "b", "permission_denied"}));
    EXPECT_EQ(session_.mock->request_count(), 2U);
}

TEST_P(V3Ranges, EndWithARefusalThatHasStatus200) {
    answer({"a"}, true);
    session_.mock->json(200, R"({"success":false,"error":{"code":"RESOURCE_013"}})");

    EXPECT_EQ(all(), (Strings{"a", "not_found"}));
}

TEST_P(V3Ranges, EndAtTheLastPageNumberThereIs) {
    constexpr auto last = std::numeric_limits<std::int32_t>::max();
    answer({"a"}, true, last);

    EXPECT_EQ(all(last), Strings{"a"});
    EXPECT_EQ(targets(), Strings{target(last)});
}

TEST_P(V3Ranges, RefuseThePageZero) {
    EXPECT_EQ(all(0), Strings{"invalid_request"}) << "v3 counts from 1";
    EXPECT_EQ(all(1, 0), Strings{"invalid_request"});
    EXPECT_EQ(session_.mock->request_count(), 0U);
}

TEST_P(V3Ranges, StartOverWithEachLoop) {
    session_.mock->otherwise(Reply::json(200, page_of({"a"}, R"({"has_more":false})")));

    EXPECT_EQ(all(), all());
    EXPECT_EQ(targets(), (Strings{target(1), target(1)}));
}

TEST_P(V3Ranges, B9_EndWithAnErrorWhenTheServerIgnoresThePage) {
    session_.mock->otherwise(Reply::json(
        200,
        page_of({"a", "b"}, R"({"page":1,"page_size":2,"total_count":6,"total_pages":3,"has_more":true})")));

    EXPECT_EQ(all(), (Strings{"a", "b", "undecodable"}));
    EXPECT_EQ(all(2), Strings{"undecodable"});
    EXPECT_EQ(session_.mock->request_count(), 3U);
}

TEST_P(V3Ranges, B9_EndAfterTheLastPageWhateverHasMoreSays) {
    answer_paged({"a"}, R"({"page":1,"total_pages":2,"has_more":true})");
    answer_paged({"b"}, R"({"page":2,"total_pages":2,"has_more":true})");

    EXPECT_EQ(all(), (Strings{"a", "b"}));
    EXPECT_EQ(session_.mock->request_count(), 2U);
}

TEST_P(V3Ranges, B9_GoOnWithTheTotalsWhenHasMoreIsLeftOut) {
    answer_paged({"a"}, R"({"page":1,"page_size":1,"total_count":2})");
    answer_paged({"b"}, R"({"page":2,"page_size":1,"total_count":2})");

    EXPECT_EQ(all(), (Strings{"a", "b"}));
    EXPECT_EQ(session_.mock->request_count(), 2U);
}

TEST_P(V3Ranges, B9_OnePageSaysWhetherThereIsMoreWhateverIsLeftOut) {
    const auto has_more = [this](std::int32_t asked, const std::string& pagination) {
        answer_paged({"a"}, pagination);
        return GetParam().has_more(session_.client, asked);
    };
    const std::string totals = R"("page_size":1,"total_count":2)";
    EXPECT_TRUE(has_more(1, R"({"page":1,)" + totals + "}"));
    EXPECT_TRUE(has_more(1, R"({"page":1,"total_pages":2})"));
    EXPECT_TRUE(has_more(1, R"({"page":1,"has_more":null,)" + totals + "}"));
    EXPECT_FALSE(has_more(2, R"({"page":2,)" + totals + "}"));
    EXPECT_TRUE(has_more(1, "{" + totals + "}")) << "taken for the page asked for";
    EXPECT_FALSE(has_more(2, "{" + totals + "}"));
    EXPECT_FALSE(has_more(1, R"({"page":1,"has_more":false,)" + totals + "}")) << "the service's word";
    EXPECT_TRUE(has_more(1, R"({"page":1,"has_more":true})"));
    EXPECT_FALSE(has_more(1, "{}")) << "nothing says so";
}

TEST_P(V3Ranges, B9_EndWithAnErrorWhenTheSameBytesComeAgainWithoutAPage) {
    session_.mock->otherwise(Reply::json(200, page_of({"a"}, R"({"has_more":true})")));

    EXPECT_EQ(all(), (Strings{"a", "undecodable"}));
}

TEST_P(V3Ranges, B9_EndWithAnErrorWhenTheSameElementsComeAgainWithoutAPage) {
    const auto with_id = [](const std::string& id) {
        auto body = page_of({"a"}, R"({"has_more":true})");
        return body.insert(1, R"("meta":{"request_id":")" + id + R"("},)");
    };
    session_.mock->json(200, with_id("req_1")).otherwise(Reply::json(200, with_id("req_2")));

    EXPECT_EQ(all(), (Strings{"a", "undecodable"}));
    EXPECT_EQ(session_.mock->request_count(), 2U);
}

TEST_P(V3Ranges, B9_EndWhereTheServiceSaysThatThereIsNoMore) {
    answer_paged({"a"}, R"({"page":1,"page_size":1,"total_count":2,"total_pages":2,"has_more":false})");

    EXPECT_EQ(all(), Strings{"a"}) << "whatever the totals say";
    EXPECT_EQ(session_.mock->request_count(), 1U);
}

TEST_P(V3Ranges, B9_EndWhenTheServerAnswersWithItsLastPageInstead) {
    answer_paged({"c"}, R"({"page":3,"total_pages":3,"has_more":false})");

    EXPECT_EQ(all(7), Strings{}) << "there is no page 7";
}

std::string range_name(const ::testing::TestParamInfo<Range>& info) {
    return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(All, V3Ranges, ::testing::ValuesIn(ranges()), range_name);

TEST(V3Range, WorksWithStandardAlgorithmsAndKeepsTheMeta) {
    const wire::Session session("v3/contacts.list.reply");
    const auto range = session.client.contacts().all({2});

    const auto found = std::find_if(range.begin(), range.end(),
                                    [](const auto& contact) { return contact && contact->id == "second"; });

    ASSERT_NE(found, range.end());
    EXPECT_EQ(found->meta().request_id, "req_7X9zKp2jDw");
    EXPECT_EQ(found->meta().raw_body, "") << "an item does not repeat the page";
    EXPECT_EQ(session.mock->request_count(), 1U) << "lazy";
}

TEST(V3Range, FiltersEachPage) {
    const wire::Session session;
    session.mock->json(200, R"({"data":{"contacts":[{"id":"a"}],"pagination":{"has_more":true}}})");
    session.mock->json(200, R"({"data":{"contacts":[],"pagination":{"has_more":true}}})");
    sent::ListContactsRequest request;
    request.search = "x y";

    EXPECT_EQ(ids_of(session.client.contacts().all(request, wire::for_profile())), Strings{"a"});
    for (const auto& page : session.mock->requests()) {
        EXPECT_EQ(page.query.get("search"), "x y");
        EXPECT_EQ(page.headers.get("x-profile-id"), wire::profile_id);
    }
}

TEST(V3Range, IsNotHeldForEverByAServerThatAlwaysHasMore) {
    std::int32_t fetched = 0;
    bool in_order = true;
    const sent::PageRange<int> range{1, [&](std::int32_t page) -> sent::Result<sent::Page<int>> {
                                         in_order = in_order && page == ++fetched;
                                         sent::Page<int> same;
                                         same.items = {7};
                                         same.has_more = true;
                                         return same;
                                     }};

    EXPECT_EQ(std::distance(range.begin(), range.end()), 1'000'000);
    EXPECT_TRUE(in_order);
}

}  // namespace
