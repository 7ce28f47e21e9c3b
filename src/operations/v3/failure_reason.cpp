#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sent/v3/messages.hpp>

/// @file
/// Messages::failure_reason.

namespace sent {
inline namespace v3 {
namespace {

bool tells_why(const MessageActivity& activity) noexcept {
    return activity.status == MessageStatus::failed || activity.status == MessageStatus::filtered ||
           activity.status == MessageStatus::blocked;
}

/// The newest are usually first. If the times say otherwise, the times are used.
std::optional<MessageActivity> latest_failure(std::vector<MessageActivity>&& activities) {
    MessageActivity* latest = nullptr;
    for (auto& activity : activities) {
        if (tells_why(activity) && (latest == nullptr || latest->timestamp < activity.timestamp)) {
            latest = &activity;
        }
    }
    return latest == nullptr ? std::nullopt : std::optional{std::move(*latest)};
}

}  // namespace

Result<std::optional<MessageActivity>> Messages::failure_reason(std::string id,
                                                                const CallOptions& options) const {
    auto all = activities(std::move(id), options);
    if (!all) {
        return {all.error(), all.meta()};
    }
    return {latest_failure(std::move(all->activities)), all.meta()};
}

}  // namespace v3
}  // namespace sent
