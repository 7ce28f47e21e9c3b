#include "json/validate.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

#include "json/event_source.hpp"
#include "json/inspect.hpp"
#include "json/text.hpp"

namespace sent::detail {

namespace {

using Finding = std::optional<FieldProblem>;

std::string_view describe(Location location) noexcept {
    switch (location) {
        case Location::path:
            return "path parameter";
        case Location::query:
            return "query parameter";
        case Location::body:
            break;
    }
    return "body field";
}

[[gnu::cold]] Finding problem(const Field& field, std::string_view what) {
    FieldProblem found{std::string{field.name}, std::string{describe(field.location)}};
    found.text.append(" `").append(field.name).append("` ").append(what);
    return found;
}

/// Adds the steps of a path from the inside out.
[[gnu::cold]] void prepend(std::string_view step, FieldProblem& found) {
    const std::string_view joint = found.field.front() == '[' ? "" : ".";
    found.field.insert(0, joint).insert(0, step);
}

Finding check_bounds(const Field& field, const TypeInfo& type, const void* value) {
    bool fits = true;
    if (type.kind == Kind::int32 || type.kind == Kind::int64) {
        const std::int64_t number = type.kind == Kind::int32 ? *static_cast<const std::int32_t*>(value)
                                                             : *static_cast<const std::int64_t*>(value);
        fits = number >= field.minimum && number <= field.maximum;
    } else if (type.kind == Kind::number) {
        const double number = *static_cast<const double*>(value);
        fits = number >= static_cast<double>(field.minimum) && number <= static_cast<double>(field.maximum);
    }
    if (fits) {
        return std::nullopt;
    }
    std::string text{"is out of range: use a number from "};
    append_integer(field.minimum, text);
    text += " to ";
    append_integer(field.maximum, text);
    return problem(field, text);
}

Finding check_object(const StructInfo& info, const void* object, std::size_t depth);

Finding check_inside(const TypeInfo& type, const void* value, std::size_t depth);

Finding check_vector(const TypeInfo& type, const void* value, std::size_t depth) {
    const std::size_t size = type.size(value);
    for (std::size_t i = 0; i < size; ++i) {
        if (Finding found = check_inside(*type.element, type.at(value, i), depth)) {
            prepend('[' + std::to_string(i) + ']', *found);
            return found;
        }
    }
    return std::nullopt;
}

Finding check_map(const TypeInfo& type, const void* value, std::size_t depth) {
    struct Context {
        const TypeInfo& element;
        std::size_t depth = 0;
        Finding found{};
    } context{*type.element, depth, std::nullopt};
    type.each(
        value,
        [](void* pointer, const std::string& key, const void* member) {
            auto& each = *static_cast<Context*>(pointer);
            each.found = check_inside(each.element, member, each.depth);
            if (each.found) {
                prepend(key_step(key), *each.found);
            }
            return !each.found.has_value();
        },
        &context);
    return std::move(context.found);
}

/// Whether the value contains structs whose members must be checked. Skips lists of thousands of recipients.
bool may_hold_problems(const TypeInfo& type) noexcept {
    const TypeInfo* inner = &type;
    while (inner->element != nullptr) {
        inner = inner->element;
    }
    return inner->kind == Kind::structure;
}

Finding check_inside(const TypeInfo& type, const void* value, std::size_t depth) {
    if (!may_hold_problems(type)) {
        return std::nullopt;
    }
    const Unwrapped inner = unwrap(type, value);
    // A value nested deeper than JSON allows is refused by the encoder.
    if (inner.value == nullptr || depth == max_json_depth) {
        return std::nullopt;
    }
    switch (inner.type->kind) {
        case Kind::structure:
            return check_object(inner.type->structure(), inner.value, depth + 1);
        case Kind::vector:
            return check_vector(*inner.type, inner.value, depth + 1);
        case Kind::map:
            return check_map(*inner.type, inner.value, depth + 1);
        default:
            return std::nullopt;
    }
}

Finding check_field(const Field& field, const void* object, std::size_t depth) {
    if (field.is_required && field.is_unset(object)) {
        return problem(field, "is required: set it");
    }
    if (!field.is_required && !field.is_bounded && !may_hold_problems(*field.type)) {
        return std::nullopt;
    }
    const Unwrapped inner = unwrap(*field.type, field.in(object));
    if (inner.value == nullptr) {
        return std::nullopt;
    }
    if (field.is_required && inner.type->is_unset(inner.value)) {
        return problem(field, "is required: set it");
    }
    if (field.is_bounded) {
        return check_bounds(field, *inner.type, inner.value);
    }
    Finding found = check_inside(*inner.type, inner.value, depth);
    if (found.has_value()) {
        prepend(field.name, *found);
    }
    return found;
}

Finding check_object(const StructInfo& info, const void* object, std::size_t depth) {
    for (const Field& field : info) {
        if (field.is_alias || (field.applies != nullptr && !field.applies(object))) {
            continue;
        }
        if (Finding found = check_field(field, object, depth); found.has_value()) {
            return found;
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<FieldProblem> validate(const StructInfo& info, const void* object) {
    return check_object(info, object, 0);
}

}  // namespace sent::detail
