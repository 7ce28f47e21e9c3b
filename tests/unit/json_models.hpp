#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "json/field.hpp"

/// @file
/// Structs for the codec's tests: every kind of member, nesting, and a request with all three locations.

namespace sent::json_test {

class Color : public OpenEnum<Color> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant red{"RED"};
};

struct Part {
    std::string name{};
    std::optional<std::int32_t> weight{};
};

struct Everything {
    std::string text{};
    bool flag = false;
    std::int32_t small = 0;
    std::int64_t large = 0;
    double ratio = 0;
    Color color{};
    std::optional<std::string> maybe{};
    std::optional<Timestamp> time{};
    Nullable<std::string> change{};
    RawJson open{};
    std::optional<RawJson> maybe_open{};
    std::vector<std::string> names{};
    std::map<std::string, std::string> labels{};
    std::map<std::string, std::vector<std::string>> filters{};
    Part part{};
    std::optional<Part> maybe_part{};
    std::vector<Part> parts{};
    std::optional<std::vector<Part>> maybe_parts{};
    std::map<std::string, Part> parts_by_name{};
    std::vector<std::optional<std::int32_t>> holes{};
    Nullable<Part> part_change{};
};

/// Contains itself.
struct Node {
    std::string id{};
    std::vector<Node> children{};
};

struct Page {
    std::vector<Node> items{};
    std::int32_t total = -1;
    std::string title{};
};

struct ErrorBody {
    std::string message{};
    detail::FieldErrors details{};
};

struct Request {
    std::string id{};
    std::optional<std::int32_t> page{};
    std::string search{};
    std::string template_id{};
    std::vector<std::string> to{};
    std::map<std::string, std::string> variables{};
    bool old_name = false;
    std::optional<bool> sandbox{};
    std::string token{};
    std::string created_by{};
    std::int32_t retries = 3;
    bool urgent = false;
    std::vector<Part> parts{};
};

inline bool uses_old_name(const Request& request) {
    return request.old_name;
}
inline bool uses_new_name(const Request& request) {
    return !request.old_name;
}

struct Nothing {};

}  // namespace sent::json_test

SENT_DETAIL_OPEN_ENUM(sent::json_test::Color, red);

SENT_DETAIL_DESCRIBE(sent::json_test::Part);
SENT_DETAIL_DESCRIBE(sent::json_test::Everything);
SENT_DETAIL_DESCRIBE(sent::json_test::Node);
SENT_DETAIL_DESCRIBE(sent::json_test::Page);
SENT_DETAIL_DESCRIBE(sent::json_test::ErrorBody);
SENT_DETAIL_DESCRIBE(sent::json_test::Request);
SENT_DETAIL_DESCRIBE(sent::json_test::Nothing);

namespace sent::json_test {

using detail::field;
using detail::Field;
using detail::StructInfo;

inline constexpr Field part_fields[] = {
    field<&Part::name>("name").required(),
    field<&Part::weight>("weight").between(0, 100),
};
inline constexpr StructInfo part_info{"Part", part_fields};

inline constexpr Field everything_fields[] = {
    field<&Everything::text>("text"),
    field<&Everything::flag>("flag"),
    field<&Everything::small>("small"),
    field<&Everything::large>("large"),
    field<&Everything::ratio>("ratio"),
    field<&Everything::color>("color"),
    field<&Everything::maybe>("maybe"),
    field<&Everything::time>("time"),
    field<&Everything::change>("change"),
    field<&Everything::open>("open"),
    field<&Everything::maybe_open>("maybe_open"),
    field<&Everything::names>("names"),
    field<&Everything::labels>("labels"),
    field<&Everything::filters>("filters"),
    field<&Everything::part>("part"),
    field<&Everything::maybe_part>("maybe_part"),
    field<&Everything::parts>("parts"),
    field<&Everything::maybe_parts>("maybe_parts"),
    field<&Everything::parts_by_name>("parts_by_name"),
    field<&Everything::holes>("holes"),
    field<&Everything::part_change>("part_change"),
    field<&Everything::text>("title").alias(),
};
inline constexpr StructInfo everything_info{"Everything", everything_fields};

inline constexpr Field node_fields[] = {
    field<&Node::id>("id"),
    field<&Node::children>("children"),
};
inline constexpr StructInfo node_info{"Node", node_fields};

inline constexpr Field page_fields[] = {
    field<&Page::items>("items"),
    field<&Page::total>("total"),
    field<&Page::title>("title"),
};
inline constexpr StructInfo page_info = StructInfo{"Page", page_fields}.from_array("items");

inline constexpr Field error_fields[] = {
    field<&ErrorBody::message>("message"),
    field<&ErrorBody::details>("details").as_field_errors(),
};
inline constexpr StructInfo error_info{"ErrorBody", error_fields};

inline constexpr Field request_fields[] = {
    field<&Request::id>("id").in_path(),
    field<&Request::page>("page").in_query().between(1, 1000),
    field<&Request::search>("search").in_query(),
    field<&Request::template_id>("template_id").required(),
    field<&Request::to>("to").always(),
    field<&Request::variables>("messageBody").when<&uses_old_name>(),
    field<&Request::variables>("templateVariables").when<&uses_new_name>(),
    field<&Request::sandbox>("sandbox"),
    field<&Request::token>("access_token").secret(),
    field<&Request::created_by>("created_by").read_only(),
    field<&Request::retries>("retry_count").between(1, 5),
    field<&Request::urgent>("urgent").skip_default(),
    field<&Request::parts>("parts"),
};
inline constexpr StructInfo request_info{"Request", request_fields};

inline constexpr StructInfo nothing_info{"Nothing"};

}  // namespace sent::json_test

namespace sent::detail {

inline const StructInfo& Described<json_test::Part>::info() noexcept {
    return json_test::part_info;
}
inline const StructInfo& Described<json_test::Everything>::info() noexcept {
    return json_test::everything_info;
}
inline const StructInfo& Described<json_test::Node>::info() noexcept {
    return json_test::node_info;
}
inline const StructInfo& Described<json_test::Page>::info() noexcept {
    return json_test::page_info;
}
inline const StructInfo& Described<json_test::ErrorBody>::info() noexcept {
    return json_test::error_info;
}
inline const StructInfo& Described<json_test::Request>::info() noexcept {
    return json_test::request_info;
}
inline const StructInfo& Described<json_test::Nothing>::info() noexcept {
    return json_test::nothing_info;
}

}  // namespace sent::detail
