#include <algorithm>

#include <sent/detail/json_bridge.hpp>
#include <sent/error.hpp>
#include <sent/operation.hpp>

#include "base/text/surrogates.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json/repair.hpp"
#include "json/text.hpp"

namespace sent::detail {

namespace {

/// The name of a table begins with its generation; the name of a page's table with the generation of its
/// items.
bool is_of_v3(const StructInfo& info) noexcept {
    const auto is_list = [](const Field& field) {
        return field.type->kind == Kind::vector && field.type->element->kind == Kind::structure;
    };
    const auto* const list = std::find_if(info.begin(), info.end(), is_list);
    const bool is_page = info.name == "Page" && list != info.end();
    const auto name = is_page ? list->type->element->structure().name : info.name;
    return name.substr(0, 4) == "v3::";
}

[[noreturn]] void fail(ErrorKind kind, std::string message) {
    Error error;
    error.kind = kind;
    error.message = std::move(message);
    throw_error(error);
}

}  // namespace

std::string encode_text(const StructInfo& info, const void* object) {
    EncodeOptions options;
    options.everything = true;
    std::string text;
    if (auto encoded = encode(info, object, text, options); !encoded) {
        fail(ErrorKind::invalid_request, std::move(encoded.error));
    }
    return text;
}

void decode_text(const StructInfo& info, std::string_view json, void* object) {
    if (auto decoded = decode(json, info, object); !decoded) {
        fail(ErrorKind::undecodable, std::move(decoded.message));
    }
}

std::string reply_text(const StructInfo& info, const void* response, std::string_view request_id) {
    std::string text = encode_text(info, response);
    if (!is_of_v3(info)) {
        return text;
    }
    std::string quoted;
    (void)append_json_string(request_id, quoted);
    return R"({"success":true,"data":)" + text + R"(,"error":null,"meta":{"request_id":)" + quoted +
           R"(,"version":"v3"}})";
}

std::string readable_text(std::string_view json) {
    return replace_unreadable(json);
}

Timestamp decode_timestamp(std::string_view text) {
    const auto time = parse_timestamp(text);
    if (!time) {
        fail(ErrorKind::undecodable, "not a time in ISO 8601 with an offset");
    }
    return *time;
}

}  // namespace sent::detail
