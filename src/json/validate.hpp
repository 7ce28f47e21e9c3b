#pragma once

#include <optional>
#include <string>

#include "json/field.hpp"

namespace sent::detail {

struct FieldProblem {
    /// JSON name with the way to it: `definition.body.template`.
    std::string field{};
    /// What to do: `path parameter "id" is empty: it is required`. Never a value of a secret.
    std::string text{};
};

/// The first required field that is empty, or number out of its bounds, here or in what is inside.
std::optional<FieldProblem> validate(const StructInfo& info, const void* object);

}  // namespace sent::detail
