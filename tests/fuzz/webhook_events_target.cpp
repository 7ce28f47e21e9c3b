#include <string>
#include <variant>

#include <sent/webhooks/dedupe_key.hpp>
#include <sent/webhooks/events.hpp>
#include <sent/webhooks/status_tracker.hpp>

#include "allocated.hpp"
#include "fuzz_target.hpp"
#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json/field.hpp"

/// @file
/// Bodies of deliveries, and what receivers make of them.

namespace sent::fuzz {
namespace {

/// The JSON of whatever was read is JSON that is read to the same.
struct Survives {
    void operator()(const webhooks::UnknownEvent& /*payload*/) const {}
    template <class Payload>
    void operator()(const Payload& payload) const {
        std::string first;
        require(static_cast<bool>(detail::encode(payload, first)), "a payload can be written");
        Payload again;
        require(static_cast<bool>(detail::decode(first, again)), "and read");
        std::string second;
        require(static_cast<bool>(detail::encode(again, second)), "and written again");
        require(first == second, "the same");
    }
};

}  // namespace

void read_webhook_event(std::string_view input) {
    const auto event = read_modestly(input, [&] { return webhooks::parse_event(input); });
    if (!event) {
        require(event.error().kind == ErrorKind::undecodable, "a body is read or undecodable");
        return;
    }
    require(event->raw.text == input, "the body is kept as it came");
    std::visit(Survives{}, event->payload);
    (void)webhooks::business_key(*event);
    if (const auto* status = std::get_if<webhooks::MessageStatusEvent>(&event->payload)) {
        webhooks::StatusTracker tracker;
        const auto change = tracker.apply(*status);
        require((change == webhooks::StatusChange::applied) == !status->message_id.empty(),
                "a status with an id is applied");
    }
}

}  // namespace sent::fuzz
