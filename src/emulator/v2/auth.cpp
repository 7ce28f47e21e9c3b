#include "emulator/v2/auth.hpp"

#include "emulator/json_reply.hpp"
#include "emulator/state/ids.hpp"

namespace sent::testing::emulator {

std::optional<Reply> refuse_account(const Request& request, const EmulatorOptions& options) {
    for (const char* name : {"x-api-key", "x-sender-id"}) {
        const auto* value = find_header(request.headers, name);
        if (value == nullptr || value->empty()) {
            return problem(401, std::string("Header ") + name + " not found");
        }
    }
    if (parse_guid(*find_header(request.headers, "x-sender-id")) != parse_guid(options.sender_id)) {
        return problem(401, "Invalid x-sender-id");
    }
    const auto& key = *find_header(request.headers, "x-api-key");
    if (key == options.forbidden_api_key) {
        return Reply{403, {}, {}};
    }
    if (key != options.api_key) {
        return problem(401, "Invalid API credentials!");
    }
    return std::nullopt;
}

}  // namespace sent::testing::emulator
