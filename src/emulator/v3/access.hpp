#pragma once

/// @file
/// Who calls v3, and for whom.

#include <map>
#include <string>

#include "emulator/clock.hpp"
#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

class World;

/// Keys that were presented and are wrong: ten times in a row locks one. Not synchronised.
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
    std::string account{};  ///< of the key: empty for the organization, else a profile's id
    std::string profile{};  ///< whose rows it works on; empty: the organization's
    bool scoped = false;    ///< by the key or by x-profile-id
};

/// Throws the refusal when the key or the profile is not good.
Caller identify_caller(World& world, const Request& request);

}  // namespace sent::testing::emulator
