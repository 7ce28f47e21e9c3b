#pragma once

#include <string_view>

#include "webhooks/base64.hpp"

namespace sent::detail {

/// The value of `x-webhook-signature`: items `version,base64` with spaces between. Allocates nothing.
class SignatureList {
  public:
    explicit SignatureList(std::string_view header) noexcept : header_(header) {}

    /// Whether something can be compared: true as soon as one item of version 1 is a digest in base64.
    [[nodiscard]] bool has_candidates() const noexcept;
    /// Whether all items are of other versions than 1: well-formed, but nothing that we can check.
    [[nodiscard]] bool is_of_other_versions() const noexcept;
    /// Compares with each candidate, in a time that does not depend on where they differ.
    [[nodiscard]] bool contains(const Digest& digest) const noexcept;

  private:
    std::string_view header_;
};

}  // namespace sent::detail
