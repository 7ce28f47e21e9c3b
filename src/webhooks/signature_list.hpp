#pragma once

#include <string_view>

#include "webhooks/base64.hpp"

namespace sent::detail {

/// The value of `x-webhook-signature`: items `version,base64`, separated by spaces. Does not allocate (D10 in
/// docs/reliability.md).
class SignatureList {
  public:
    explicit SignatureList(std::string_view header) noexcept : header_(header) {}

    /// Whether at least one item of version 1 is a digest in base64 and can be compared.
    [[nodiscard]] bool has_candidates() const noexcept;
    /// Whether all items have versions other than 1, so they are well-formed but cannot be checked.
    [[nodiscard]] bool is_of_other_versions() const noexcept;
    /// Compares `digest` with each candidate. The time does not depend on where they differ.
    [[nodiscard]] bool contains(const Digest& digest) const noexcept;

  private:
    std::string_view header_;
};

}  // namespace sent::detail
