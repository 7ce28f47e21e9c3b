#include "http/async/waiting_jobs.hpp"

#include <chrono>
#include <memory>
#include <utility>

#include <gtest/gtest.h>

#include <sent/cancellation.hpp>

namespace sent::detail::http {
namespace {

WaitingJobs::JobPtr job_with(std::chrono::milliseconds timeout, const CancellationToken& cancel) {
    HttpRequest request;
    request.timeout = timeout;
    request.cancel = cancel;
    return std::make_unique<AsyncJob>(
        std::move(request), [](const TransportResult& /*result*/) {}, std::chrono::milliseconds{0});
}

// Otherwise the loop would not sleep any more.
TEST(WaitingJobs, HaveNoDeadlineOnceAllAreCancelled) {
    WaitingJobs jobs;
    CancellationSource source;
    jobs.push(job_with(std::chrono::milliseconds{1}, source.token()));
    const auto deadline = jobs.next_deadline();
    source.cancel();
    jobs.end_cancelled([](WaitingJobs::JobPtr /*job*/) noexcept {});
    ASSERT_TRUE(jobs.empty());
    while (WaitingJobs::Clock::now() < deadline) {
    }
    jobs.end_expired([](WaitingJobs::JobPtr /*job*/) noexcept {});
    EXPECT_EQ(jobs.next_deadline(), WaitingJobs::Clock::time_point::max());
}

}  // namespace
}  // namespace sent::detail::http
