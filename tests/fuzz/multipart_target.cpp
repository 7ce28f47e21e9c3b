#include <string>
#include <vector>

#include "allocated.hpp"
#include "emulator/http/http_types.hpp"
#include "emulator/http/multipart.hpp"
#include "fuzz_target.hpp"

/// @file
/// Forms that the emulator receives. The first line is the Content-Type, the rest is the body.

namespace sent::fuzz {

void read_form(std::string_view input) {
    const auto line = input.substr(0, input.find('\n'));
    const auto body = input.substr(line.size() < input.size() ? line.size() + 1 : line.size());
    std::string error;
    const auto parts = read_modestly(input, [&] { return testing::emulator::parse_form(line, body, error); });
    require(parts.has_value() == error.empty(), "a form that is refused has a reason");
    if (!parts) {
        return;
    }
    require(testing::emulator::is_form_type(line), "a form has the type of forms");
    require(parts->size() <= 100, "the number of parts is limited");
    std::size_t size = 0;
    for (const auto& part : *parts) {
        require(!part.name.empty() && !part.content_type.empty(), "a part has a name and a type");
        require(
            part.content.empty() || (part.content.data() >= body.data() &&
                                     part.content.data() + part.content.size() <= body.data() + body.size()),
            "content is in the body");
        size += part.name.size() + part.content.size();
    }
    require(size <= body.size(), "parts do not overlap");
}

}  // namespace sent::fuzz
