#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <sent/detail/bulk_results.hpp>
#include <sent/tidy_number.hpp>
#include <sent/v3/messages.hpp>

#include "base/text/ascii.hpp"
#include "core/client_access.hpp"
#include "core/envelope.hpp"
#include "operations/v3/replays.hpp"

/// @file
/// Messages::send_to_many.

namespace sent {
inline namespace v3 {
namespace {

/// Splits a long list into several requests.
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

/// Sends the requests. The report gets one result for each.
void send_all(const Client& client, const std::vector<SendMessageRequest>& parts,
              const SendToManyOptions& options, SendToManyReport& report) {
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
    report.requests = results.take();
    report.stopped_by = run.stopped_by();
}

/// Finds the messages of a reply by recipient. The service lists them by number and channel, in any order,
/// and may spell a number differently.
class SentMessages {
  public:
    explicit SentMessages(const std::vector<SentMessage>& messages)
        : messages_(messages), taken_(messages.size(), false) {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            by_number_[detail::number_key(messages[i].to)].push_back(i);
        }
    }

    /// Returns each message once. Null if there is none for this recipient.
    const SentMessage* take(const std::string& to, const Channel& channel) {
        const auto found = by_number_.find(detail::number_key(to));
        if (found == by_number_.end()) {
            return nullptr;
        }
        const auto* exact = take(found->second, [&](const Channel& answered) { return answered == channel; });
        return exact != nullptr ? exact : take(found->second, [&](const Channel& answered) {
            return detail::channel_fits(answered, channel);
        });
    }

  private:
    template <class Fits>
    const SentMessage* take(const std::vector<std::size_t>& places, Fits fits) {
        for (const auto i : places) {
            if (!taken_[i] && fits(messages_[i].channel)) {
                taken_[i] = true;
                return &messages_[i];
            }
        }
        return nullptr;
    }

    const std::vector<SentMessage>& messages_;
    std::vector<bool> taken_;
    std::unordered_map<std::string, std::vector<std::size_t>> by_number_{};
};

void count(const RecipientResult& recipient, SendToManyReport& report) {
    if (recipient.left_out == LeftOut::repeated_number) {
        ++report.repeated;
        return;
    }
    switch (recipient.outcome) {
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

/// What the reply to one request says about its recipients.
struct PartReply {
    std::vector<SentMessage> messages{};
    /// The outcome of recipients that the reply does not name.
    Outcome of_others = Outcome::unknown;
};

PartReply read_reply(const SendMessageRequest& part, const Result<SendMessageResponse>& result) {
    if (result) {
        return {result->recipients, Outcome::unknown};
    }
    PartReply reply{{}, result.error().outcome};
    if (result.error().kind != ErrorKind::conflict || !result.meta().replayed) {
        return reply;
    }
    // The key was used for a different list. Recipients that are in both lists have got the message.
    SendMessageResponse response;
    const std::string& body = result.meta().raw_body;
    const auto envelope = detail::read_envelope(body, &operation<SendMessageRequest>::route().response(),
                                                &response, detail::room_for_text(body.size()));
    // An error keeps only the beginning of the body. Recipients named in the rest have got the message, too.
    if (!envelope.decoded) {
        reply.of_others = Outcome::unknown;
        return reply;
    }
    const auto mismatch = detail::compare_send(part, response, body);
    if (!mismatch.other_template && !mismatch.other_text) {
        reply.of_others = mismatch.other_recipients ? reply.of_others : Outcome::unknown;
        reply.messages = std::move(response.recipients);
    }
    return reply;
}

/// Returns the channels on which each recipient gets a message. An empty channel lets the service choose.
std::vector<Channel> channels_of(const SendMessageRequest& request) {
    return request.channel.empty() ? std::vector<Channel>{Channel{}} : request.channel;
}

/// Reports the outcome of each recipient of one request.
void report_part(const SendMessageRequest& part, const Result<SendMessageResponse>& result,
                 std::size_t request, SendToManyReport& report) {
    const auto reply = read_reply(part, result);
    SentMessages messages{reply.messages};
    const auto channels = channels_of(part);
    for (const auto& to : part.to) {
        for (const auto& channel : channels) {
            auto& recipient = report.recipients.emplace_back();
            recipient.to = to;
            recipient.channel = channel;
            recipient.request = request;
            const auto* message = messages.take(to, channel);
            recipient.outcome = message != nullptr ? Outcome::accepted : reply.of_others;
            if (message != nullptr) {
                recipient.message_id = message->message_id;
            }
        }
    }
}

/// Returns the request without duplicate channels, because the service would bill each of them.
SendMessageRequest with_each_channel_once(const SendMessageRequest& request) {
    auto once = request;
    once.channel.clear();
    for (const auto& channel : request.channel) {
        if (std::find(once.channel.begin(), once.channel.end(), channel) == once.channel.end()) {
            once.channel.push_back(channel);
        }
    }
    return once;
}

/// A recipient that does not get a message.
struct Omission {
    std::size_t place = 0;
    LeftOut why = LeftOut::no;
    std::string reason{};
};

std::string why_not_e164(const std::string& number) {
    const auto tidied = tidy_number(number);
    return tidied ? "the number is not written as E.164; tidy_number() writes it so" : tidied.error().message;
}

/// Removes the recipients that must not get a message from the list.
std::vector<Omission> take_out(std::vector<std::string>& numbers, const SendToManyOptions& options) {
    std::vector<Omission> omissions;
    std::unordered_map<std::string, std::size_t> first_places;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (options.leave_out_bad_numbers && !is_e164(numbers[i])) {
            omissions.push_back({i, LeftOut::bad_number, why_not_e164(numbers[i])});
            continue;
        }
        if (options.leave_out_repeated_numbers) {
            const auto [first, is_new] = first_places.emplace(detail::number_key(numbers[i]), i);
            if (!is_new) {
                omissions.push_back({i, LeftOut::repeated_number,
                                     "the same number is number " + std::to_string(first->second + 1) +
                                         " of the list, and gets the message there"});
                continue;
            }
        }
        if (kept++ != i) {
            numbers[kept - 1] = std::move(numbers[i]);
        }
    }
    numbers.resize(kept);
    return omissions;
}

/// Inserts the omitted recipients at their places in the report.
void report_left_out(const SendMessageRequest& whole, const std::vector<Omission>& omissions,
                     SendToManyReport& report) {
    const auto channels = channels_of(whole);
    std::vector<RecipientResult> all;
    all.reserve(message_count(whole));
    auto reported = report.recipients.begin();
    auto next = omissions.begin();
    for (std::size_t i = 0; i < whole.to.size(); ++i) {
        const bool is_left_out = next != omissions.end() && next->place == i;
        for (const auto& channel : channels) {
            if (is_left_out) {
                all.push_back({whole.to[i], channel, {}, {}, Outcome::not_sent, next->why, next->reason});
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
    constexpr std::size_t fewest = 8;  // including the plus
    constexpr std::size_t most = 16;
    return number.size() >= fewest && number.size() <= most && number[0] == '+' && number[1] != '0' &&
           std::all_of(number.begin() + 1, number.end(), detail::is_digit);
}

SendToManyReport Messages::send_to_many(const SendMessageRequest& request,
                                        const SendToManyOptions& options) const {
    const auto size = std::clamp<std::size_t>(options.recipients_per_request, 1, max_recipients_per_request);
    const auto whole = with_each_channel_once(request);
    auto sendable = whole;
    const auto omissions = take_out(sendable.to, options);
    const auto parts = split(sendable, size);
    SendToManyReport report;
    report.recipients.reserve(message_count(sendable));
    send_all(client_, parts, options, report);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        report_part(parts[i], report.requests[i], i, report);
    }
    if (!omissions.empty()) {
        report_left_out(whole, omissions, report);
    }
    for (const auto& recipient : report.recipients) {
        count(recipient, report);
    }
    return report;
}

}  // namespace v3
}  // namespace sent
