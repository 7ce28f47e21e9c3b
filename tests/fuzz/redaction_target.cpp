#include <array>
#include <cstddef>
#include <string>

#include <sent/http/headers.hpp>

#include "base/redaction/redact.hpp"
#include "fuzz_target.hpp"
#include "support/spellings.hpp"

/// @file
/// Redaction of text from outside. The first byte selects a key, the second one a limit. In the rest, 0x01
/// and the next byte stand for a part of the key, 0x02 and the next byte for a part of it in another
/// spelling.

namespace sent::fuzz {
namespace {

constexpr std::array<std::string_view, 4> keys{"sk_live_4eC39Hq/Lyj+WDarjtT1_zdp7dc", "14155551234567890",
                                               "aaaaaaaaaaaaaaaa", R"(a%2Bb\/c&amp;d[redacted]e)"};
constexpr std::size_t window = 8;

std::string with_escaped_slashes(std::string_view text) {
    std::string result;
    for (const char c : text) {
        result.append(c == '/' ? "\\" : "").push_back(c);
    }
    return result;
}

std::string spelled(std::string_view text, std::size_t how) {
    using namespace test;  // NOLINT(google-build-using-namespace): for the list
    constexpr std::array<Spelling, 5> spellings{as_json, as_url, as_html, as_hexadecimal,
                                                as_hexadecimal_escapes};
    how %= spellings.size() + 1;
    return how == spellings.size() ? with_escaped_slashes(text) : test::spelled(text, spellings[how]);
}

/// Replaces those pairs of bytes by parts of the key.
std::string expanded(std::string_view input, std::string_view key) {
    constexpr std::size_t most = 65'536;
    std::string text;
    for (std::size_t i = 0; i < input.size() && text.size() < most; ++i) {
        const char c = input[i];
        if ((c != '\x01' && c != '\x02') || i + 1 == input.size()) {
            text.push_back(c);
            continue;
        }
        const auto what = static_cast<unsigned char>(input[++i]);
        const auto part = key.substr(what % key.size());
        text += c == '\x01' ? std::string{part} : spelled(part, what);
    }
    return text;
}

void require_no_key(std::string_view shown, std::string_view key) {
    for (std::size_t i = 0; i + window <= key.size(); ++i) {
        require(shown.find(key.substr(i, window)) == std::string_view::npos,
                "no eight characters of the key are shown");
    }
}

}  // namespace

void redact(std::string_view input) {
    const auto byte = [&](std::size_t i) {
        return i < input.size() ? static_cast<unsigned char>(input[i]) : 0U;
    };
    const std::string_view key = keys[byte(0) % keys.size()];
    const std::string text = expanded(input.substr(input.size() < 2 ? input.size() : 2), key);
    const detail::Redactor redactor(key);

    const std::size_t limit = byte(1);
    const auto shown = redactor.presentable(text, limit);
    require(shown.size() <= limit, "what is shown is no longer than it may be");
    for (const char c : shown) {
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "what is shown is one line");
    }
    require_no_key(shown, key);
    require_no_key(redactor.presentable(text), key);
    require_no_key(redactor.presentable_id(text), key);

    // Whole, and cut by a limit on the reply.
    require_no_key(redactor.without_secret(std::string{text}), key);
    require_no_key(redactor.without_secret(text.substr(0, text.size() * limit / 256)), key);
    require_no_key(redactor.without_secret(text.substr(text.size() * limit / 256)), key);
    for (const auto field : redactor.without_secret(headers_from(text))) {
        require_no_key(field.name, key);
        require_no_key(field.value, key);
    }
}

}  // namespace sent::fuzz
