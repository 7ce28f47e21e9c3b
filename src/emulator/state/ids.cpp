#include "emulator/state/ids.hpp"

#include <cstdint>
#include <random>

#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {
namespace {

constexpr std::string_view form = "xxxxxxxx-xxxx-4xxx-Nxxx-xxxxxxxxxxxx";

std::mt19937_64 seeded_generator() {
    std::random_device device;
    std::seed_seq seed{device(), device(), device(), device(), device(), device()};
    return std::mt19937_64(seed);
}

bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

}  // namespace

std::string make_guid() {
    thread_local std::mt19937_64 generator = seeded_generator();
    std::string result(form);
    std::uint64_t bits = 0;
    int left = 0;
    for (char& c : result) {
        if (c != 'x' && c != 'N') {
            continue;
        }
        if (left == 0) {
            bits = generator();
            left = 16;
        }
        const auto digit = static_cast<std::size_t>(bits & 15U);
        c = c == 'x' ? "0123456789abcdef"[digit] : "89ab"[digit & 3U];
        bits >>= 4U;
        --left;
    }
    return result;
}

std::optional<std::string> parse_guid(std::string_view text) {
    if (text.size() != form.size()) {
        return std::nullopt;
    }
    std::string result = to_lower(text);
    for (std::size_t i = 0; i < result.size(); ++i) {
        if (form[i] == '-' ? result[i] != '-' : !is_hex(result[i])) {
            return std::nullopt;
        }
    }
    return result;
}

}  // namespace sent::testing::emulator
