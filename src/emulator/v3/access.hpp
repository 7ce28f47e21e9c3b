#pragma once

/// @file
/// Authentication of v3, and the profile that a request is for.

#include <map>
#include <string>

#include "emulator/clock.hpp"
#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

class World;

/// Counts wrong keys. Ten failures in a row lock a key. Not thread-safe.
class KeyLocks {
  public:
    /// Throws 429 while the key is locked.
    void refuse_if_locked(const std::string& key, Time now) const;
    void failed(const std::string& key, Time now);
    void succeeded(const std::string& key) { failures_.erase(key); }
    void clear() { failures_.clear(); }

  private:
    struct Failures {
        int count = 0;
        int locks = 0;
        Time locked_until{};
    };
    std::map<std::string, Failures> failures_;
};

struct Caller {
    std::string account{};  ///< account of the key: empty for the organization, otherwise a profile's id
    std::string profile{};  ///< owner of the rows that it works on; empty for the organization
    bool scoped = false;    ///< limited to a profile, by the key or by x-profile-id
};

/// Throws the refusal if the key or the profile is not valid.
Caller identify_caller(World& world, const Request& request);

}  // namespace sent::testing::emulator
