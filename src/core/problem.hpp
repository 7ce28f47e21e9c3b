#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <sent/error.hpp>

namespace sent::detail {

/// What is wrong with a request, if anything. Smaller than std::optional<Error>: a dozen steps of each call
/// may return a problem, and each would contain the code to move an Error.
class Problem {
  public:
    Problem() = default;
    explicit Problem(Error&& error) : error_(std::make_unique<Error>(std::move(error))) {}

    explicit operator bool() const noexcept { return error_ != nullptr; }
    [[nodiscard]] Error& operator*() const noexcept { return *error_; }

  private:
    std::unique_ptr<Error> error_{};
};

[[gnu::cold]] Problem problem_of(ErrorKind kind, std::string message);

/// The request cannot be sent in this form; `message` says what to do.
[[gnu::cold]] Problem refuse(std::string message);

/// Quotes a member's name for a message.
[[gnu::cold]] std::string quoted(std::string_view name);

/// Returns an error of this kind with the outcome `not_sent`.
[[gnu::cold]] Error not_sent_error(ErrorKind kind, std::string message);

}  // namespace sent::detail
