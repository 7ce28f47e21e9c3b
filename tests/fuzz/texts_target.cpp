#include <string>

#include <sent/timestamp.hpp>
#include <sent/v3/messages.hpp>

#include "fuzz_target.hpp"
#include "json/event_source.hpp"

/// @file
/// Timestamps, open enumerations, open JSON.

namespace sent::fuzz {

void read_text(std::string_view input) {
    if (const auto time = parse_timestamp(input)) {
        const auto text = format_timestamp(*time);
        require(parse_timestamp(text) == time, "a timestamp that was read survives writing");
    }
    const MessageStatus status{input};
    require(status.str() == input, "a status that nobody knows is kept");
    const MessageStatus again{std::string{input}};
    require(status == again, "and equals itself");
    require(!(status < again) && !(again < status), "and does not come before itself");
    (void)is_final(status);
    const auto parsed = detail::check_json(input);
    require(parsed.offset <= input.size(), "the offset lies within the text");
}

}  // namespace sent::fuzz
