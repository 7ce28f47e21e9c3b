#include "json/decode.hpp"

#include "json/decoder.hpp"
#include "json/event_source.hpp"

namespace sent::detail {

namespace {

DecodeResult run(const JsonText& json, Decoder& decoder) {
    return decoder.finish(parse_events(json, decoder));
}

}  // namespace

DecodeResult decode(const JsonText& json, const StructInfo& info, void* object) {
    Decoder decoder{info, object};
    return run(json, decoder);
}

DecodeResult decode(const JsonText& json, const TypeInfo& type, void* target) {
    Decoder decoder{type, target};
    return run(json, decoder);
}

DecodeResult decode_envelope(const JsonText& json, EnvelopeMember* members, std::size_t count,
                             const StructInfo* table) {
    Decoder decoder{members, count, table};
    return run(json, decoder);
}

}  // namespace sent::detail
