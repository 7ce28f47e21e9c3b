#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include "wire/golden.hpp"

/// @file
/// What the tests of v3's resources have in common.

namespace wire {

/// The key of the golden writes.
inline sent::CallOptions keyed() {
    sent::CallOptions options;
    options.idempotency_key = "order-1001-confirm";
    return options;
}

inline sent::CallOptions in_sandbox(sent::CallOptions options = {}) {
    options.sandbox = true;
    return options;
}

inline sent::CallOptions for_profile(sent::CallOptions options = {}) {
    options.profile_id = profile_id;
    return options;
}

inline std::optional<sent::Timestamp> at(std::string_view text) {
    return sent::parse_timestamp(text);
}

/// What the call makes of a golden reply, whose envelope is checked on the way.
template <class Call>
auto read_reply(const std::string& name, Call call) {
    using Value = typename std::invoke_result_t<Call, const sent::Client&>::value_type;
    const Session session("v3/" + name);
    const auto golden_message = golden("v3/" + name);
    auto result = call(session.client);
    if (!result) {
        ADD_FAILURE() << name << ": " << result.error();
        return Value{};
    }
    const auto& meta = result.meta();
    const bool has_meta = golden_message.body.find("req_7X9zKp2jDw") != std::string::npos;
    EXPECT_EQ(meta.request_id, has_meta ? "req_7X9zKp2jDw" : "req_of_the_header") << name;
    EXPECT_EQ(meta.http_status, golden_message.status()) << name;
    EXPECT_EQ(meta.raw_body, golden_message.body) << name;
    EXPECT_EQ(meta.attempts, 1) << name;
    return Value{std::move(*result)};
}

/// The same for a reply without content.
template <class Call>
void expect_done(const std::string& name, Call call) {
    const Session session("v3/" + name);
    const sent::Result<void> done = call(session.client);
    ASSERT_TRUE(done) << name << ": " << done.error();
    EXPECT_EQ(done.meta().http_status, 204) << name;
    EXPECT_EQ(done.meta().request_id, "req_of_the_header") << name;
    EXPECT_EQ(done.meta().raw_body, "") << name;
}

/// Of the golden lists' full replies.
template <class Page>
void expect_golden_totals(const Page& page) {
    EXPECT_EQ(page.page, 2);
    EXPECT_EQ(page.page_size, 2);
    EXPECT_EQ(page.total_count, 5);
    EXPECT_EQ(page.total_pages, 3);
    EXPECT_TRUE(page.has_more);
}

/// Of the golden lists whose pagination is made of nulls, or is null.
template <class Page>
void expect_no_totals(const Page& page) {
    EXPECT_EQ(page.page, 0);
    EXPECT_EQ(page.page_size, 0);
    EXPECT_EQ(page.total_count, 0);
    EXPECT_EQ(page.total_pages, 0);
    EXPECT_FALSE(page.has_more);
}

/// Of the golden lists' replies with unknown members.
template <class Page>
void expect_extended_totals(const Page& page) {
    EXPECT_EQ(page.page, 1);
    EXPECT_EQ(page.page_size, 20);
    EXPECT_EQ(page.total_count, 2);
    EXPECT_EQ(page.total_pages, 1);
    EXPECT_FALSE(page.has_more);
}

/// Of whole lists, which say nothing of pages.
template <class Page>
void expect_one_page(const Page& page) {
    const auto count = static_cast<std::int32_t>(page.items.size());
    EXPECT_EQ(page.page, 1);
    EXPECT_EQ(page.page_size, count);
    EXPECT_EQ(page.total_count, count);
    EXPECT_EQ(page.total_pages, 1);
    EXPECT_FALSE(page.has_more);
}

}  // namespace wire
