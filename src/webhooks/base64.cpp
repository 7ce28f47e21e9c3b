#include "webhooks/base64.hpp"

#include <openssl/crypto.h>

namespace sent::detail {

namespace {

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr unsigned char no_sextet = 64;

constexpr std::array<unsigned char, 256> make_sextets() noexcept {
    std::array<unsigned char, 256> sextets{};
    for (auto& sextet : sextets) {
        sextet = no_sextet;
    }
    for (unsigned char i = 0; i < no_sextet; ++i) {
        sextets[static_cast<unsigned char>(alphabet[i])] = i;
    }
    return sextets;
}
constexpr auto sextets = make_sextets();

/// Decodes text without padding. `out` must have room for size_of_decoded() bytes. Returns false for
/// characters outside of the alphabet. `rest` gets the bits of the last character beyond the last byte.
bool decode(std::string_view text, unsigned char* out, unsigned& rest) noexcept {
    unsigned bits = 0;
    unsigned count = 0;
    for (const char c : text) {
        const unsigned value = sextets[static_cast<unsigned char>(c)];
        if (value == no_sextet) {
            return false;
        }
        bits = (bits << 6U | value) & 0xFFFU;
        count += 6;
        if (count >= 8) {
            count -= 8;
            *out++ = static_cast<unsigned char>(bits >> count & 0xFFU);
        }
    }
    rest = bits & ((1U << count) - 1U);
    return true;
}

constexpr std::size_t size_of_decoded(std::size_t characters) noexcept {
    return characters / 4 * 3 + characters % 4 * 3 / 4;
}

}  // namespace

std::string encode_base64(const unsigned char* bytes, std::size_t size) {
    std::string text;
    text.reserve((size + 2) / 3 * 4);
    for (std::size_t i = 0; i < size; i += 3) {
        const std::size_t count = size - i < 3 ? size - i : 3;
        unsigned bits = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            bits = bits << 8U | (j < count ? bytes[i + j] : 0U);
        }
        for (std::size_t j = 0; j < 4; ++j) {
            text += j <= count ? alphabet[bits >> (18 - 6 * j) & 0x3FU] : '=';
        }
    }
    return text;
}

std::optional<Digest> decode_digest(std::string_view text) noexcept {
    constexpr std::size_t characters = (digest_size + 2) / 3 * 4;
    Digest digest{};
    unsigned rest = 0;
    if (text.size() != characters || text.back() != '=' ||
        !decode(text.substr(0, characters - 1), digest.data(), rest) || rest != 0) {
        return std::nullopt;
    }
    return digest;
}

std::optional<std::vector<unsigned char>> decode_key(std::string_view text) {
    const auto padding_begin = text.find('=');
    const auto data = text.substr(0, padding_begin);
    const std::size_t padding = text.size() - data.size();
    if (data.size() % 4 == 1 || padding > (4 - data.size() % 4) % 4 ||
        text.find_first_not_of('=', data.size()) != std::string_view::npos) {
        return std::nullopt;
    }
    std::vector<unsigned char> key(size_of_decoded(data.size()));
    unsigned rest = 0;
    if (!decode(data, key.data(), rest)) {
        OPENSSL_cleanse(key.data(), key.size());
        return std::nullopt;
    }
    return key;
}

}  // namespace sent::detail
