#include "testing/emulator/webhook_signing.hpp"

#include <array>
#include <stdexcept>
#include <vector>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace sent::testing::emulator {
namespace {

using Bytes = std::vector<unsigned char>;

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t key_size = 32;

std::string encode_base64(const unsigned char* bytes, std::size_t size) {
    Bytes text((size + 2) / 3 * 4 + 1, 0);
    const int length = EVP_EncodeBlock(text.data(), bytes, static_cast<int>(size));
    return {text.begin(), text.begin() + length};
}

Bytes decode_base64(std::string_view text) {
    const Bytes input(text.begin(), text.end());
    Bytes bytes(text.size() / 4 * 3, 0);
    const int length = EVP_DecodeBlock(bytes.data(), input.data(), static_cast<int>(input.size()));
    if (length < 0) {
        throw std::invalid_argument("a webhook secret that is not base64");
    }
    // The padding counts as bytes of zero.
    const auto end = text.find_last_not_of('=');
    bytes.resize(static_cast<std::size_t>(length) - (text.size() - 1 - end));
    return bytes;
}

}  // namespace

std::string make_webhook_secret() {
    std::array<unsigned char, key_size> key{};
    if (RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) {
        throw std::runtime_error("no random bytes for a webhook secret");
    }
    return std::string(prefix) + encode_base64(key.data(), key.size());
}

std::string sign_webhook(std::string_view secret, std::string_view webhook_id, std::string_view timestamp,
                         std::string_view body) {
    const auto key = decode_base64(secret.substr(prefix.size()));
    Bytes message;
    for (const auto part : {webhook_id, std::string_view("."), timestamp, std::string_view("."), body}) {
        message.insert(message.end(), part.begin(), part.end());
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(), message.size(),
             digest.data(), &size) == nullptr) {
        throw std::runtime_error("HMAC-SHA256 failed");
    }
    return "v1," + encode_base64(digest.data(), size);
}

}  // namespace sent::testing::emulator
