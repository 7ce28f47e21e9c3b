#pragma once

#include <cstdint>

#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/page.hpp>

/// @file
/// Types that several resources of v3 use.

namespace sent {
inline namespace v3 {

/// Channel of a message. Open enumeration: see OpenEnum.
class Channel : public OpenEnum<Channel> {
  public:
    using OpenEnum::OpenEnum;
    /// The service chooses the channel. `sent` on the wire.
    static constexpr Constant automatic{"sent"};
    static constexpr Constant sms{"sms"};
    static constexpr Constant whatsapp{"whatsapp"};
    static constexpr Constant rcs{"rcs"};
    static constexpr Constant mms{"mms"};
    /// Only in answers: the channel is not chosen yet.
    static constexpr Constant undecided{"auto"};
    /// Only in answers: a call.
    static constexpr Constant voice{"voice"};
    /// Only in old answers.
    static constexpr Constant unknown{"unknown"};
};

/// Purpose of a template. Open enumeration: see OpenEnum.
class TemplateCategory : public OpenEnum<TemplateCategory> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant marketing{"MARKETING"};
    static constexpr Constant utility{"UTILITY"};
    static constexpr Constant authentication{"AUTHENTICATION"};
};

/// Status of a message. Open enumeration: see OpenEnum. Statuses have no order: any status may follow any
/// other. Only within one second are they ranked; see webhooks::rank_within_second().
class MessageStatus : public OpenEnum<MessageStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant queued{"QUEUED"};
    /// Only in activities.
    static constexpr Constant processed{"PROCESSED"};
    static constexpr Constant routed{"ROUTED"};
    /// The service holds the message until its time.
    static constexpr Constant scheduled{"SCHEDULED"};
    static constexpr Constant sent{"SENT"};
    static constexpr Constant delivered{"DELIVERED"};
    static constexpr Constant read{"READ"};
    /// Not final: the service may try another channel under the same id. See is_final().
    static constexpr Constant failed{"FAILED"};
    /// The service did not send the message, for example because the recipient has opted out.
    static constexpr Constant filtered{"FILTERED"};
    /// The service did not send the message: no balance, a template that is not approved, or no open
    /// conversation.
    static constexpr Constant blocked{"BLOCKED"};
    static constexpr Constant cancelled{"CANCELLED"};
    /// The recipient sent this message to you.
    static constexpr Constant received{"RECEIVED"};
    static constexpr Constant accepted{"ACCEPTED"};
};

/// Returns whether no other status is expected: true for DELIVERED, READ, FILTERED, BLOCKED, CANCELLED and
/// RECEIVED. It returns false for FAILED, because the service may try another channel, and for a status that
/// this version does not know. If the message is resent, a final status changes back to QUEUED under the same
/// id.
[[nodiscard]] inline bool is_final(const MessageStatus& status) noexcept {
    return status == MessageStatus::delivered || status == MessageStatus::read ||
           status == MessageStatus::filtered || status == MessageStatus::blocked ||
           status == MessageStatus::cancelled || status == MessageStatus::received;
}

/// Review status of a template. Open enumeration: see OpenEnum.
class TemplateStatus : public OpenEnum<TemplateStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant draft{"DRAFT"};
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant approved{"APPROVED"};
    static constexpr Constant rejected{"REJECTED"};
    static constexpr Constant paused{"PAUSED"};
    /// Only in webhook events.
    static constexpr Constant category_updated{"CATEGORY_UPDATED"};
    static constexpr Constant disabled{"DISABLED"};
    /// The service has withdrawn a template that it had approved.
    static constexpr Constant revoked{"REVOKED"};
};

/// Action of one of the service's auto-reply templates when a contact sends a keyword. Open enumeration: see
/// OpenEnum.
class AutoReplyAction : public OpenEnum<AutoReplyAction> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant opt_in{"OPT_IN"};
    static constexpr Constant opt_out{"OPT_OUT"};
    static constexpr Constant help{"HELP"};
    static constexpr Constant other{"OTHER"};
};

/// Position of a page in its list.
struct Pagination {
    /// Number of the page, counted from 1.
    std::int32_t page = 0;
    std::int32_t page_size = 0;
    std::int32_t total_count = 0;
    std::int32_t total_pages = 0;
    bool has_more = false;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_OPEN_ENUM(sent::v3::Channel, automatic, sms, whatsapp, rcs, mms, undecided, voice, unknown);
SENT_DETAIL_OPEN_ENUM(sent::v3::TemplateCategory, marketing, utility, authentication);
SENT_DETAIL_OPEN_ENUM(sent::v3::MessageStatus, queued, processed, routed, scheduled, sent, delivered, read,
                      failed, filtered, blocked, cancelled, received, accepted);
SENT_DETAIL_OPEN_ENUM(sent::v3::TemplateStatus, draft, pending, approved, rejected, paused, category_updated,
                      disabled, revoked);
SENT_DETAIL_OPEN_ENUM(sent::v3::AutoReplyAction, opt_in, opt_out, help, other);

SENT_DETAIL_DESCRIBE(sent::v3::Pagination);
