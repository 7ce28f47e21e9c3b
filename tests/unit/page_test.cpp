#include <algorithm>
#include <string>
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
