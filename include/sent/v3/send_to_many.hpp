#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sent/bulk_options.hpp>
#include <sent/error.hpp>
#include <sent/export.hpp>
#include <sent/options.hpp>
#include <sent/result.hpp>
#include <sent/v3/common.hpp>
#include <sent/v3/send_message.hpp>

namespace sent {
inline namespace v3 {

/// Returns whether the text has the form of E.164: `+`, a digit that is not 0, 6 to 14 more digits, and
/// nothing else. It does not check that the number exists. Thread-safe.
[[nodiscard]] SENT_EXPORT bool is_e164(std::string_view number) noexcept;

/// Options of Messages::send_to_many().
struct SendToManyOptions {
    /// Maximum number of recipients in a request, 1 to 1,000. Defaults to 1,000, the limit of the service.
    std::size_t recipients_per_request = max_recipients_per_request;
    /// Maximum number of pending requests. Defaults to 4.
    std::size_t max_in_flight = 4;
    /// If it is true, which is the default, numbers that are not E.164 (see is_e164()) are not sent to. The
    /// service refuses a whole request with one such number, so its other recipients would get nothing.
    bool leave_out_bad_numbers = true;
    /// Options of every request. If an idempotency key is set, each request gets its own key made from it
    /// (`key-1`, `key-2`, ...). Then the same list with the same key and the same `recipients_per_request`
    /// takes effect once.
    CallOptions call{};
    /// How long the run waits while the service cannot be reached, in milliseconds. Defaults to 5 minutes.
    /// See BulkOptions::max_outage.
    std::chrono::milliseconds max_outage{std::chrono::minutes{5}};
    /// If it is true, which is the default, a number that is already in the list is not sent to again, even
    /// if it is spelled differently.
    bool leave_out_repeated_numbers = true;
};

/// Whether Messages::send_to_many() left out a recipient, and why.
enum class LeftOut {
    no,
    bad_number,      ///< the number is not E.164; see is_e164()
    repeated_number  ///< the same number is earlier in the list, where it gets the message
};

/// Result for one recipient on one channel.
struct RecipientResult {
    std::string to{};
    /// Channel as requested. If it is empty, the service chooses.
    Channel channel{};
    /// Empty if the request failed or the service returned no id.
    std::optional<std::string> message_id{};
    /// Index in SendToManyReport::requests. Empty if the recipient was left out.
    std::optional<std::size_t> request{};
    /// Outcome::accepted only if the answer names the recipient. If the request was accepted but its answer
    /// does not name the recipient, Outcome::unknown.
    Outcome outcome = Outcome::not_sent;
    /// Whether the recipient was left out, and why.
    LeftOut left_out = LeftOut::no;
    /// Why the recipient was left out, as text for people; empty if it was not. For a bad number it is the
    /// reason that tidy_number() reports.
    std::string reason{};
};

/// Report of Messages::send_to_many().
struct SendToManyReport {
    /// Results in the order of the list. If there are several channels, the results of one recipient are
    /// adjacent.
    std::vector<RecipientResult> recipients{};
    /// Result of each request, in order.
    std::vector<Result<SendMessageResponse>> requests{};
    /// Number of messages that the service accepted.
    std::size_t accepted = 0;
    /// Number of messages that were certainly not accepted. Repeated numbers are not counted.
    std::size_t failed = 0;
    /// Number of messages that may have been accepted. To find out, send again with the key of the request
    /// (ResponseMeta::idempotency_key) within 24 hours.
    std::size_t uncertain = 0;
    /// Number of messages that were left out because their number is already in the list
    /// (LeftOut::repeated_number).
    std::size_t repeated = 0;
    /// Why the run ended early; empty if it ran to the end. See BulkReport::stopped_by.
    std::optional<Error> stopped_by{};
};

}  // namespace v3
}  // namespace sent
