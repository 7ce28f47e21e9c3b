#include "emulator/state/event_types.hpp"

#include <algorithm>

namespace sent::testing::emulator {

const std::vector<EventFamily>& event_families() {
    static const std::vector<EventFamily> families{
        {"message",
         "Messages",
         "What becomes of messages, and messages from contacts",
         {{"queued", "Accepted, or taken up again by another route"},
          {"routed", "Channel and provider are chosen"},
          {"scheduled", "Held for later"},
          {"sent", "Handed to the provider"},
          {"delivered", "Arrived at the recipient"},
          {"read", "Read by the recipient"},
          {"failed", "An attempt failed"},
          {"filtered", "Held back by policy or consent"},
          {"blocked", "Not sent: balance, template, conversation or sender"},
          {"cancelled", "A scheduled message was called off"},
          {"received", "A contact wrote"}}},
        {"templates", "Templates", "The review of templates", {}},
        {"contact",
         "Contacts",
         "What contacts say about hearing from you",
         {{"opt_in", "Wants messages again"},
          {"opt_out", "Wants no more messages"},
          {"help", "Asks for help"},
          {"custom_keyword", "Wrote one of your own keywords"}}},
        {"channel",
         "Channels",
         "The state of your channels",
         {{"submitted", "Handed in for review"},
          {"activated", "Ready for messages"},
          {"deactivated", "Out of use"},
          {"removed", "A sender was taken away"}}},
        {"call",
         "Calls",
         "Voice calls",
         {{"initiated", "Begun"},
          {"answered", "Taken"},
          {"completed", "Ended"},
          {"failed", "Came to nothing"},
          {"recording_ready", "A recording can be downloaded"}}},
        {"link",
         "Links",
         "What becomes of short links",
         {{"clicked", "Opened"},
          {"downloaded", "Its file was downloaded"},
          {"expired", "Too old to be opened"},
          {"revoked", "Withdrawn"}}},
    };
    return families;
}

const EventFamily* find_event_family(std::string_view name) {
    const auto wanted = name == "messages" ? std::string_view("message") : name;
    const auto& families = event_families();
    const auto found = std::find_if(families.begin(), families.end(),
                                    [wanted](const EventFamily& family) { return family.name == wanted; });
    return found == families.end() ? nullptr : &*found;
}

bool has_sub_type(const EventFamily& family, std::string_view sub_type) {
    return std::any_of(family.sub_types.begin(), family.sub_types.end(),
                       [sub_type](const EventSubType& type) { return type.name == sub_type; });
}

std::string event_type_name(std::string_view family, std::string_view sub_type) {
    std::string name(family);
    if (!sub_type.empty()) {
        name.append(".").append(sub_type);
    }
    return name;
}

}  // namespace sent::testing::emulator
