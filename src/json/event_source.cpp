#include "json/event_source.hpp"

#include "json/nlohmann_source.hpp"
#ifdef SENT_WITH_SIMDJSON
#include "json/simdjson_source.hpp"
#endif

namespace sent::detail {

namespace {

class Ignore final : public EventHandler {
  public:
    void on_null() override {}
    void on_boolean(bool /*value*/) override {}
    void on_number(std::string_view /*text*/) override {}
    void on_string(std::string_view /*text*/) override {}
    void on_key(std::string_view /*name*/) override {}
    void on_object_start() override {}
    void on_object_end() override {}
    void on_array_start() override {}
    void on_array_end() override {}
};

}  // namespace

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
    Ignore ignore{};
    return parse_events(json, ignore);
}

}  // namespace sent::detail
