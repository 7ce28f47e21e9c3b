#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sent/v3/messages.hpp>

#include "core/client_access.hpp"

/// @file
/// Messages::send_to_many.

namespace sent {
inline namespace v3 {
namespace {

/// The requests that a long list is split into.
std::vector<SendMessageRequest> split(const SendMessageRequest& whole, std::size_t size) {
    auto shared = whole;
    shared.to.clear();
    std::vector<SendMessageRequest> parts;
    parts.reserve((whole.to.size() + size - 1) / size);
    for (std::size_t first = 0; first < whole.to.size(); first += size) {
        const auto last = std::min(first + size, whole.to.size());
        auto& part = parts.emplace_back(shared);
        part.to.assign(whole.to.begin() + static_cast<std::ptrdiff_t>(first),
                       whole.to.begin() + static_cast<std::ptrdiff_t>(last));
    }
    return parts;
}

std::vector<Result<SendMessageResponse>> send_all(const Client& client,
                                                  const std::vector<SendMessageRequest>& parts,
                                                  const SendToManyOptions& options) {
    BulkOptions bulk;
    bulk.max_in_flight = options.max_in_flight;
    bulk.max_outage = options.max_outage;
    bulk.call = options.call;
    const auto key = options.call.idempotency_key.empty()
                         ? detail::ClientAccess::default_idempotency_key(client)
                         : options.call.idempotency_key;
    bulk.call.idempotency_key.clear();
    detail::BulkResults<SendMessageResponse> results{parts.size()};
    detail::BulkRun run{client, bulk, parts.size()};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (run.wait_for_room()) {
            results.add(run, operation<SendMessageRequest>::route(), &parts[i],
                        key.empty() ? std::nullopt : std::optional{key + "-" + std::to_string(i + 1)});
        } else {
            results.leave_out(run);
        }
    }
    run.finish();
    return results.take();
}

/// Finds the messages of a response again. The service lists them by number and channel; it may write a
/// number in another way than we did, but then the order helps.
class SentMessages {
  public:
    SentMessages(const std::vector<SentMessage>& messages, std::size_t expected)
        : messages_(messages), in_order_(messages.size() == expected), taken_(messages.size(), false) {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            by_number_[messages[i].to].push_back(i);
        }
    }

    const SentMessage* take(const std::string& to, const Channel& channel, std::size_t position) {
        const auto found = by_number_.find(to);
        if (found != by_number_.end()) {
            for (const auto i : found->second) {
                if (!taken_[i] && fits(messages_[i].channel, channel)) {
                    taken_[i] = true;
                    return &messages_[i];
                }
            }
        }
        if (in_order_ && !taken_[position] && fits(messages_[position].channel, channel)) {
            taken_[position] = true;
            return &messages_[position];
        }
        return nullptr;
    }

  private:
    static bool fits(const Channel& answered, const Channel& asked) {
        return answered.empty() || asked.empty() || asked == Channel::automatic || answered == asked;
    }

    const std::vector<SentMessage>& messages_;
    bool in_order_;
    std::vector<bool> taken_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_number_{};
};

void count(Outcome outcome, SendToManyReport& report) {
    switch (outcome) {
        case Outcome::accepted:
            ++report.accepted;
            break;
        case Outcome::not_sent:
        case Outcome::rejected:
            ++report.failed;
            break;
        case Outcome::unknown:
            ++report.uncertain;
            break;
    }
}

/// Those that each recipient gets a message on; the empty one stands for the service's choice.
std::vector<Channel> channels_of(const SendMessageRequest& request) {
    return request.channel.empty() ? std::vector<Channel>{Channel{}} : request.channel;
}

/// What became of each recipient of one request.
void report_part(const SendMessageRequest& part, const Result<SendMessageResponse>& result,
                 std::size_t request, SendToManyReport& report) {
    const std::vector<SentMessage> none;
    const auto channels = channels_of(part);
    SentMessages messages{result ? result->recipients : none, message_count(part)};
    std::size_t position = 0;
    for (const auto& to : part.to) {
        for (const auto& channel : channels) {
            auto& recipient = report.recipients.emplace_back();
            recipient.to = to;
            recipient.channel = channel;
            recipient.request = request;
            recipient.outcome = result ? Outcome::accepted : result.error().outcome;
            if (const auto* message = messages.take(to, channel, position)) {
                recipient.message_id = message->message_id;
            }
            count(recipient.outcome, report);
            ++position;
        }
    }
}

/// Takes the numbers that no service accepts out of the list; gives where they stood.
std::vector<std::size_t> take_bad_numbers(std::vector<std::string>& numbers) {
    std::vector<std::size_t> bad;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!is_e164(numbers[i])) {
            bad.push_back(i);
        } else if (kept++ != i) {
            numbers[kept - 1] = std::move(numbers[i]);
        }
    }
    numbers.resize(kept);
    return bad;
}

/// Puts those that were left out where they stand in the list.
void report_left_out(const SendMessageRequest& whole, const std::vector<std::size_t>& left_out,
                     SendToManyReport& report) {
    const auto channels = channels_of(whole);
    std::vector<RecipientResult> all;
    all.reserve(message_count(whole));
    auto reported = report.recipients.begin();
    auto next = left_out.begin();
    for (std::size_t i = 0; i < whole.to.size(); ++i) {
        const bool is_left_out = next != left_out.end() && *next == i;
        for (const auto& channel : channels) {
            if (is_left_out) {
                all.push_back({whole.to[i], channel, {}, {}, Outcome::not_sent});
                ++report.failed;
            } else {
                all.push_back(std::move(*reported++));
            }
        }
        next += is_left_out ? 1 : 0;
    }
    report.recipients = std::move(all);
}

}  // namespace

bool is_e164(std::string_view number) noexcept {
    constexpr std::size_t fewest = 8;  // the plus included
    constexpr std::size_t most = 16;
    return number.size() >= fewest && number.size() <= most && number[0] == '+' && number[1] != '0' &&
           std::all_of(number.begin() + 1, number.end(), [](char c) { return c >= '0' && c <= '9'; });
}

SendToManyReport Messages::send_to_many(const SendMessageRequest& request,
                                        const SendToManyOptions& options) const {
    const auto size = std::clamp<std::size_t>(options.recipients_per_request, 1, max_recipients_per_request);
    auto sendable = request;
    const auto left_out =
        options.leave_out_bad_numbers ? take_bad_numbers(sendable.to) : std::vector<std::size_t>{};
    const auto parts = split(sendable, size);
    SendToManyReport report;
    report.recipients.reserve(message_count(sendable));
    report.requests = send_all(client_, parts, options);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        report_part(parts[i], report.requests[i], i, report);
    }
    if (!left_out.empty()) {
        report_left_out(request, left_out, report);
    }
    return report;
}

}  // namespace v3
}  // namespace sent
