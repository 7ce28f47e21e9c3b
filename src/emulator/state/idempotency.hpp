#pragma once

/// @file
/// Replies kept under their Idempotency-Key, and keys whose requests are still under way.

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

/// What a request's key is kept under: its account and the key. Empty when the route takes no key, or the
/// request has none, or a malformed one.
std::string idempotency_scope(const Request& request, const Endpoint* route);

/// Whether a key has the documented form.
bool is_idempotency_key(std::string_view key);

/// Any thread may use it.
class IdempotencyCache {
  public:
    struct Kept {
        Reply reply{};
        std::string request_id{};
        Time kept_at{};
    };

    /// The reply that was kept no longer than 24 hours ago.
    std::optional<Kept> find(const std::string& scope, Time now);
    /// Replies above 5 MB are not kept.
    void keep(const std::string& scope, Kept kept);
    void clear();

    /// Marks the key as under way; false when it is by another request, and still is after `patience`.
    bool begin(const std::string& scope, std::chrono::milliseconds patience);
    void end(const std::string& scope);
    /// Nobody waits any longer.
    void stop();

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, Kept> kept_;
    std::deque<std::pair<Time, std::string>> order_;  // of keeping
    std::set<std::string> under_way_;
    bool stopping_ = false;
};

/// Holds a key while its request is under way.
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

    /// An empty scope needs no holding.
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
