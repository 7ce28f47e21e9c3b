#include <string>

#include "core/redact.hpp"
#include "fuzz_target.hpp"

/// @file
/// What makes text from outside fit for a log.

namespace sent::fuzz {

void redact(std::string_view input) {
    const auto newline = input.find('\n');
    const auto secret = newline == std::string_view::npos ? std::string_view{} : input.substr(0, newline);
    const auto text = newline == std::string_view::npos ? input : input.substr(newline + 1);
    const auto shown = detail::presentable(text, secret, 512);
    for (const char c : shown) {
        require(static_cast<unsigned char>(c) >= 0x20 && c != 0x7F, "what is shown is one line");
    }
    std::string blotted{text};
    detail::blot_out(blotted, secret);
    // A secret that is part of the mark itself can not be told from it.
    if (!secret.empty() && std::string_view{"[redacted][redacted]"}.find(secret) == std::string_view::npos &&
        secret.find_first_of("[]") == std::string_view::npos) {
        require(blotted.find(secret) == std::string::npos, "a secret is blotted out");
    }
    std::string masked{text};
    detail::mask_phone_numbers(masked);
    (void)detail::presentable_id(text, secret);
}

}  // namespace sent::fuzz
