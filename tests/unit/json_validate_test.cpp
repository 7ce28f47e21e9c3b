#include "json/validate.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "json/encode.hpp"
#include "json_models.hpp"

namespace sent::json_test {
namespace {

/// Contains itself, and each of them needs a name.
struct Link {
    std::string name{};
    std::vector<Link> next{};
};

}  // namespace
}  // namespace sent::json_test

template <>
struct sent::detail::Described<sent::json_test::Link> : std::true_type {
    static const StructInfo& info() noexcept;
};

namespace sent::json_test {
namespace {

constexpr Field link_fields[] = {
    field<&Link::name>("name").required(),
    field<&Link::next>("next"),
};
constexpr StructInfo link_info{"Link", link_fields};

}  // namespace
}  // namespace sent::json_test

const sent::detail::StructInfo& sent::detail::Described<sent::json_test::Link>::info() noexcept {
    return sent::json_test::link_info;
}

namespace sent::json_test {
namespace {

using detail::FieldProblem;

std::string problem_of(const StructInfo& info, const void* object) {
    const std::optional<FieldProblem> problem = detail::validate(info, object);
    return problem ? problem->field + ": " + problem->text : "";
}

std::string problem_of(const Request& request) {
    return problem_of(request_info, &request);
}

Request valid() {
    Request request{};
    request.id = "7";
    request.template_id = "t";
    return request;
}

TEST(JsonValidate, PassesWhatIsComplete) {
    EXPECT_EQ(problem_of(valid()), "");
}

TEST(JsonValidate, NamesRequiredFieldsThatAreEmpty) {
    Request request = valid();
    request.id.clear();
    EXPECT_EQ(problem_of(request), "id: path parameter `id` is required: set it");
    request = valid();
    request.template_id.clear();
    EXPECT_EQ(problem_of(request), "template_id: body field `template_id` is required: set it");
}

TEST(JsonValidate, NamesNumbersOutOfBounds) {
    Request request = valid();
    for (const std::int32_t page : {0, -1, 1001, std::numeric_limits<std::int32_t>::min()}) {
        request.page = page;
        EXPECT_EQ(problem_of(request),
                  "page: query parameter `page` is out of range: use a number from 1 to 1000");
    }
    for (const std::int32_t page : {1, 1000}) {
        request.page = page;
        EXPECT_EQ(problem_of(request), "");
    }
    request.retries = 6;
    EXPECT_EQ(problem_of(request),
              "retry_count: body field `retry_count` is out of range: use a number from 1 to 5");
}

TEST(JsonValidate, LooksIntoWhatIsInside) {
    Request request = valid();
    request.parts = {{"a", {}}, {"", {}}};
    EXPECT_EQ(problem_of(request), "parts[1].name: body field `name` is required: set it");
    request.parts = {{"a", 101}};
    EXPECT_EQ(problem_of(request),
              "parts[0].weight: body field `weight` is out of range: use a number from 0 to 100");

    Everything value{};
    value.part.name = "p";
    EXPECT_EQ(problem_of(everything_info, &value), "");
    value.maybe_part.emplace();
    EXPECT_EQ(problem_of(everything_info, &value), "maybe_part.name: body field `name` is required: set it");
    value.maybe_part.reset();
    value.parts_by_name["key"] = {};
    EXPECT_EQ(problem_of(everything_info, &value),
              R"(parts_by_name["key"].name: body field `name` is required: set it)");
    value.parts_by_name.clear();
    value.part_change = null;
    EXPECT_EQ(problem_of(everything_info, &value), "");
    value.part_change = Part{};
    EXPECT_EQ(problem_of(everything_info, &value), "part_change.name: body field `name` is required: set it");
}

struct Needs {
    std::optional<std::string> text{};
    std::vector<std::string> list{};
    Nullable<std::string> change{};
    Color color{};
    double ratio = 0.5;
    std::optional<std::int64_t> large{};
};
constexpr Field needs_fields[] = {
    field<&Needs::text>("old_text").required().alias(),
    field<&Needs::text>("text").required(),
    field<&Needs::list>("list").required(),
    field<&Needs::change>("change").required(),
    field<&Needs::color>("color").required(),
    field<&Needs::ratio>("ratio").between(0, 1),
    field<&Needs::large>("large").between(-5, 5),
};
constexpr StructInfo needs_info{"Needs", needs_fields};

TEST(JsonValidate, KnowsWhatEmptyMeansForEachType) {
    Needs value{};
    const auto field_at_fault = [&] {
        const auto problem = detail::validate(needs_info, &value);
        return problem ? problem->field : "";
    };
    EXPECT_EQ(field_at_fault(), "text");
    value.text = "";
    EXPECT_EQ(field_at_fault(), "text");
    value.text = "x";
    EXPECT_EQ(field_at_fault(), "list");
    value.list = {""};
    EXPECT_EQ(field_at_fault(), "change");
    value.change = null;
    EXPECT_EQ(field_at_fault(), "color");
    value.color = Color::red;
    EXPECT_EQ(field_at_fault(), "");
    value.ratio = 1.5;
    EXPECT_EQ(field_at_fault(), "ratio");
    value.ratio = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(field_at_fault(), "ratio");
    value.ratio = 1;
    value.large = 6;
    EXPECT_EQ(field_at_fault(), "large");
    value.large = -5;
    EXPECT_EQ(field_at_fault(), "");
}

TEST(JsonValidate, LeavesWhatIsNestedTooDeepToTheEncoder) {
    Link first{};
    Link* last = &first;
    for (int i = 0; i < 20; ++i) {
        last->name = "fine";
        last = &last->next.emplace_back();
    }
    EXPECT_NE(problem_of(link_info, &first), "");
    for (int i = 0; i < 60; ++i) {
        last->name = "fine";
        last = &last->next.emplace_back();
    }
    EXPECT_EQ(problem_of(link_info, &first), "");
    std::string out{};
    EXPECT_NE(detail::encode(link_info, &first, out).error.find("nested deeper than 64 levels"),
              std::string::npos);
}

}  // namespace
}  // namespace sent::json_test
