#include "operations/registry.hpp"

#include <algorithm>
#include <iterator>

#include <sent/operations.hpp>

namespace sent {

namespace detail {

extern const OperationGroup v1_messages_operations;
extern const OperationGroup v1_contacts_operations;
extern const OperationGroup v1_templates_operations;
extern const OperationGroup v2_messages_operations;
extern const OperationGroup v2_contacts_operations;
extern const OperationGroup v2_templates_operations;
extern const OperationGroup v2_numbers_operations;
extern const OperationGroup v3_messages_operations;
extern const OperationGroup v3_contacts_operations;
extern const OperationGroup v3_conversations_operations;
extern const OperationGroup v3_templates_operations;
extern const OperationGroup v3_webhooks_operations;
extern const OperationGroup v3_numbers_operations;
extern const OperationGroup v3_profiles_operations;
extern const OperationGroup v3_campaigns_operations;
extern const OperationGroup v3_users_operations;
extern const OperationGroup v3_account_operations;

namespace {

/// In the order of the documentation.
constexpr const OperationGroup* groups[] = {
    &v1_messages_operations, &v1_contacts_operations,      &v1_templates_operations, &v2_messages_operations,
    &v2_contacts_operations, &v2_templates_operations,     &v2_numbers_operations,   &v3_messages_operations,
    &v3_contacts_operations, &v3_conversations_operations, &v3_templates_operations, &v3_webhooks_operations,
    &v3_numbers_operations,  &v3_profiles_operations,      &v3_campaigns_operations, &v3_users_operations,
    &v3_account_operations,
};

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
