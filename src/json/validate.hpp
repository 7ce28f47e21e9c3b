#pragma once

#include <optional>
#include <string>

#include "json/field.hpp"

namespace sent::detail {

struct FieldProblem {
    /// The JSON name with its path: `definition.body.template`.
    std::string field{};
    /// What is wrong and what to do: `path parameter "id" is empty: it is required`. Never contains the value
    /// of a secret.
    std::string text{};
};

/// Returns the first required field that is empty or number that is out of bounds, in this struct or inside
/// it.
std::optional<FieldProblem> validate(const StructInfo& info, const void* object);

}  // namespace sent::detail
