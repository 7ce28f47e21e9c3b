#pragma once

#include <string>
#include <string_view>

namespace sent::test {

/// How to write each byte as a number between two texts, for instance `\u0041`.
struct Spelling {
    std::string_view before{};
    unsigned base = 16;
    int width = 2;
    std::string_view behind{};
    std::string_view digits = "0123456789abcdef";
};

inline std::string spelled(std::string_view text, const Spelling& spelling) {
    std::string result;
    for (const char c : text) {
        std::string number;
        for (unsigned rest = static_cast<unsigned char>(c);
             rest != 0 || static_cast<int>(number.size()) < spelling.width; rest /= spelling.base) {
            number.insert(number.begin(), spelling.digits[rest % spelling.base]);
        }
        result.append(spelling.before).append(number).append(spelling.behind);
    }
    return result;
}

inline constexpr Spelling as_json{"\\u", 16, 4};
inline constexpr Spelling as_hexadecimal_escapes{"\\x", 16, 2};
inline constexpr Spelling as_octal_escapes{"\\", 8, 3};
inline constexpr Spelling as_url{"%", 16, 2, "", "0123456789ABCDEF"};
inline constexpr Spelling as_html{"&#", 10, 1, ";"};
inline constexpr Spelling as_hexadecimal_html{"&#x", 16, 1, ";"};
inline constexpr Spelling as_hexadecimal{"", 16, 2};
inline constexpr Spelling as_capital_hexadecimal{"", 16, 2, "", "0123456789ABCDEF"};

}  // namespace sent::test
