#include "webhooks/signing_key.hpp"

#include <new>
#include <vector>

#include <openssl/crypto.h>

#include "base/fork_gate.hpp"
#include "base/text/trim.hpp"

namespace sent::detail {

namespace {

constexpr std::string_view prefix = "whsec_";

struct WipeBytes {
    void operator()(std::vector<unsigned char>* bytes) const noexcept {
        OPENSSL_cleanse(bytes->data(), bytes->size());
    }
};

void require(bool done) {
    if (!done) {
        throw std::bad_alloc{};
    }
}

void update(EVP_MD_CTX* context, std::string_view bytes) {
    require(EVP_DigestSignUpdate(context, bytes.data(), bytes.size()) == 1);
}

}  // namespace

void SigningKey::FreeContext::operator()(EVP_MD_CTX* context) const noexcept {
    const ForkGate gate;
    EVP_MD_CTX_free(context);
}

std::variant<SigningKey, std::string_view> SigningKey::from(const Secret& secret, bool require_prefix) {
    auto text = trimmed(secret.reveal(), white_space);
    if (text.substr(0, prefix.size()) == prefix) {
        text.remove_prefix(prefix.size());
    } else if (require_prefix) {
        return "does not begin with whsec_: copy it again from the webhook";
    }
    auto bytes = decode_key(text);
    if (!bytes) {
        return "is not base64: copy it again from the webhook";
    }
    if (bytes->empty()) {
        return "is empty: copy it again from the webhook";
    }
    const std::unique_ptr<std::vector<unsigned char>, WipeBytes> wiped_in_the_end{&*bytes};
    return SigningKey{*bytes};
}

SigningKey::SigningKey(const std::vector<unsigned char>& key) {
    const ForkGate gate;
    start_.reset(EVP_MD_CTX_new());
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> hmac_key{
        EVP_PKEY_new_raw_private_key(EVP_PKEY_HMAC, nullptr, key.data(), key.size()), &EVP_PKEY_free};
    require(start_ && hmac_key &&
            EVP_DigestSignInit(start_.get(), nullptr, EVP_sha256(), nullptr, hmac_key.get()) == 1);
}

Digest SigningKey::sign(const SignedParts& parts) const {
    const ForkGate gate;
    const Context context{EVP_MD_CTX_new()};
    require(context && EVP_MD_CTX_copy_ex(context.get(), start_.get()) == 1);
    update(context.get(), parts.id);
    update(context.get(), ".");
    update(context.get(), parts.timestamp);
    update(context.get(), ".");
    update(context.get(), parts.body);
    Digest digest{};
    std::size_t size = digest.size();
    require(EVP_DigestSignFinal(context.get(), digest.data(), &size) == 1);
    return digest;
}

}  // namespace sent::detail
