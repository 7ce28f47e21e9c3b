// A2: what decoding may take, however short the text of an element is.

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include <sent/webhooks/events.hpp>

#include "json/decode.hpp"
#include "json_models.hpp"
#include "support/allocations.hpp"

namespace sent::json_test {
namespace {

using detail::DecodeStatus;
using detail::EnvelopeMember;
using detail::type_info;

/// So many elements, separated by commas.
std::string list_of(const std::string& element, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "" : ",") + element;
    }
    return text;
}

/// The same with a name of its own for each.
std::string members_of(const std::string& value, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + value;
    }
    return text;
}

TEST(A2_DecodingRoom, BoundsEveryKindOfListAndMap) {
    constexpr std::size_t count = 10'000;
    const std::vector<std::string> texts = {
        "{\"parts\":[" + list_of("{}", count) + "]}",
        "{\"maybe_parts\":[" + list_of("{}", count) + "]}",
        "{\"names\":[" + list_of("\"\"", count) + "]}",
        "{\"names\":[" + list_of("0", count) + "]}",
        "{\"holes\":[" + list_of("null", count) + "]}",
        "{\"holes\":[" + list_of("1", count) + "]}",
        "{\"labels\":{" + members_of("\"\"", count) + "}}",
        "{\"filters\":{" + members_of("[]", count) + "}}",
        "{\"filters\":{\"a\":[" + list_of("\"\"", count) + "]}}",
        "{\"parts_by_name\":{" + members_of("{}", count) + "}}",
    };
    for (const auto& text : texts) {
        SCOPED_TRACE(text.substr(0, 40));
        Everything whole;
        EXPECT_TRUE(detail::decode(text, whole));

        constexpr detail::Room room = 20'000;
        const std::size_t before = test::allocated_bytes();
        Everything part;
        const auto result = detail::decode(text, part, room);
        EXPECT_EQ(result.status, DecodeStatus::too_large);
        EXPECT_NE(result.message.find("take more memory than they may, at "), std::string::npos)
            << result.message;
        // What a growing vector has given back counts here, too, and the parser keeps some of the text.
        EXPECT_LT(test::allocated_bytes() - before, 6 * room + 4 * text.size());
    }
}

TEST(A2_DecodingRoom, CountsNestedListsTogether) {
    const std::string text = "{\"id\":\"root\",\"children\":[" +
                             list_of("{\"children\":[" + list_of("{}", 10) + "]}", 1000) + "]}";
    Node node;
    EXPECT_EQ(detail::decode(text, node, 100'000).status, DecodeStatus::too_large);
    EXPECT_LE(node.children.size() * 11 * sizeof(Node), 120'000U);
}

TEST(A2_DecodingRoom, IsThatOfTheElementsExactly) {
    const std::string text = "{\"children\":[" + list_of("{\"id\":\"a\"}", 100) + "]}";
    Node node;
    EXPECT_TRUE(detail::decode(text, node, 100 * sizeof(Node)));
    EXPECT_EQ(node.children.size(), 100U);
    Node other;
    const auto result = detail::decode(text, other, 100 * sizeof(Node) - 1);
    EXPECT_EQ(result.status, DecodeStatus::too_large);
    EXPECT_EQ(result.message, "its lists take more memory than they may, at children[99]");
}

TEST(A2_DecodingRoom, HoldsInAnEnvelopeAndForOpenMembers) {
    const std::string text =
        "{\"open\":[" + list_of("{}", 10'000) + "],\"list\":[" + list_of("{}", 10'000) + "]}";
    RawJson open;
    std::vector<RawJson> list;
    EnvelopeMember members[] = {{"open", &type_info<RawJson>, &open},
                                {"list", &type_info<std::vector<RawJson>>, &list}};
    EXPECT_EQ(detail::decode_envelope(text, members, nullptr, 50'000).status, DecodeStatus::too_large);
    EXPECT_LE(open.text.size(), text.size());
    EXPECT_LE(list.size(), 50'000 / sizeof(RawJson) + 1);
}

TEST(A2_DecodingRoom, IsNotNeededForWhatIsSkipped) {
    const std::string text = "{\"unknown\":[" + list_of("{}", 10'000) + "],\"text\":[" +
                             list_of("[]", 10'000) + "],\"names\":[\"a\"]}";
    Everything value;
    EXPECT_TRUE(detail::decode(text, value, 1000));
    EXPECT_EQ(value.names.size(), 1U);
}

TEST(A2_DecodingRoom, CutsTheDetailsOfAnErrorAndReadsOn) {
    const std::vector<std::string> details = {
        "[" + list_of("\"\"", 10'000) + "]",
        "[" + list_of("{}", 10'000) + "]",
        "{" + members_of("0", 10'000) + "}",
        "{" + members_of("[0]", 10'000) + "}",
        "{" + members_of("{}", 10'000) + "}",
        "{\"a\":[" + list_of("[[]]", 10'000) + "]}",
        "{\"a\":[\"" + std::string(50'000, 'x') + "\"]}",
    };
    for (const auto& each : details) {
        SCOPED_TRACE(each.substr(0, 20));
        const std::size_t before = test::allocated_bytes();
        ErrorBody body;
        ASSERT_TRUE(detail::decode("{\"details\":" + each + ",\"message\":\"m\"}", body, 20'000));
        EXPECT_EQ(body.message, "m");
        EXPECT_LT(test::allocated_bytes() - before, 200'000U + 8 * each.size());
    }
}

/// What reading the delivery has asked for, also what it has given back meanwhile.
std::size_t cost_of(const std::string& body, bool is_read) {
    const std::size_t before = test::allocated_bytes();
    const auto event = webhooks::parse_event(body);
    const std::size_t cost = test::allocated_bytes() - before;
    EXPECT_EQ(static_cast<bool>(event), is_read) << body.substr(0, 80);
    if (!event) {
        EXPECT_EQ(event.error().kind, ErrorKind::undecodable);
        EXPECT_NE(event.error().message.find("more memory than they may"), std::string::npos)
            << event.error().message;
    }
    return cost;
}

TEST(A2_DecodingRoom, ADeliveryCostsAMultipleOfItsSize) {
    if (!test::allocations_are_counted()) {
        GTEST_SKIP() << "a sanitizer has its own operator new";
    }
    constexpr std::size_t count = 300'000;
    const std::string list = "[" + list_of("{}", count) + "]";
    struct Case {
        std::string head;
        bool is_read;
    };
    const std::vector<Case> cases = {
        {R"({"field":"message","event":"message.received","payload":{"media":)", false},
        {R"({"field":"message","event":"message.received","value":{"media":)", false},
        {R"({"field":"channel","event":"channel.updated","payload":{"id":1,"compliance":{"documents":)",
         false},
        {R"({"field":"channel","event":"channel.updated","payload":{"brand":)", true},
        {R"({"field":"something","payload":{"a":)", true},
        {R"({"field":"message","event":"message.sent","payload":{"a":)", true},
    };
    for (const auto& each : cases) {
        const bool is_deep = each.head.find("compliance") != std::string::npos;
        const auto body = each.head + list + (is_deep ? "}}}" : "}}");
        EXPECT_LT(cost_of(body, each.is_read), 24 * body.size()) << each.head;
    }
}

TEST(A2_DecodingRoom, ADeliveryWithManyPicturesIsRead) {
    const std::string body =
        R"({"field":"message","event":"message.received","payload":{"media":[)" +
        list_of(R"({"url":"https://cdn.example/1","content_type":"image/png"})", 10'000) + "]}}";
    const auto event = webhooks::parse_event(body);
    ASSERT_TRUE(event) << to_string(event.error());
    EXPECT_EQ(std::get<webhooks::InboundMessage>(event->payload).media.size(), 10'000U);
}

}  // namespace
}  // namespace sent::json_test
