#include <string>

#include <sent/sent.hpp>

#include "allocated.hpp"
#include "core/envelope.hpp"
#include "fuzz_target.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json/event_source.hpp"

/// @file
/// The JSON of every reply type. The first byte chooses the type.

namespace sent::fuzz {
namespace {

using detail::decode;
using detail::encode;
using detail::StructInfo;

template <class T>
const StructInfo& table() {
    return detail::Described<T>::info();
}

detail::EncodeOptions everything() {
    detail::EncodeOptions options;
    options.everything = true;
    return options;
}

/// What has been read can be written, and reading that again changes nothing any more.
template <class T>
void check_round_trip(const T& value) {
    std::string once;
    require(static_cast<bool>(encode(table<T>(), &value, once, everything())),
            "what was read can be written");
    T again{};
    require(static_cast<bool>(decode(once, table<T>(), &again)), "what was written can be read");
    std::string twice;
    require(static_cast<bool>(encode(table<T>(), &again, twice, everything())), "and written once more");
    require(once == twice, "a round trip changes nothing");
}

template <class T>
void read_bare(std::string_view json) {
    T value{};
    const auto result = read_modestly(
        json, [&] { return decode(json, table<T>(), &value, detail::room_for_text(json.size())); });
    require(result.offset <= json.size(), "the offset lies within the text");
    require(static_cast<bool>(result) == result.message.empty(), "a failure says why");
    if (result) {
        check_round_trip(value);
    }
}

template <class T>
void read_enveloped(std::string_view json) {
    T value{};
    const auto envelope = read_modestly(json, [&] {
        return detail::read_envelope(json, &table<T>(), &value, detail::room_for_text(json.size()));
    });
    if (envelope.decoded) {
        check_round_trip(value);
    } else {
        require(!envelope.is_refusal, "what cannot be read refuses nothing");
    }
}

using Reader = void (*)(std::string_view json);

constexpr Reader readers[] = {
    read_bare<Page<v1::Contact>>,
    read_bare<v1::Contact>,
    read_bare<Page<v1::Template>>,
    read_bare<v1::Template>,
    read_bare<Page<v2::Contact>>,
    read_bare<v2::Contact>,
    read_bare<v2::Message>,
    read_bare<Page<v2::Template>>,
    read_bare<v2::Template>,
    read_bare<v2::NumberLookup>,
    read_enveloped<v3::SendMessageResponse>,
    read_enveloped<v3::Message>,
    read_enveloped<v3::MessageActivities>,
    read_enveloped<v3::Contact>,
    read_enveloped<Page<v3::Contact>>,
    read_enveloped<v3::ContactMessageSummary>,
    read_enveloped<Page<v3::Message>>,
    read_enveloped<v3::Template>,
    read_enveloped<Page<v3::Template>>,
    read_enveloped<v3::Webhook>,
    read_enveloped<Page<v3::Webhook>>,
    read_enveloped<Page<v3::WebhookEventType>>,
    read_enveloped<Page<v3::WebhookEvent>>,
    read_enveloped<v3::WebhookSecret>,
    read_enveloped<v3::WebhookTest>,
    read_enveloped<v3::NumberLookup>,
    read_enveloped<v3::Profile>,
    read_enveloped<Page<v3::Profile>>,
    read_enveloped<v3::ProfileCompletion>,
    read_enveloped<v3::Campaign>,
    read_enveloped<Page<v3::Campaign>>,
    read_enveloped<v3::User>,
    read_enveloped<Page<v3::User>>,
    read_enveloped<v3::Account>,
};

}  // namespace

void read_reply(std::string_view input) {
    if (input.empty()) {
        return;
    }
    // A letter for each, so that corpus files can be read and written by people: A is the first.
    const auto chosen = static_cast<unsigned char>(input.front()) - static_cast<unsigned char>('A');
    readers[static_cast<std::size_t>(chosen < 0 ? -chosen : chosen) % std::size(readers)](input.substr(1));
}

}  // namespace sent::fuzz
