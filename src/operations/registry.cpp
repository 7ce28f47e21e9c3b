#include "operations/registry.hpp"

#include <algorithm>
#include <iterator>

#include <sent/operations.hpp>

namespace sent {

namespace detail {

/// The sources with operations, in the order of the documentation.
#define SENT_OPERATION_SOURCES(SOURCE)                                                                       \
    SOURCE(v1_messages), SOURCE(v1_contacts), SOURCE(v1_templates), SOURCE(v2_messages),                     \
        SOURCE(v2_contacts), SOURCE(v2_templates), SOURCE(v2_numbers), SOURCE(v3_messages),                  \
        SOURCE(v3_contacts), SOURCE(v3_conversations), SOURCE(v3_templates), SOURCE(v3_webhooks),            \
        SOURCE(v3_numbers), SOURCE(v3_profiles), SOURCE(v3_campaigns), SOURCE(v3_users), SOURCE(v3_account), \
        SOURCE(v3_sender_profiles), SOURCE(v3_channels), SOURCE(v3_sms_markets),                             \
        SOURCE(v3_whatsapp_channels), SOURCE(v3_rcs_agents), SOURCE(v3_compliance),                          \
        SOURCE(v3_market_numbers), SOURCE(v3_market_campaigns), SOURCE(v3_voice_numbers), SOURCE(v3_calls),  \
        SOURCE(v3_call_participants)

#define SENT_NAME_OF_GROUP(Source) Source##_operations
#define SENT_ADDRESS_OF_GROUP(Source) &Source##_operations

extern const OperationGroup SENT_OPERATION_SOURCES(SENT_NAME_OF_GROUP);

namespace {

constexpr const OperationGroup* groups[] = {SENT_OPERATION_SOURCES(SENT_ADDRESS_OF_GROUP)};

const Route* route_at(std::size_t index) noexcept {
    for (const auto* group : groups) {
        if (index < group->count) {
            return &group->routes[index]();
        }
        index -= group->count;
    }
    return nullptr;
}

std::size_t count_operations() noexcept {
    std::size_t count = 0;
    for (const auto* group : groups) {
        count += group->count;
    }
    return count;
}

}  // namespace

const Route* find_route(std::string_view name) noexcept {
    for (const auto* group : groups) {
        const auto* const end = group->routes + group->count;
        const auto* const found =
            std::find_if(group->routes, end, [name](RouteFunction route) { return route().name == name; });
        if (found != end) {
            return &(*found)();
        }
    }
    return nullptr;
}

}  // namespace detail

std::size_t OperationRange::size() const noexcept {
    return detail::count_operations();
}

const OperationInfo& OperationRange::at(std::size_t index) noexcept {
    return *detail::route_at(index);
}

const OperationInfo* find_operation(std::string_view name) noexcept {
    return detail::find_route(name);
}

}  // namespace sent
