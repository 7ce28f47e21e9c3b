#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The lexer asserts that strtod has read the whole number, which fails if the locale's decimal point has more
// than one byte. Its value of the number is not used here.
#define JSON_ASSERT(condition) static_cast<void>(0)
#include <nlohmann/json.hpp>

#include "base/text/surrogates.hpp"
#include "base/text/utf8.hpp"
#include "json/event_skipper.hpp"
#include "json/nlohmann_source.hpp"
#include "json/repair.hpp"

/// @file
/// Produces events with nlohmann's SAX parser. The parser checks UTF-8 and does not recurse. Added here: a
/// depth limit, error texts without content, NUL as an error, numbers whose text does not depend on the
/// locale, and U+FFFD for unreadable parts of strings.

namespace sent::detail {

namespace {

/// Returns the position of the first bracket that is nested too deeply. The text is valid up to there.
[[gnu::cold]] std::size_t offset_of_excess_level(std::string_view text) noexcept {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (depth == max_json_depth) {
                return i;
            }
            ++depth;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return text.size();
}

template <class T, class = void>
struct NoSerializer {};

/// A type that only this file uses, so that the linker does not replace it with another program's lexer,
/// which may have assertions.
using Json = nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t, std::uint64_t,
                                  double, std::allocator, NoSerializer>;

/// Passes nlohmann's events on.
class SaxAdapter final : public nlohmann::json_sax<Json> {
  public:
    SaxAdapter(std::string_view text, EventHandler& handler, ParseStatus& status) noexcept
        : text_(text), handler_(handler), status_(status) {}

    bool null() override {
        handler_.on_null();
        return true;
    }
    bool boolean(bool value) override {
        handler_.on_boolean(value);
        return true;
    }
    bool number_integer(number_integer_t value) override { return integer(value); }
    bool number_unsigned(number_unsigned_t value) override { return integer(value); }
    bool number_float(number_float_t /*value*/, const string_t& text) override {
        number_ = text;
        // The parser has replaced the point with the locale's decimal point for strtod.
        const auto is_foreign = [](char c) {
            return std::string_view{"0123456789+-.eE"}.find(c) == std::string_view::npos;
        };
        std::replace_if(number_.begin(), number_.end(), is_foreign, '.');
        handler_.on_number(number_);
        return true;
    }
    bool string(string_t& text) override {
        handler_.on_string(text);
        return true;
    }
    bool binary(binary_t& /*never in JSON*/) override { return false; }
    bool key(string_t& name) override {
        handler_.on_key(name);
        return true;
    }
    bool start_object(std::size_t /*elements*/) override {
        if (!descend()) {
            return false;
        }
        handler_.on_object_start();
        return handler_.wants_more();
    }
    bool end_object() override {
        --depth_;
        handler_.on_object_end();
        return true;
    }
    bool start_array(std::size_t /*elements*/) override {
        if (!descend()) {
            return false;
        }
        handler_.on_array_start();
        return handler_.wants_more();
    }
    bool end_array() override {
        --depth_;
        handler_.on_array_end();
        return true;
    }
    [[gnu::cold]] bool parse_error(std::size_t position, const std::string& /*last_token*/,
                                   const nlohmann::detail::exception& error) override {
        constexpr int number_out_of_range = 406;
        status_.code = ParseStatus::Code::invalid;
        // nlohmann counts from 1, and one more at the end.
        status_.offset = std::min(position > 0 ? position - 1 : 0, text_.size());
        const auto not_utf8 = find_invalid_utf8(text_.substr(0, status_.offset + 1));
        if (error.id == number_out_of_range) {
            status_.what = "number too large";
        } else if (not_utf8 != std::string_view::npos && status_.offset < text_.size()) {
            status_.offset = not_utf8;
            status_.what = "invalid UTF-8";
        } else if (status_.offset == text_.size()) {
            status_.what = "the text ends too early";
        } else {
            status_.what = "unexpected";
            status_.byte = text_[status_.offset];
        }
        return false;
    }

  private:
    template <class Integer>
    bool integer(Integer value) {
        std::array<char, 24> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        handler_.on_number({digits.data(), static_cast<std::size_t>(end - digits.data())});
        return true;
    }

    bool descend() {
        if (depth_ == max_json_depth) {
            status_ = {ParseStatus::Code::too_deep, offset_of_excess_level(text_),
                       "nested deeper than 64 levels", std::nullopt};
            return false;
        }
        ++depth_;
        return true;
    }

    std::string_view text_;
    EventHandler& handler_;
    std::size_t depth_ = 0;
    std::string number_{};
    ParseStatus& status_;
};

ParseStatus parse(std::string_view json, EventHandler& handler) {
    ParseStatus status;
    SaxAdapter adapter{json, handler, status};
    Json::sax_parse(json.data(), json.data() + json.size(), &adapter);
    return status;
}

/// Parses a text again that could not be read, with U+FFFD for the unreadable parts of its strings. Does not
/// repeat events that were already reported.
[[gnu::cold]] ParseStatus parse_repaired(std::string_view json, EventHandler& handler) {
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    EventSkipper reported{all, handler};
    (void)parse(json, reported);
    EventSkipper later{all - reported.left(), handler};
    auto status = parse(replace_unreadable(json), later);
    status.offset = status ? 0 : offset_before_repair(json, status.offset);
    return status;
}

}  // namespace

ParseStatus parse_by_nlohmann(std::string_view json, EventHandler& handler) {
    if (json.empty()) {
        return {ParseStatus::Code::invalid, 0, "the text is empty", std::nullopt};
    }
    // nlohmann treats a NUL outside of strings as the end of the text.
    if (const auto nul = json.find('\0'); nul != std::string_view::npos) {
        return {ParseStatus::Code::invalid, nul, "unexpected", '\0'};
    }
    ParseStatus status = parse(json, handler);
    if (status.code == ParseStatus::Code::invalid) {
        return find_unreadable(json) <= status.offset ? parse_repaired(json, handler) : status;
    }
    return status;
}

}  // namespace sent::detail
