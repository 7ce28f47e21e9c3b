#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Base64 with the standard alphabet.

namespace sent::detail {

/// Size of an HMAC-SHA256.
inline constexpr std::size_t digest_size = 32;
using Digest = std::array<unsigned char, digest_size>;

[[nodiscard]] std::string encode_base64(const unsigned char* bytes, std::size_t size);

/// A signature: 44 characters, as encode_base64() would write those bytes. Allocates nothing.
[[nodiscard]] std::optional<Digest> decode_digest(std::string_view text) noexcept;

/// A key as people configure them: its padding may be missing. Nothing for other characters.
[[nodiscard]] std::optional<std::vector<unsigned char>> decode_key(std::string_view text);

}  // namespace sent::detail
