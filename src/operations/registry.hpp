#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <string_view>

#include <sent/operation.hpp>

/// @file
/// All operations, in the order of the documentation. Each source lists its operations (SENT_OPERATIONS);
/// registry.cpp orders the lists.

namespace sent::detail {

using RouteFunction = const Route& (*)() noexcept;

/// The operations of one source.
struct OperationGroup {
    const RouteFunction* routes = nullptr;
    std::size_t count = 0;
};

template <class... Requests>
struct GroupOf {
    static constexpr RouteFunction routes[] = {&RowOf<Requests>::route...};
};

/// Returns null if there is no operation of that name.
[[nodiscard]] const Route* find_route(std::string_view name) noexcept;

template <class T>
std::shared_ptr<void> make_object() {
    return std::make_shared<T>();
}

}  // namespace sent::detail

/// Use it in namespace sent::detail.
#define SENT_OPERATIONS(Name, ...)                                            \
    extern const OperationGroup Name##_operations;                            \
    const OperationGroup Name##_operations {                                  \
        GroupOf<__VA_ARGS__>::routes, std::size(GroupOf<__VA_ARGS__>::routes) \
    }
