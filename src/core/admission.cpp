#include "core/admission.hpp"

#include <string>
#include <utility>

#include "base/saturating.hpp"
#include "base/text/milliseconds.hpp"
#include "core/response_headers.hpp"

namespace sent::detail {

void Admission::begin_deadline(SteadyTime now) noexcept {
    if (call_.deadline) {
        deadline_ = saturating_add(call_.begun.value_or(now), *call_.deadline);
    }
}

Admission::Decision Admission::ask(SteadyTime now, const std::optional<Error>& last_error) {
    const bool was_admitted = std::exchange(is_admitted_, false);
    if (now >= deadline_) {
        return too_late(was_admitted ? "before a thread was free to send the request"
                                     : "before the request could be sent");
    }
    if (throttle_ != nullptr) {
        if (throttle_->ended()) {
            return {now, Problem{end_of_run(last_error)}};
        }
        if (const auto opens_at = throttle_->opens_at(); opens_at > now) {
            return wait_until(opens_at, "while the service held the run back");
        }
    }
    if (limiter_.enabled()) {
        const auto permitted = permitted_at(now);
        if (!permitted) {
            return too_late("while the client's rate limit held it back");
        }
        if (*permitted > now) {
            return {*permitted, {}};
        }
    }
    // Asked last, because during an outage it may admit this call and no other.
    if (throttle_ != nullptr && !was_admitted) {
        if (const auto admitted_at = throttle_->admit(now, call_.retry); admitted_at > now) {
            return wait_until(admitted_at, "while the run waited for the service");
        }
    }
    is_admitted_ = true;
    return {now, {}};
}

Error Admission::end_of_run(const std::optional<Error>& last_error) const {
    return last_error ? *last_error : throttle_->never_started();
}

Admission::Decision Admission::wait_until(SteadyTime when, const char* why) {
    return when < deadline_ ? Decision{when, {}} : too_late(why);
}

Admission::Decision Admission::too_late(const char* why) const {
    const auto limit = call_.deadline.value_or(std::chrono::milliseconds{0});
    return {deadline_, problem_of(ErrorKind::timeout,
                                  "the call's deadline of " + milliseconds_text(limit) + " passed " + why)};
}

std::optional<SteadyTime> Admission::permitted_at(SteadyTime now) {
    const auto rate_class = call_.route->rate_class;
    if (has_permit_ && !limiter_.may_use(rate_class, call_.messages, permitted_at_, now)) {
        give_back_permit();
    }
    if (!has_permit_) {
        const auto permitted = limiter_.acquire(rate_class, call_.messages, now, deadline_);
        if (!permitted) {
            return std::nullopt;
        }
        has_permit_ = true;
        permitted_at_ = *permitted;
    }
    return permitted_at_;
}

void Admission::give_up() {
    if (has_permit_) {
        give_back_permit();
    }
}

void Admission::give_back_permit() {
    limiter_.give_back(call_.route->rate_class, call_.messages, permitted_at_);
    has_permit_ = false;
}

void Admission::note_answer(const ResponseMeta& meta, Extent extent,
                            std::optional<std::chrono::milliseconds> retry_after, SteadyTime now,
                            std::chrono::system_clock::time_point wall_now) {
    const auto rate_class = call_.route->rate_class;
    if (limiter_.enabled() && meta.rate_limit) {
        limiter_.adjust(rate_class, *meta.rate_limit, now, server_time(meta.headers, wall_now));
    }
    if (limiter_.enabled() && extent == Extent::rate && retry_after) {
        limiter_.hold_back(rate_class, call_.messages, *retry_after, now);
    }
    if (throttle_ != nullptr) {
        throttle_->note_answer(extent);
    }
}

}  // namespace sent::detail
