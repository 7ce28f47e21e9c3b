#include <string>
#include <utility>

#include <sent/error.hpp>

#include "allocated.hpp"
#include "core/error_mapping.hpp"
#include "fuzz_target.hpp"

/// @file
/// Bodies of errors, whatever their shape: the error that comes of them shows no key.

namespace sent::fuzz {

void read_error_body(std::string_view input) {
    static constexpr std::string_view secret = "sk_live_0123456789";
    HttpResponse response;
    response.status = input.empty() ? 500 : 200 + static_cast<unsigned char>(input.front()) * 2;
    response.body = std::string{input.substr(input.empty() ? 0 : 1)};
    const auto error = read_modestly(input, [&] {
        auto body = detail::parse_error_body(response.body);
        const auto status = detail::status_of_code(body.code);
        require(status == 0 || (status >= 400 && status < 600), "a code stands for an error's status");
        return detail::error_from_answer(std::move(response), std::move(body), true, secret);
    });
    const auto text = to_string(error);
    require(!error.message.empty(), "an error says something");
    require(text.find(secret) == std::string::npos, "an error's text has no key in it");
    require(error.raw_body.find(secret) == std::string::npos, "nor has its raw body");
    for (const char c : text) {
        require(static_cast<unsigned char>(c) >= 0x20, "an error's text is one line");
    }
}

}  // namespace sent::fuzz
