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

/// The size of an HMAC-SHA256.
inline constexpr std::size_t digest_size = 32;
using Digest = std::array<unsigned char, digest_size>;

[[nodiscard]] std::string encode_base64(const unsigned char* bytes, std::size_t size);

/// Decodes a signature: 44 characters, exactly as encode_base64() would write those bytes. Does not allocate.
[[nodiscard]] std::optional<Digest> decode_digest(std::string_view text) noexcept;

/// Decodes a key as users configure it: the padding may be missing. Returns nothing if there are other
/// characters.
[[nodiscard]] std::optional<std::vector<unsigned char>> decode_key(std::string_view text);

}  // namespace sent::detail
