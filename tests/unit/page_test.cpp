#include <algorithm>
#include <iterator>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using sent::testing::Reply;
using ::testing::ElementsAre;

std::string page_of(const std::vector<std::string>& ids, int page, int total_pages) {
    std::string items;
    for (const auto& id : ids) {
        items += (items.empty() ? "" : ",") + (R"({"id":")" + id + R"("})");
    }
    return R"({"items":[)" + items + R"(],"totalCount":5,"page":)" + std::to_string(page) +
           R"(,"pageSize":2,"totalPages":)" + std::to_string(total_pages) + "}";
}

/// Lazy iteration, over the contacts of v2.
class Pages : public ClientFixture {
  protected:
    std::vector<std::string> ids_of_all() {
        v2::ListContactsRequest request;
        request.page_size = 2;
        std::vector<std::string> ids;
        for (const auto& contact : Client{options()}.v2().contacts().all(request)) {
            ids.push_back(contact ? contact->id : std::string{to_string(contact.error().kind)});
        }
        return ids;
    }
};

TEST_F(Pages, ListSaysWhetherThereIsMore) {
    mock->json(200, page_of({"a"}, 0, 3))
        .json(200, page_of({"a"}, 2, 3))
        .json(200, "{}")
        .json(200, R"({"page":-1,"totalPages":3})");
    const auto contacts = Client{options()}.v2().contacts();
    EXPECT_TRUE(contacts.list()->has_more);
    EXPECT_FALSE(contacts.list()->has_more);
    EXPECT_FALSE(contacts.list()->has_more);
    EXPECT_FALSE(contacts.list()->has_more);
}

TEST_F(Pages, B9_ListSaysWhetherThereIsMoreWhateverIsLeftOut) {
    v1::ListContactsRequest of_v1;
    v2::ListContactsRequest of_v2;
    v2::ListTemplatesRequest templates;
    const auto has_more = [&](int asked, const std::string& reply) {
        mock->reset();
        mock->otherwise(Reply::json(200, reply).always());
        const Client client{options()};
        of_v1.page = of_v2.page = templates.page = asked;
        const bool says = client.v2().contacts().list(of_v2)->has_more;
        EXPECT_EQ(client.v1().contacts().list(of_v1)->has_more, says);
        EXPECT_EQ(client.v2().templates().list(templates)->has_more, says);
        return says;
    };
    const std::string totals = R"("pageSize":1,"totalCount":2)";
    EXPECT_TRUE(has_more(0, R"({"items":[{"id":"a"}],"page":0,)" + totals + "}"));
    EXPECT_FALSE(has_more(1, R"({"items":[{"id":"b"}],"page":1,)" + totals + "}"));
    EXPECT_TRUE(has_more(0, R"({"items":[{"id":"a"}],)" + totals + "}"));
    EXPECT_FALSE(has_more(1, R"({"items":[{"id":"b"}],)" + totals + "}")) << "taken for the page asked for";
    EXPECT_TRUE(has_more(1, R"({"items":[{"id":"a"}],"page":0,)" + totals + "}")) << "it says which it is";
    EXPECT_FALSE(has_more(1, R"({"items":[{"id":"b"}]})")) << "nothing says so";
}

TEST_F(Pages, AllFetchesPageAfterPage) {
    mock->json(200, page_of({"a", "b"}, 0, 3))
        .json(200, page_of({"c", "d"}, 1, 3))
        .json(200, page_of({"e"}, 2, 3));
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "c", "d", "e"));
    const auto requests = mock->requests();
    ASSERT_EQ(requests.size(), 3U);
    EXPECT_EQ(requests[0].target(), "/v2/contacts?page=0&pageSize=2");
    EXPECT_EQ(requests[2].target(), "/v2/contacts?page=2&pageSize=2");
}

TEST_F(Pages, AllIsLazy) {
    mock->json(200, page_of({"a", "b"}, 0, 3));
    const auto range = Client{options()}.v2().contacts().all();
    EXPECT_EQ(mock->request_count(), 0U);
    const auto first = range.begin();
    EXPECT_EQ((*first)->id, "a");
    EXPECT_EQ(mock->request_count(), 1U);
}

TEST_F(Pages, AnErrorIsTheLastElement) {
    mock->json(200, page_of({"a", "b"}, 0, 3)).reply(403);
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "permission_denied"));
}

TEST_F(Pages, AnEmptyPageEndsTheListWhateverTheTotalsSay) {
    mock->json(200, page_of({"a"}, 0, 1000)).otherwise(Reply::json(200, page_of({}, 1, 1000)).always());
    EXPECT_THAT(ids_of_all(), ElementsAre("a"));
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(Pages, AnEmptyListHasNoElements) {
    mock->json(200, page_of({}, 0, 0));
    EXPECT_THAT(ids_of_all(), ElementsAre());
}

TEST_F(Pages, WorkWithStandardAlgorithms) {
    mock->json(200, page_of({"a", "b"}, 0, 2)).json(200, page_of({"c"}, 1, 2));
    const auto range = Client{options()}.v2().contacts().all();
    EXPECT_EQ(
        std::count_if(range.begin(), range.end(), [](const auto& contact) { return contact.has_value(); }),
        3);
}

TEST_F(Pages, B24_PostIncrementReturnsTheElementBefore) {
    mock->json(200, page_of({"a", "b"}, 0, 2)).json(200, page_of({"c"}, 1, 2));
    const auto range = Client{options()}.v2().contacts().all();
    auto it = range.begin();
    EXPECT_EQ((*it++)->id, "a");
    EXPECT_EQ((*it)->id, "b");
    const auto before = it++;
    EXPECT_EQ((*before)->id, "b");
    EXPECT_EQ((*it++)->id, "c");
    EXPECT_EQ(it, range.end());
}

TEST_F(Pages, B24_WorkWithAlgorithmsThatCopyAndSearch) {
    mock->otherwise(Reply::json(200, page_of({"a", "b", "b", "c"}, 0, 1)).always());
    const auto range = Client{options()}.v2().contacts().all();
    const auto id = [](const Result<v2::Contact>& contact) { return contact->id; };
    std::vector<std::string> ids;
    std::transform(range.begin(), range.end(), std::back_inserter(ids), id);
    EXPECT_THAT(ids, ElementsAre("a", "b", "b", "c"));
    std::vector<Result<v2::Contact>> all(range.begin(), range.end());
    EXPECT_EQ(all.size(), 4U);
    std::vector<Result<v2::Contact>> different;
    std::unique_copy(range.begin(), range.end(), std::back_inserter(different),
                     [&](const auto& one, const auto& other) { return id(one) == id(other); });
    EXPECT_EQ(different.size(), 3U);
    std::vector<Result<v2::Contact>> two;
    std::copy_n(range.begin(), 2, std::back_inserter(two));
    EXPECT_EQ(id(two.at(1)), "b");
    EXPECT_EQ(std::distance(range.begin(), range.end()), 4);
}

using PageIterator = PageRange<v2::Contact>::iterator;
using HeaderIterator = Headers::const_iterator;
/// What C++17 asks of an input iterator, which std::iterator_traits cannot check.
template <class Iterator>
constexpr bool is_input_iterator = std::is_copy_assignable_v<Iterator>&&
    std::is_same_v<decltype(++std::declval<Iterator&>()), Iterator&>&& std::is_convertible_v<
        decltype(*std::declval<Iterator&>()++), typename Iterator::value_type>&&
        std::is_convertible_v<decltype(*std::declval<Iterator&>()), typename Iterator::value_type>&&
            std::is_same_v<decltype(*std::declval<Iterator&>()), typename Iterator::reference>&&
                std::is_same_v<decltype(std::declval<Iterator&>().operator->()), typename Iterator::pointer>&&
                    std::is_convertible_v<decltype(std::declval<Iterator&>() != std::declval<Iterator&>()),
                                          bool>;
static_assert(is_input_iterator<PageIterator>);
static_assert(is_input_iterator<HeaderIterator>);

TEST(HeaderIterators, B24_HaveMembersByArrow) {
    const Headers headers{{"X-One", "1"}, {"X-Two", "2"}};
    auto it = headers.begin();
    EXPECT_EQ(it->name, "X-One");
    EXPECT_EQ((*it++).value, "1");
    EXPECT_EQ(it->value, "2");
}

/// What a server answers that gets pages wrong, for v2 (which counts from 0).
class B9_Pages : public Pages {
  protected:
    static std::string numbers(const std::string& members) {
        return R"({"items":[{"id":"a"},{"id":"b"}])" + members + "}";
    }
};

TEST_F(B9_Pages, EndWithAnErrorWhenTheServerIgnoresThePage) {
    mock->otherwise(Reply::json(200, page_of({"a", "b"}, 0, 3)).always());
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "undecodable"));
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(B9_Pages, SayWhichPageCameInsteadOfWhich) {
    mock->otherwise(Reply::json(200, page_of({"a"}, 0, 3)).always());
    const auto range = Client{options()}.v2().contacts().all();
    const auto error = (*std::next(range.begin())).error();
    EXPECT_THAT(error.message,
                ::testing::HasSubstr("page 1 of the list was requested, but the answer is page 0"));
    EXPECT_EQ(error.outcome, Outcome::rejected);
    EXPECT_EQ(error.attempts, 1);
    EXPECT_EQ(error.http_status, 200);
}

TEST_F(B9_Pages, EndWithAnErrorForEachListOfV1AndV2) {
    mock->otherwise(Reply::json(200, page_of({"a"}, 0, 3)).always());
    const Client client{options()};
    const auto length = [](const auto& range) { return std::distance(range.begin(), range.end()); };
    EXPECT_EQ(length(client.v1().contacts().all()), 2);
    EXPECT_EQ(length(client.v2().contacts().all()), 2);
    EXPECT_EQ(length(client.v2().templates().all()), 2);
}

TEST_F(B9_Pages, GoOnWhenTheServerLeavesThePageOut) {
    mock->json(200, numbers(R"(,"totalPages":2)")).json(200, R"({"items":[{"id":"c"}],"totalPages":2})");
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "c"));
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(B9_Pages, EndWithAnErrorWhenTheSameBytesComeAgainWithoutAPage) {
    mock->otherwise(Reply::json(200, numbers(R"(,"totalPages":1000000)")).always());
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "undecodable"));
}

TEST_F(B9_Pages, CountPagesByTheTotalWhenTheirNumberIsLeftOut) {
    mock->json(200, numbers(R"(,"page":0,"pageSize":2,"totalCount":3)"))
        .json(200, R"({"items":[{"id":"c"}],"page":1,"pageSize":2,"totalCount":3})");
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "c"));
    EXPECT_EQ(mock->request_count(), 2U);
}

TEST_F(B9_Pages, EndWithoutAnErrorWhenTheListHasBecomeShorterMeanwhile) {
    mock->json(200, page_of({"a", "b"}, 0, 3))
        .json(200, page_of({"c", "d"}, 1, 3))
        .json(200, page_of({"c", "d"}, 1, 2));
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "c", "d"));
    EXPECT_EQ(mock->request_count(), 3U);
}

TEST_F(B9_Pages, FollowATotalThatGrows) {
    mock->json(200, page_of({"a"}, 0, 1 + 1)).json(200, page_of({"b"}, 1, 3)).json(200, page_of({"c"}, 2, 3));
    EXPECT_THAT(ids_of_all(), ElementsAre("a", "b", "c"));
}

TEST_F(Pages, V1TemplatesComeInOnePage) {
    mock->json(200, R"([{"id":"t1","name":"One"},{"id":"t2","displayName":"Two"}])");
    std::vector<std::string> names;
    for (const auto& one : Client{options()}.v1().templates().all()) {
        names.push_back(one.value().name);
    }
    EXPECT_THAT(names, ElementsAre("One", "Two"));
    EXPECT_EQ(mock->request_count(), 1U);
}

}  // namespace
}  // namespace sent::test
