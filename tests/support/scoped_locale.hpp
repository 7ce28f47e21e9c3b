#pragma once

#include <string>

#include "temp_dir.hpp"

namespace sent::test {

/// Puts a locale, such as "de_DE", in force for the C and C++ libraries and goes back to the classic one at
/// the end. Where the system has the sources but not the locale, it compiles what matters here: letters,
/// numbers and dates.
class ScopedLocale {
  public:
    explicit ScopedLocale(const std::string& name);
    ~ScopedLocale();
    ScopedLocale(const ScopedLocale&) = delete;
    ScopedLocale& operator=(const ScopedLocale&) = delete;

    /// False when this machine has neither the locale nor what it takes to make it.
    [[nodiscard]] bool in_force() const { return in_force_; }

  private:
    bool set(const std::string& name);

    TempDir directory_{};
    bool in_force_ = false;
};

}  // namespace sent::test
