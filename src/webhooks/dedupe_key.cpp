#include <sent/webhooks/dedupe_key.hpp>

#include <initializer_list>
#include <optional>
#include <utility>
#include <variant>

#include "webhooks/sha256.hpp"

namespace sent::webhooks {

namespace {

std::string text(const std::optional<Timestamp>& time) {
    return time ? format_timestamp(*time) : std::string{};
}

/// Without an id there is no key; parts that are empty are left out.
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
        return join(status.message_id, {status.message_status.str(), text(status.updated_at)});
    }
    std::string operator()(const InboundMessage& message) const { return message.message_id; }
    std::string operator()(const TemplateEvent& review) const {
        return join(review.template_id, {review.status.str()});
    }
    std::string operator()(const ContactEvent& contact) const {
        return join(contact.contact_id, {event.event, text(event.timestamp)});
    }
    std::string operator()(const CallEvent& call) const {
        return join(call.call_id, {event.event, call.recording_id.value_or("")});
    }
    template <class Other>
    std::string operator()(const Other& /*payload*/) const {
        return {};
    }
};

}  // namespace

std::string dedupe_key(const HeaderView& headers, std::string_view raw_body) {
    if (auto event_id = headers.get(header_names::event_id)) {
        return *std::move(event_id);
    }
    return detail::sha256_hex(raw_body);
}

std::string business_key(const Event& event) {
    return std::visit(KeyOf{event}, event.payload);
}

}  // namespace sent::webhooks
