#include <sent/webhooks/verifier.hpp>

#include <charconv>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

#include "base/system_clock.hpp"
#include "webhooks/signature_list.hpp"
#include "webhooks/signing_key.hpp"
#include "webhooks/verdict.hpp"

namespace sent::webhooks {

namespace {

using detail::SignedParts;
using detail::SigningKey;

/// Reads a number that consists of digits only and fits 64 bits.
std::optional<std::int64_t> read_seconds(std::string_view text) noexcept {
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    const bool is_number = error == std::errc{} && end == text.data() + text.size() && text.front() != '-';
    return is_number ? std::optional{seconds} : std::nullopt;
}

/// Returns `valid` if the header occurs once and has a value, otherwise `missing` or `duplicate`.
Verdict check_presence(const detail::FoundHeader& header, Verdict missing, Verdict duplicate) noexcept {
    return header.count > 1 ? duplicate : header.value().empty() ? missing : Verdict::valid;
}

Verdict check_time(std::string_view timestamp, const VerifierOptions& options) {
    const auto sent_at = read_seconds(timestamp);
    if (!sent_at) {
        return Verdict::malformed_timestamp;
    }
    if (!options.check_timestamp) {
        return Verdict::valid;
    }
    const auto now =
        std::chrono::floor<std::chrono::seconds>(options.clock->wall_now()).time_since_epoch().count();
    // Unsigned, because only that can represent the difference of any two times.
    const auto distance = [](std::int64_t from, std::int64_t to) {
        return static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from);
    };
    const auto tolerance = static_cast<std::uint64_t>(options.tolerance.count());
    if (*sent_at <= now) {
        return distance(*sent_at, now) > tolerance ? Verdict::too_old : Verdict::valid;
    }
    return distance(now, *sent_at) > tolerance ? Verdict::too_new : Verdict::valid;
}

}  // namespace

class Verifier::State {
  public:
    explicit State(VerifierOptions options) : options_(std::move(options)) {
        if (!options_.clock) {
            options_.clock = std::make_shared<detail::SystemClock>();
        }
        if (options_.tolerance.count() < 0) {
            problem_ = "`VerifierOptions::tolerance` is negative: use 0 or more";
        }
        if (options_.secrets.empty()) {
            problem_ = "`VerifierOptions::secrets` is empty: set the secret of the webhook (whsec_...)";
        }
        take_secrets();
        options_.secrets = {};
    }

    /// Returns what is wrong with the options. Empty if nothing is.
    [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
    /// Returns the error for a verdict that is not `valid`.
    [[nodiscard]] Error rejection(Verdict verdict) const {
        return verdict == Verdict::misconfigured ? misconfiguration(problem_) : error_of(verdict);
    }

    [[nodiscard]] Verdict check(const HeaderView& headers, std::string_view body) const {
        if (!problem_.empty()) {
            return Verdict::misconfigured;
        }
        if (body.size() > options_.max_body_bytes) {
            return Verdict::body_too_large;
        }
        const auto id = headers.find(header_names::id);
        const auto time = headers.find(header_names::timestamp);
        const auto signatures = headers.find(header_names::signature);
        for (const auto verdict :
             {check_presence(id, Verdict::missing_id, Verdict::duplicate_id),
              check_presence(time, Verdict::missing_timestamp, Verdict::duplicate_timestamp),
              check_presence(signatures, Verdict::missing_signature, Verdict::duplicate_signature)}) {
            if (verdict != Verdict::valid) {
                return verdict;
            }
        }
        return check_parts({id.value(), time.value(), body}, signatures.value());
    }

  private:
    void take_secrets() {
        std::size_t number = 0;
        keys_.reserve(options_.secrets.size());
        for (const auto& secret : options_.secrets) {
            ++number;
            auto key = SigningKey::from(secret, options_.require_prefix);
            if (auto* usable = std::get_if<SigningKey>(&key)) {
                keys_.push_back(std::move(*usable));
            } else {
                problem_ = "secret " + std::to_string(number) + " of `VerifierOptions::secrets` ";
                problem_ += std::get<std::string_view>(key);
            }
        }
    }

    [[nodiscard]] Verdict check_parts(const SignedParts& parts, std::string_view signature) const {
        if (const auto verdict = check_time(parts.timestamp, options_); verdict != Verdict::valid) {
            return verdict;
        }
        const detail::SignatureList signatures{signature};
        if (!signatures.has_candidates()) {
            return signatures.is_of_other_versions() ? Verdict::no_match : Verdict::malformed_signature;
        }
        // Check all keys even after a match, so that the time does not reveal which key matched.
        unsigned matched = 0;
        for (const auto& key : keys_) {
            matched |= static_cast<unsigned>(signatures.contains(key.sign(parts)));
        }
        return matched != 0 ? Verdict::valid : Verdict::no_match;
    }

    VerifierOptions options_;
    std::vector<SigningKey> keys_{};
    std::string problem_{};
};

Verifier::Verifier(VerifierOptions options) : state_(std::make_shared<const State>(std::move(options))) {}

Result<Verifier> Verifier::create(VerifierOptions options) {
    Verifier verifier{std::move(options)};
    if (!verifier.state_->problem().empty()) {
        return misconfiguration(verifier.state_->problem());
    }
    return verifier;
}

Verdict Verifier::check(HeaderView headers, std::string_view raw_body) const {
    return state_->check(headers, raw_body);
}

Result<Event> Verifier::verify(HeaderView headers, std::string_view raw_body) const {
    const auto verdict = check(headers, raw_body);
    return verdict == Verdict::valid ? parse_event(raw_body) : state_->rejection(verdict);
}

Result<VoiceQuestion> Verifier::verify_question(HeaderView headers, std::string_view raw_body) const {
    const auto verdict = check(headers, raw_body);
    return verdict == Verdict::valid ? parse_voice_question(raw_body) : state_->rejection(verdict);
}

}  // namespace sent::webhooks
