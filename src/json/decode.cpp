#include "json/decode.hpp"

#include "json/decoder.hpp"
#include "json/event_source.hpp"

namespace sent::detail {

DecodeResult decode(const JsonText& json, const StructInfo& info, void* object, Room room) {
    DecodeResult result{};
    Decoder decoder{result, info, object, room};
    decoder.finish(parse_events(json, decoder));
    return result;
}

DecodeResult decode_strictly(const JsonText& json, const StructInfo& info, void* object, Room room) {
    constexpr std::string_view none;
    DecodeResult result{};
    result.uncounted_path = &none;
    Decoder decoder{result, info, object, room};
    decoder.finish(parse_events(json, decoder));
    result.uncounted_path = nullptr;
    return result;
}

DecodeResult decode(const JsonText& json, const TypeInfo& type, void* target, Room room) {
    DecodeResult result{};
    Decoder decoder{result, type, target, room};
    decoder.finish(parse_events(json, decoder));
    return result;
}

DecodeResult decode_envelope_strictly(const JsonText& json, EnvelopeMember* members, std::size_t count,
                                      const StructInfo* table, Room room, std::string_view uncounted_path) {
    DecodeResult result{};
    result.uncounted_path = &uncounted_path;
    Decoder decoder{result, members, count, table, room};
    decoder.finish(parse_events(json, decoder));
    result.uncounted_path = nullptr;
    return result;
}

DecodeResult decode_envelope(const JsonText& json, EnvelopeMember* members, std::size_t count,
                             const StructInfo* table, Room room) {
    DecodeResult result{};
    Decoder decoder{result, members, count, table, room};
    decoder.finish(parse_events(json, decoder));
    return result;
}

}  // namespace sent::detail
