#pragma once

/// @file
/// Replies that are kept by their Idempotency-Key, and keys of pending requests.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "emulator/clock.hpp"
#include "emulator/http/http_types.hpp"

namespace sent::testing::emulator {

struct Endpoint;

/// Returns the scope of a request's key: its account and the key. Empty if the route does not support keys,
/// or if the request has none or a malformed one.
std::string idempotency_scope(const Request& request, const Endpoint* route);

/// Whether a key has the documented form.
bool is_idempotency_key(std::string_view key);

/// Thread-safe.
class IdempotencyCache {
  public:
    struct Kept {
        Reply reply{};
        std::string request_id{};
        Time kept_at{};
    };

    /// Returns the reply if it was kept at most 24 hours ago.
    std::optional<Kept> find(const std::string& scope, Time now);
    /// Does not keep replies of more than 5 MB.
    void keep(const std::string& scope, Kept kept);
    void clear();

    /// Marks the key as used by a pending request. Returns false if another pending request uses it for
    /// longer than `patience`.
    bool begin(const std::string& scope, std::chrono::milliseconds patience);
    void end(const std::string& scope);
    /// Ends all waits.
    void stop();

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Kept> kept_;
    std::deque<std::pair<Time, std::string>> order_;  // in the order of keeping
    std::set<std::string> under_way_;
    bool stopping_ = false;
};

/// Holds a key while its request is pending.
class KeyHold {
  public:
    explicit KeyHold(IdempotencyCache& cache) : cache_(cache) {}
    ~KeyHold() {
        if (held_) {
            cache_.end(scope_);
        }
    }
    KeyHold(const KeyHold&) = delete;
    KeyHold& operator=(const KeyHold&) = delete;

    /// Returns true for an empty scope, which is not held.
    bool take(const std::string& scope, std::chrono::milliseconds patience) {
        scope_ = scope;
        held_ = !scope.empty() && cache_.begin(scope, patience);
        return held_ || scope.empty();
    }

  private:
    IdempotencyCache& cache_;
    std::string scope_;
    bool held_ = false;
};

}  // namespace sent::testing::emulator
