#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include <openssl/evp.h>

#include <sent/secret.hpp>

#include "webhooks/base64.hpp"

namespace sent::detail {

/// What the signature covers: id "." timestamp "." body, of which nothing is copied.
struct SignedParts {
    std::string_view id{};
    std::string_view timestamp{};
    std::string_view body{};
};

/// A secret, ready for use. Only OpenSSL holds the decoded key, and wipes it.
class SigningKey {
  public:
    /// The key, or what is wrong with the secret.
    static std::variant<SigningKey, std::string_view> from(const Secret& secret, bool require_prefix);

    /// HMAC-SHA256. Thread-safe. Throws std::bad_alloc, which is the only way in which it can fail.
    [[nodiscard]] Digest sign(const SignedParts& parts) const;

  private:
    struct FreeContext {
        void operator()(EVP_MD_CTX* context) const noexcept;
    };
    using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

    explicit SigningKey(const std::vector<unsigned char>& key);

    /// Set up with the key: the state that each signature starts from a copy of.
    Context start_;
};

}  // namespace sent::detail
