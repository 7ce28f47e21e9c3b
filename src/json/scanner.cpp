#include "json/scanner.hpp"

#include <utility>

#include "json/text.hpp"
#include "json/utf8.hpp"

namespace sent::detail {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// Shows a byte of the text, and no more than that: the text may be confidential.
std::string shown(char c) {
    if (c > ' ' && c < '\x7F') {
        return {'\'', c, '\''};
    }
    constexpr std::string_view hex = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {'b', 'y', 't', 'e', ' ', '0', 'x', hex[byte >> 4U], hex[byte & 0x0FU]};
}

}  // namespace

ParseStatus Scanner::run() {
    if (text_.substr(0, byte_order_mark.size()) == byte_order_mark) {
        position_ = byte_order_mark.size();
    }
    Next next = Next::value;
    while (next != Next::nothing && next != Next::failed) {
        skip_space();
        next = step(next);
    }
    skip_space();
    if (next == Next::nothing && !at_end()) {
        fail_expecting("nothing after the value");
    }
    return std::move(status_);
}

Scanner::Next Scanner::step(Next next) {
    switch (next) {
        case Next::element_or_end:
            return at(']') ? close(']') : value();
        case Next::key_or_end:
            return at('}') ? close('}') : key();
        case Next::key:
            return key();
        case Next::comma_or_end:
            return comma_or_end();
        default:
            return value();
    }
}

Scanner::Next Scanner::value() {
    if (at_end()) {
        return fail_expecting("a value");
    }
    switch (text_[position_]) {
        case '{':
            return open(true);
        case '[':
            return open(false);
        case '"': {
            std::string_view content{};
            if (!string(content)) {
                return Next::failed;
            }
            handler_.on_string(content);
            return after_value();
        }
        case 't':
            return literal("true");
        case 'f':
            return literal("false");
        case 'n':
            return literal("null");
        default:
            return number();
    }
}

Scanner::Next Scanner::open(bool is_object) {
    if (depth_ == max_json_depth) {
        fail("nested deeper than 64 levels");
        status_.code = ParseStatus::Code::too_deep;
        return Next::failed;
    }
    ++depth_;
    ++position_;
    objects_ = (objects_ << 1U) | (is_object ? 1U : 0U);
    if (is_object) {
        handler_.on_object_start();
        return Next::key_or_end;
    }
    handler_.on_array_start();
    return Next::element_or_end;
}

Scanner::Next Scanner::close(char bracket) {
    --depth_;
    ++position_;
    objects_ >>= 1U;
    bracket == '}' ? handler_.on_object_end() : handler_.on_array_end();
    return after_value();
}

Scanner::Next Scanner::comma_or_end() {
    if (take(',')) {
        return in_object() ? Next::key : Next::value;
    }
    const char bracket = in_object() ? '}' : ']';
    if (at(bracket)) {
        return close(bracket);
    }
    return fail_expecting(in_object() ? "',' or '}'" : "',' or ']'");
}

Scanner::Next Scanner::key() {
    if (!at('"')) {
        return fail_expecting("a quoted name");
    }
    std::string_view name{};
    if (!string(name)) {
        return Next::failed;
    }
    handler_.on_key(name);
    skip_space();
    return take(':') ? Next::value : fail_expecting("':'");
}

Scanner::Next Scanner::literal(std::string_view word) {
    for (const char c : word) {
        if (!take(c)) {
            return fail_expecting(word);
        }
    }
    if (word == "null") {
        handler_.on_null();
    } else {
        handler_.on_boolean(word == "true");
    }
    return after_value();
}

bool Scanner::digits() {
    if (at_end() || !is_digit(text_[position_])) {
        fail_expecting("a digit");
        return false;
    }
    while (!at_end() && is_digit(text_[position_])) {
        ++position_;
    }
    return true;
}

Scanner::Next Scanner::number() {
    const std::size_t start = position_;
    if (!take('-') && !is_digit(text_[position_])) {
        return fail_expecting("a value");
    }
    if (!take('0') && !digits()) {
        return Next::failed;
    }
    if (take('.') && !digits()) {
        return Next::failed;
    }
    const bool has_exponent = take('e') || take('E');
    if (has_exponent) {
        if (!take('-')) {
            take('+');
        }
        if (!digits()) {
            return Next::failed;
        }
    }
    // Only such numbers may be too large for a double.
    constexpr std::size_t surely_fits = 300;
    const std::string_view text = text_.substr(start, position_ - start);
    double ignored = 0;
    if ((has_exponent || text.size() > surely_fits) && !parse_number(text, ignored)) {
        position_ = start;
        return fail("number too large");
    }
    handler_.on_number(text);
    return after_value();
}

/// From the opening quote to behind the closing one.
bool Scanner::string(std::string_view& content) {
    std::size_t start = ++position_;  // of the part that is not in unescaped_ yet
    bool has_escapes = false;
    while (true) {
        position_ += plain_prefix(text_.substr(position_));
        if (at_end()) {
            fail_expecting("the end of a string");
            return false;
        }
        const char c = text_[position_];
        if (c == '"') {
            break;
        }
        if (c == '\\') {
            if (!has_escapes) {
                unescaped_.clear();
            }
            has_escapes = true;
            unescaped_.append(text_, start, position_ - start);
            if (!escape()) {
                return false;
            }
            start = position_;
            continue;
        }
        // ASCII here is a control character.
        const std::size_t length = utf8_sequence(text_.substr(position_));
        if (length < 2) {
            fail(length == 0 ? "invalid UTF-8" : "unescaped control character in a string");
            return false;
        }
        position_ += length;
    }
    content = text_.substr(start, position_ - start);
    ++position_;
    if (has_escapes) {
        unescaped_.append(content);
        content = unescaped_;
    }
    return true;
}

bool Scanner::escape() {
    ++position_;
    const char c = at_end() ? '\0' : text_[position_];
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view characters = "\"\\/\b\f\n\r\t";
    const std::size_t index = names.find(c);
    if (index != std::string_view::npos) {
        unescaped_ += characters[index];
        ++position_;
        return true;
    }
    if (c != 'u') {
        fail_expecting("an escape sequence");
        return false;
    }
    ++position_;
    return escaped_code_point();
}

bool Scanner::hex4(unsigned& unit) {
    unit = 0;
    for (int i = 0; i < 4; ++i) {
        constexpr std::string_view lower = "0123456789abcdef";
        constexpr std::string_view upper = "0123456789ABCDEF";
        const char c = at_end() ? '\0' : text_[position_];
        const std::size_t digit = lower.find(c) != std::string_view::npos ? lower.find(c) : upper.find(c);
        if (digit == std::string_view::npos) {
            fail_expecting("a hexadecimal digit");
            return false;
        }
        unit = unit * 16 + static_cast<unsigned>(digit);
        ++position_;
    }
    return true;
}

/// What follows `\u`, with the second half of a surrogate pair.
bool Scanner::escaped_code_point() {
    unsigned code = 0;
    if (!hex4(code)) {
        return false;
    }
    const auto is_high = [](unsigned unit) { return unit >= 0xD800 && unit < 0xDC00; };
    const auto is_low = [](unsigned unit) { return unit >= 0xDC00 && unit < 0xE000; };
    if (is_low(code)) {
        fail("second half of a surrogate pair without the first");
        return false;
    }
    if (is_high(code)) {
        unsigned low = 0;
        if (!take('\\') || !take('u') || !hex4(low) || !is_low(low)) {
            fail("first half of a surrogate pair without the second");
            return false;
        }
        code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
    }
    append_utf8(code, unescaped_);
    return true;
}

void Scanner::skip_space() noexcept {
    while (!at_end()) {
        const char c = text_[position_];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
            return;
        }
        ++position_;
    }
}

Scanner::Next Scanner::fail(std::string reason) {
    status_.code = ParseStatus::Code::invalid;
    status_.offset = position_;
    status_.reason = std::move(reason);
    return Next::failed;
}

Scanner::Next Scanner::fail_expecting(std::string_view what) {
    std::string reason = text_.empty() ? "the text is empty" : "expected ";
    if (!text_.empty()) {
        reason.append(what).append(at_end() ? ", found the end" : ", found " + shown(text_[position_]));
    }
    return fail(std::move(reason));
}

ParseStatus parse_events(std::string_view json, EventHandler& handler) {
    return Scanner{json, handler}.run();
}

namespace {

class Ignore final : public EventHandler {
  public:
    void on_null() override {}
    void on_boolean(bool) override {}
    void on_number(std::string_view) override {}
    void on_string(std::string_view) override {}
    void on_key(std::string_view) override {}
    void on_object_start() override {}
    void on_object_end() override {}
    void on_array_start() override {}
    void on_array_end() override {}
};

}  // namespace

ParseStatus check_json(std::string_view json) {
    if (json.substr(0, byte_order_mark.size()) == byte_order_mark) {
        return {ParseStatus::Code::invalid, 0, "a byte order mark"};
    }
    Ignore ignore{};
    return parse_events(json, ignore);
}

}  // namespace sent::detail
