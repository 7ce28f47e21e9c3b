#include <sent/webhooks/dedupe_key.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <utility>
#include <variant>

#include "base/sha256.hpp"

namespace sent::webhooks {

namespace {

std::string text(const std::optional<Timestamp>& time) {
    return time ? detail::encode_timestamp(*time) : std::string{};
}

/// Without an id there is no key. Omits empty parts.
std::string join(const std::string& id, std::initializer_list<std::string_view> parts) {
    std::string key = id;
    for (const auto part : parts) {
        if (!id.empty() && !part.empty()) {
            key.append(":").append(part);
        }
    }
    return key;
}

struct KeyOf {
    const Event& event;

    std::string operator()(const MessageStatusEvent& status) const {
        return join(status.message_id,
                    {status.message_status.str(), status.channel.str(), text(status.updated_at)});
    }
    std::string operator()(const InboundMessage& message) const { return message.message_id; }
    std::string operator()(const TemplateEvent& review) const {
        return join(review.template_id, {review.status.str(), review.channel.str(), text(event.timestamp)});
    }
    std::string operator()(const ContactEvent& contact) const {
        return join(contact.contact_id,
                    {event.event, text(event.timestamp), contact.message_id.value_or("")});
    }
    std::string operator()(const CallEvent& call) const {
        return join(call.call_id, {event.event, call.recording_id.value_or("")});
    }
    template <class Other>
    std::string operator()(const Other& /*payload*/) const {
        return {};
    }
};

/// Limits the length, because the header may contain anything and keys are remembered for one day.
std::string short_id(std::string event_id) {
    constexpr std::size_t longest = 64;
    return event_id.size() <= longest ? std::move(event_id) : detail::sha256_hex(event_id);
}

}  // namespace

std::string dedupe_key(const HeaderView& headers, std::string_view raw_body, const Event& event) {
    return business_key(event).empty() ? dedupe_key(headers, raw_body) : detail::sha256_hex(raw_body);
}

std::string dedupe_key(const HeaderView& headers, std::string_view raw_body) {
    auto body_hash = detail::sha256_hex(raw_body);
    auto event_id = headers.get(header_names::event_id);
    return event_id ? short_id(*std::move(event_id)) + ':' + body_hash : body_hash;
}

std::string business_key(const Event& event) {
    return std::visit(KeyOf{event}, event.payload);
}

}  // namespace sent::webhooks
