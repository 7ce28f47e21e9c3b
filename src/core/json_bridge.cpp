#include <sent/error.hpp>
#include <sent/json.hpp>

#include "json/decode.hpp"
#include "json/encode.hpp"
#include "surrogates.hpp"

namespace sent::detail {

namespace {

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

std::string readable_text(std::string_view json) {
    const auto lone = find_lone_surrogate(json);
    return lone == std::string_view::npos ? std::string{json} : replace_lone_surrogates(json, lone);
}

Timestamp decode_timestamp(std::string_view text) {
    const auto time = parse_timestamp(text);
    if (!time) {
        fail(ErrorKind::undecodable, "not a time in ISO 8601 with an offset");
    }
    return *time;
}

}  // namespace sent::detail
