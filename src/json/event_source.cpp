#include "json/event_source.hpp"

#include "json/nlohmann_source.hpp"
#ifdef SENT_WITH_SIMDJSON
#include "json/simdjson_source.hpp"
#endif

namespace sent::detail {

std::string ParseStatus::reason() const {
    std::string text{what};
    if (byte && *byte > ' ' && *byte < '\x7F') {
        text.append({' ', '\'', *byte, '\''});
    } else if (byte) {
        constexpr std::string_view hex = "0123456789ABCDEF";
        const auto number = static_cast<unsigned char>(*byte);
        text.append(" byte 0x").append({hex[number >> 4U], hex[number & 0x0FU]});
    }
    return text;
}

ParseStatus parse_events(const JsonText& json, EventHandler& handler) {
#ifdef SENT_WITH_SIMDJSON
    ParseStatus status = parse_by_simdjson(json, handler);
#else
    ParseStatus status = parse_by_nlohmann(json.text, handler);
#endif
    if (!handler.wants_more()) {
        status.code = ParseStatus::Code::stopped;
    }
    return status;
}

ParseStatus check_json(const JsonText& json) {
    if (json.text.substr(0, byte_order_mark.size()) == byte_order_mark) {
        return {ParseStatus::Code::invalid, 0, "a byte order mark", std::nullopt};
    }
    EventHandler none{};
    return parse_events(json, none);
}

}  // namespace sent::detail
