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

/// What the signature covers: id "." timestamp "." body. The views are not copied.
struct SignedParts {
    std::string_view id{};
    std::string_view timestamp{};
    std::string_view body{};
};

/// A secret that is ready for use. Only OpenSSL holds the decoded key, and wipes it.
class SigningKey {
  public:
    /// Returns the key, or what is wrong with the secret.
    static std::variant<SigningKey, std::string_view> from(const Secret& secret, bool require_prefix);

    /// Returns the HMAC-SHA256. Thread-safe. Throws std::bad_alloc, and fails in no other way.
    [[nodiscard]] Digest sign(const SignedParts& parts) const;

  private:
    struct FreeContext {
        void operator()(EVP_MD_CTX* context) const noexcept;
    };
    using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

    explicit SigningKey(const std::vector<unsigned char>& key);

    /// Initialised with the key. Each signature starts from a copy.
    Context start_;
};

}  // namespace sent::detail
