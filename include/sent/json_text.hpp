#pragma once

#include <string>

#include <sent/export.hpp>

namespace sent {

/// JSON whose structure the API does not define, as text: valid, compact, with members in the order received.
/// `sent/json.hpp` converts it to a tree. Empty text means absent.
struct RawJson {
    std::string text{};

    friend bool operator==(const RawJson& a, const RawJson& b) noexcept { return a.text == b.text; }
    friend bool operator!=(const RawJson& a, const RawJson& b) noexcept { return !(a == b); }
};

}  // namespace sent
