#pragma once

#include <cstdint>
#include <optional>

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

/// Where a page stands in its list (v3 contract, section 3).
struct Pagination {
    /// Counts from 1.
    std::int32_t page = 0;
    std::int32_t page_size = 0;
    std::int32_t total_count = 0;
    std::int32_t total_pages = 0;
    bool has_more = false;
    std::optional<PageCursors> cursors{};
};

}  // namespace v3
}  // namespace sent

SENT_DETAIL_DESCRIBE(sent::PageCursors);
SENT_DETAIL_DESCRIBE(sent::v3::Pagination);
