#pragma once

#include <string>

#include <sent/webhooks/verifier.hpp>

namespace sent::webhooks {

/// Returns the error of verify() for a delivery that is not valid.
[[nodiscard]] Error error_of(Verdict verdict);

/// Returns the error for Verdict::misconfigured; `message` says what is wrong.
[[nodiscard]] Error misconfiguration(std::string message);

}  // namespace sent::webhooks
