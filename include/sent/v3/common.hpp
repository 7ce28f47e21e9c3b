#pragma once

#include <cstdint>

#include <sent/open_enum.hpp>
#include <sent/operation.hpp>
#include <sent/page.hpp>

/// @file
/// What several resources of v3 have in common.

namespace sent {
inline namespace v3 {

/// What a message travels by. The set is open.
class Channel : public OpenEnum<Channel> {
  public:
    using OpenEnum::OpenEnum;
    /// The service chooses (`sent` on the wire).
    static constexpr Constant automatic{"sent"};
    static constexpr Constant sms{"sms"};
    static constexpr Constant whatsapp{"whatsapp"};
    static constexpr Constant rcs{"rcs"};
    static constexpr Constant mms{"mms"};
    /// In answers only: not chosen yet.
    static constexpr Constant undecided{"auto"};
    /// In answers only: calls.
    static constexpr Constant voice{"voice"};
    /// In answers only, and old ones.
    static constexpr Constant unknown{"unknown"};
};

/// What a template is for. The set is open.
class TemplateCategory : public OpenEnum<TemplateCategory> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant marketing{"MARKETING"};
    static constexpr Constant utility{"UTILITY"};
    static constexpr Constant authentication{"AUTHENTICATION"};
};

/// Where a message stands. The set is open. Statuses have no order: a later one may be any of them (within
/// the same second they have one, see webhooks::rank_within_second()).
class MessageStatus : public OpenEnum<MessageStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant queued{"QUEUED"};
    /// In activities.
    static constexpr Constant processed{"PROCESSED"};
    static constexpr Constant routed{"ROUTED"};
    /// Held until its time.
    static constexpr Constant scheduled{"SCHEDULED"};
    static constexpr Constant sent{"SENT"};
    static constexpr Constant delivered{"DELIVERED"};
    static constexpr Constant read{"READ"};
    /// Not always the end: the service may try another way under the same id.
    static constexpr Constant failed{"FAILED"};
    /// The recipient has opted out, for example.
    static constexpr Constant filtered{"FILTERED"};
    /// No balance, template not approved, no open conversation.
    static constexpr Constant blocked{"BLOCKED"};
    static constexpr Constant cancelled{"CANCELLED"};
    /// Came from the recipient.
    static constexpr Constant received{"RECEIVED"};
    static constexpr Constant accepted{"ACCEPTED"};
};

/// Whether nothing more is to be expected: DELIVERED, READ, FILTERED, BLOCKED, CANCELLED, RECEIVED. FAILED is
/// not among them, as the service may try another way; nor is a status that this version does not know. A
/// final status holds until the message is resent, which takes it back to QUEUED under the same id.
[[nodiscard]] inline bool is_final(const MessageStatus& status) noexcept {
    return status == MessageStatus::delivered || status == MessageStatus::read ||
           status == MessageStatus::filtered || status == MessageStatus::blocked ||
           status == MessageStatus::cancelled || status == MessageStatus::received;
}

/// Review state of a template. The set is open.
class TemplateStatus : public OpenEnum<TemplateStatus> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant draft{"DRAFT"};
    static constexpr Constant pending{"PENDING"};
    static constexpr Constant approved{"APPROVED"};
    static constexpr Constant rejected{"REJECTED"};
    static constexpr Constant paused{"PAUSED"};
    /// In webhook events.
    static constexpr Constant category_updated{"CATEGORY_UPDATED"};
    static constexpr Constant disabled{"DISABLED"};
    /// Approved once, and withdrawn by the service.
    static constexpr Constant revoked{"REVOKED"};
};

/// What a template of the service's own does when a contact writes a keyword. The set is open.
class AutoReplyAction : public OpenEnum<AutoReplyAction> {
  public:
    using OpenEnum::OpenEnum;
    static constexpr Constant opt_in{"OPT_IN"};
    static constexpr Constant opt_out{"OPT_OUT"};
    static constexpr Constant help{"HELP"};
    static constexpr Constant other{"OTHER"};
};

/// Where a page stands in its list.
struct Pagination {
    /// Counts from 1.
    std::int32_t page = 0;
    std::int32_t page_size = 0;
    std::int32_t total_count = 0;
    std::int32_t total_pages = 0;
    bool has_more = false;
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_HASHABLE(sent::v3::Channel);
SENT_DETAIL_HASHABLE(sent::v3::TemplateCategory);
SENT_DETAIL_HASHABLE(sent::v3::MessageStatus);
SENT_DETAIL_HASHABLE(sent::v3::TemplateStatus);
SENT_DETAIL_HASHABLE(sent::v3::AutoReplyAction);

SENT_DETAIL_DESCRIBE(sent::v3::Pagination);
