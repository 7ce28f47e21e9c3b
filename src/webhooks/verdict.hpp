#pragma once

#include <string>

#include <sent/webhooks/verifier.hpp>

namespace sent::webhooks {

/// What verify() says of a delivery that is not valid.
[[nodiscard]] Error error_of(Verdict verdict);

/// Verdict::misconfigured, with what is wrong.
[[nodiscard]] Error misconfiguration(std::string message);

}  // namespace sent::webhooks
