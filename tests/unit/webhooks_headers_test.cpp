#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sent/webhooks/headers.hpp>

namespace sent::test {
namespace {

using webhooks::HeaderView;

void expect_one(const HeaderView& headers) {
    EXPECT_EQ(headers.count("x-webhook-id"), 1U);
    EXPECT_EQ(headers.get("x-webhook-id"), "wh_1");
    EXPECT_EQ(headers.find("x-webhook-id").value(), "wh_1");
    EXPECT_EQ(headers.count("x-webhook-signature"), 0U);
    EXPECT_EQ(headers.get("x-webhook-signature"), std::nullopt);
    EXPECT_EQ(headers.find("x-webhook-signature").value(), "");
}

/// As in Boost.Beast: its own kind of string view, by value.
struct BeastText {
    std::string_view text{};
    [[nodiscard]] const char* data() const { return text.data(); }
    [[nodiscard]] std::size_t size() const { return text.size(); }
};
struct BeastField {
    [[nodiscard]] BeastText name_string() const { return {"X-Webhook-Id"}; }
    [[nodiscard]] BeastText value() const { return {"wh_1"}; }
};
/// Gives away strings that die with the expression.
struct FieldOfFunctions {
    [[nodiscard]] std::string name() const { return "X-Webhook-Id"; }
    [[nodiscard]] std::string value() const { return "wh_1"; }
};

TEST(WebhooksHeaderView, LooksIntoContainersOfPairs) {
    expect_one(std::map<std::string, std::string>{{"Host", "h"}, {"X-Webhook-Id", "wh_1"}});
    expect_one(std::multimap<std::string, std::string>{{"x-webhook-id", "wh_1"}, {"a", "b"}});
    expect_one(std::unordered_map<std::string, std::string>{{"X-WEBHOOK-ID", "wh_1"}});
    expect_one(std::vector<std::pair<std::string, std::string>>{{"x-Webhook-iD", "wh_1"}});
    expect_one(std::vector<std::pair<const char*, const char*>>{{"x-webhook-id", "wh_1"}, {"n", nullptr}});
    const std::pair<std::string_view, std::string_view> array[] = {{"x-webhook-id", "wh_1"}};
    expect_one(array);
    expect_one({{"x-webhook-id", "wh_1"}, {"host", "h"}});
}

TEST(WebhooksHeaderView, LooksIntoContainersOfFields) {
    expect_one(Headers{{"X-Webhook-ID", "wh_1"}, {"Host", "h"}});
    expect_one(std::vector<BeastField>{{}});
    expect_one(std::vector<FieldOfFunctions>{{}});
}

TEST(WebhooksHeaderView, AsksFunctions) {
    const auto is_id = [](std::string_view name) { return name == "x-webhook-id"; };
    expect_one([&](std::string_view name) { return std::string{is_id(name) ? "wh_1" : ""}; });
    expect_one([&](const std::string& name) { return is_id(name) ? "wh_1" : nullptr; });
    expect_one(
        [&](const char* name) { return is_id(name) ? std::optional<std::string>{"wh_1"} : std::nullopt; });
    const std::string kept = "wh_1";
    const std::string none;
    expect_one([&](std::string_view name) -> const std::string& { return is_id(name) ? kept : none; });
}

TEST(WebhooksHeaderView, CountsWhatCameMoreThanOnce) {
    const std::multimap<std::string, std::string> headers{
        {"x-webhook-id", "a"}, {"X-Webhook-Id", "b"}, {"X-WEBHOOK-ID", "a"}};
    const HeaderView view{headers};
    EXPECT_EQ(view.count("x-webhook-id"), 3U);
    EXPECT_EQ(view.find("x-webhook-id").value(), "");
    EXPECT_FALSE(view.get("x-webhook-id"));
}

TEST(WebhooksHeaderView, DoesNotTakeOtherNamesForIt) {
    for (const auto* name :
         {"x-webhook-i", "x-webhook-idd", " x-webhook-id", "x-webhook-id ", "x_webhook_id", ""}) {
        const Headers headers{{name, "wh_1"}};
        EXPECT_EQ(HeaderView{headers}.count("x-webhook-id"), 0U) << name;
    }
}

TEST(WebhooksHeaderView, CopiesAValueForThoseWhoAskForIt) {
    const Headers headers{{"X-Webhook-Event-ID", "e1"}, {"x-webhook-id", ""}};
    const HeaderView view{headers};
    EXPECT_EQ(view.get(webhooks::header_names::event_id), "e1");
    EXPECT_FALSE(view.get(webhooks::header_names::id));
    EXPECT_FALSE(view.get(webhooks::header_names::event_type));
}

TEST(WebhooksHeaderView, IsNotMadeOfWhatIsNoHeaders) {
    EXPECT_FALSE((std::is_constructible_v<HeaderView, std::string>));
    EXPECT_FALSE((std::is_constructible_v<HeaderView, std::vector<std::string>>));
    EXPECT_FALSE((std::is_constructible_v<HeaderView, int>));
}

}  // namespace
}  // namespace sent::test
