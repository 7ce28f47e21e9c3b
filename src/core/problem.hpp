#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sent/error.hpp>

#include "base/branch_hints.hpp"

namespace sent::detail {

/// What is wrong with a request, if anything is. No std::optional: a call passes a dozen places that may find
/// something, and each would have the code to hand on an Error, which is large.
class Problem {
  public:
    Problem() = default;
    explicit Problem(Error&& error) : error_(std::make_unique<Error>(std::move(error))) {}

    explicit operator bool() const noexcept { return seldom(error_ != nullptr); }
    [[nodiscard]] Error& operator*() const noexcept { return *error_; }

  private:
    std::unique_ptr<Error> error_{};
};

[[gnu::cold]] Problem problem_of(ErrorKind kind, std::string message);

/// The request cannot be sent like this; the text says what to do.
[[gnu::cold]] Problem refuse(std::string message);

/// A member's name in a text.
[[gnu::cold]] std::string quoted(std::string_view name);

/// An error of this kind with nothing sent.
[[gnu::cold]] Error not_sent_error(ErrorKind kind, std::string message);

}  // namespace sent::detail
