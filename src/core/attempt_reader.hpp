#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <sent/error.hpp>
#include <sent/http/transport.hpp>
#include <sent/operation.hpp>
#include <sent/result.hpp>

#include "base/redaction/redact.hpp"
#include "core/config.hpp"
#include "core/envelope.hpp"
#include "core/error_mapping.hpp"
#include "core/logger.hpp"
#include "core/prepared_call.hpp"
#include "core/retry.hpp"

namespace sent::detail {

/// An attempt that was not a success.
struct FailedAttempt {
    /// Free of secrets. Its outcome is the one of this attempt.
    Error error{};
    Judgement judgement{};
    /// The service, or something in its place, has answered.
    bool has_answer = false;
    /// The service could not be reached, and this machine is not the cause.
    bool is_unreachable = false;
    /// Shows that the earlier attempts of the call had no effect either.
    bool had_no_effect_before = false;
};

/// Reads what the attempts of one call have brought. Each attempt ends as a success, whose content is stored
/// for the caller, or as a FailedAttempt that the retry table has judged.
class AttemptReader {
  public:
    using WallTime = std::chrono::system_clock::time_point;

    /// The object that `target` points to must exist as long as attempts are read, the others as long as the
    /// reader.
    AttemptReader(const Config& config, const CallLog& log, const PreparedCall& call,
                  CallTarget target) noexcept
        : config_(config), log_(log), call_(call), target_(target) {}

    /// Stores a success in the target, or returns how the attempt has failed. Fills the target's metadata in
    /// both cases.
    std::optional<FailedAttempt> read(TransportResult&& result, WallTime wall_now);

  private:
    std::optional<FailedAttempt> read_answer(HttpResponse&& response, WallTime wall_now);
    Envelope read_envelope(const HttpResponse& response);
    void deliver(HttpResponse& response, Envelope& envelope);
    std::optional<FailedAttempt> check_replay(const HttpResponse& response);

    // The ways to fail. The status of a refusal may be a 2xx of v3.
    [[gnu::cold]] FailedAttempt refused(HttpResponse&& response, WallTime wall_now);
    [[gnu::cold]] FailedAttempt unreadable(HttpResponse& response, const Envelope& envelope);
    /// The service has replayed its reply to another request with the same key.
    [[gnu::cold]] FailedAttempt replayed_for_another(const HttpResponse& response,
                                                     const Route::ReplayMismatch& mismatch);
    [[gnu::cold]] FailedAttempt without_answer(TransportError&& transport_error);

    void blame_base_url(Error& error) const;
    void note_meta(HttpResponse& response, std::string&& request_id);
    /// Copies metadata to the error, after removing the API key from it as from the error itself.
    [[gnu::cold]] void finish_error(Error& error);
    [[gnu::cold]] void log_mismatches(const DecodeResult& decoded) const;

    [[nodiscard]] Judgement judge(const AttemptEnd& end) const noexcept {
        return detail::judge(end, call_.safety, call_.retry.safety);
    }
    /// Returns where the reply is decoded: the target, or for an encoded request an object that is only
    /// checked.
    void* decoded_into();
    [[nodiscard]] bool is_write() const noexcept { return call_.safety != Safety::read; }
    [[nodiscard]] std::string_view secret() const noexcept { return config_.options.api_key.reveal(); }

    const Config& config_;
    const CallLog& log_;
    const PreparedCall& call_;
    CallTarget target_;
    /// The object that the reply to an encoded request is decoded into.
    std::shared_ptr<void> checked_{};
};

}  // namespace sent::detail
