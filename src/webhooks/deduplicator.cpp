#include <sent/webhooks/deduplicator.hpp>

#include <algorithm>
#include <new>
#include <utility>

#include "base/lru_index.hpp"
#include "base/sha256.hpp"
#include "base/this_process.hpp"

namespace sent::webhooks {

namespace {

using SteadyTime = Clock::SteadyTime;

/// One century, which the difference of two times can represent.
constexpr auto longest_memory = std::chrono::hours{24 * 365 * 100};

/// Limits the length, because a header may be long and keys are remembered for one day.
std::string short_key(std::string_view key) {
    constexpr std::size_t longest = 80;
    return key.size() <= longest ? std::string{key} : detail::sha256_hex(key);
}

}  // namespace

class Deduplicator::State {
  public:
    explicit State(DeduplicatorOptions options) : options_(std::move(options)) {
        options_.max_keys = std::max<std::size_t>(options_.max_keys, 1);
        options_.time_to_live = std::clamp<std::chrono::milliseconds>(
            options_.time_to_live, std::chrono::milliseconds{0}, longest_memory);
    }

    struct Found {
        bool is_new = false;
        bool is_done = false;
        std::uint64_t number = 0;
    };

    Found find_or_add(const std::string& key, bool done) {
        const auto time = now();
        const auto seen = seen_.lock();
        seen->forget_expired(time, options_);
        if (const auto* known = seen->deliveries.find(key)) {
            return {false, known->done, 0};
        }
        return {true, done, seen->add(key, time, done, options_)};
    }

    void commit(const std::string& key, std::uint64_t number) {
        const auto time = now();
        const auto seen = seen_.lock();
        auto* const known = seen->deliveries.find(key);
        if (known == nullptr) {  // expired or displaced while it was being handled
            seen->add(key, time, true, options_);
        } else if (known->number == number) {
            known->done = true;
            known->time = time;
            seen->deliveries.renew(key);
        }
    }

    /// Removes the claim with this number, or with any number if it is 0.
    bool remove(const std::string& key, std::uint64_t number) {
        const auto seen = seen_.lock();
        const auto* const known = seen->deliveries.find(key);
        if (known == nullptr || (number != 0 && known->number != number)) {
            return false;
        }
        return seen->deliveries.remove(key);
    }

    std::size_t size() {
        const auto time = now();
        const auto seen = seen_.lock();
        seen->forget_expired(time, options_);
        return seen->deliveries.size();
    }

  private:
    struct Delivery {
        SteadyTime time{};
        std::uint64_t number = 0;
        bool done = false;
    };

    struct Seen {
        /// Without claims that the parent has not committed, because the child cannot learn whether the
        /// parent does.
        [[nodiscard]] Seen for_child() const {
            Seen childs;
            for (const auto& [key, delivery] : deliveries) {
                if (delivery.done) {
                    childs.deliveries.add(key, delivery);
                }
            }
            childs.last_number = last_number;
            return childs;
        }

        std::uint64_t add(const std::string& key, SteadyTime time, bool done,
                          const DeduplicatorOptions& options) {
            deliveries.add(key, {time, last_number + 1, done});
            if (deliveries.size() > options.max_keys) {
                deliveries.remove_oldest();
            }
            return ++last_number;
        }

        void forget_expired(SteadyTime time, const DeduplicatorOptions& options) noexcept {
            while (!deliveries.empty() && time - deliveries.oldest().time >= options.time_to_live) {
                deliveries.remove_oldest();
            }
        }

        detail::LruIndex<Delivery> deliveries{};
        std::uint64_t last_number = 0;
    };

    [[nodiscard]] SteadyTime now() const {
        return options_.clock ? options_.clock->now() : std::chrono::steady_clock::now();
    }

    DeduplicatorOptions options_;
    detail::Guarded<Seen> seen_{};
};

Deduplicator::Deduplicator(DeduplicatorOptions options)
    : state_(std::make_shared<State>(std::move(options))) {}

Deduplicator::Claim Deduplicator::claim(std::string_view key) {
    Claim claim;
    if (key.empty()) {
        claim.standing_ = Claim::Standing::first;
        return claim;
    }
    claim.key_ = short_key(key);
    const auto found = state_->find_or_add(claim.key_, false);
    if (found.is_new) {
        claim.standing_ = Claim::Standing::first;
        claim.number_ = found.number;
        claim.state_ = state_;
    } else if (!found.is_done) {
        claim.standing_ = Claim::Standing::in_progress;
    }
    return claim;
}

bool Deduplicator::first_time(std::string_view key) {
    return key.empty() || state_->find_or_add(short_key(key), true).is_new;
}

bool Deduplicator::forget(std::string_view key) {
    return state_->remove(short_key(key), 0);
}

std::size_t Deduplicator::size() const {
    return state_->size();
}

Deduplicator::Claim::Claim(Claim&& other) noexcept
    : state_(std::exchange(other.state_, nullptr)),
      key_(std::move(other.key_)),
      number_(other.number_),
      standing_(std::exchange(other.standing_, Standing::repeated)) {}

Deduplicator::Claim& Deduplicator::Claim::operator=(Claim&& other) noexcept {
    if (this != &other) {
        release();
        state_ = std::exchange(other.state_, nullptr);
        key_ = std::move(other.key_);
        number_ = other.number_;
        standing_ = std::exchange(other.standing_, Standing::repeated);
    }
    return *this;
}

Deduplicator::Claim::~Claim() {
    release();
}

void Deduplicator::Claim::commit() {
    if (state_ != nullptr) {
        state_->commit(key_, number_);
        state_ = nullptr;
    }
    standing_ = Standing::repeated;
}

void Deduplicator::Claim::release() noexcept {
    if (state_ != nullptr) {
        try {
            state_->remove(key_, number_);
        } catch (const std::bad_alloc&) {  // NOLINT(bugprone-empty-catch): a child, which has no claims of
                                           // its parent
        }
        state_ = nullptr;
    }
}

}  // namespace sent::webhooks
