#pragma once

#include <string>

#include <sent/export.hpp>

namespace sent {

/// JSON that the API leaves open, kept as text: valid, compact, in the order in which it came.
/// `sent/json.hpp` turns it into a tree. Empty means absent.
struct RawJson {
    std::string text{};

    friend bool operator==(const RawJson& a, const RawJson& b) noexcept { return a.text == b.text; }
    friend bool operator!=(const RawJson& a, const RawJson& b) noexcept { return !(a == b); }
};

}  // namespace sent
