#include "json/decode.hpp"

#include "json/decoder.hpp"
#include "json/event_source.hpp"

namespace sent::detail {

namespace {

DecodeResult run(std::string_view json, Decoder& decoder) {
    return decoder.finish(parse_events(json, decoder));
}

}  // namespace

DecodeResult decode(std::string_view json, const StructInfo& info, void* object) {
    Decoder decoder{info, object};
    return run(json, decoder);
}

DecodeResult decode(std::string_view json, const TypeInfo& type, void* target) {
    Decoder decoder{type, target};
    return run(json, decoder);
}

DecodeResult decode_envelope(std::string_view json, EnvelopeMember* members, std::size_t count,
                             const StructInfo* table) {
    Decoder decoder{members, count, table};
    return run(json, decoder);
}

}  // namespace sent::detail
