#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <new>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "faults/fault_scene.hpp"
#include "injection.hpp"

namespace sent::test {

/// One run of a scenario, in which the n-th request for memory fails.
class Trial {
  public:
    explicit Trial(const Injection& injection) : injection_(injection) {}

    /// Runs the part in which memory is short. False when it ended with std::bad_alloc; anything else that
    /// it throws is a failure of the test.
    template <class Part>
    bool run(Part part) {
        const FailingMemory failing(injection_);
        try {
            part();
            note();
            return true;
        } catch (const std::bad_alloc&) {
            note();
            return false;
        }
    }
    [[nodiscard]] bool has_failed() const noexcept { return has_failed_; }
    [[nodiscard]] const Injection& injection() const noexcept { return injection_; }

  private:
    void note() noexcept { has_failed_ = has_failed_ || FailingMemory::has_failed(); }

    Injection injection_;
    bool has_failed_ = false;
};

/// A service that knows what it has accepted.
class Service {
  public:
    explicit Service(int status = 0) : status_(status) {
        server_.by_default({serve([this](const ReceivedRequest& request) { return answer(request); })});
    }

    [[nodiscard]] ClientOptions options() const {
        auto options = quick_options(server_.origin());
        options.retry.initial_backoff = std::chrono::milliseconds(1);
        options.retry.max_backoff = std::chrono::milliseconds(1);
        return options;
    }
    /// Answers the next write with this status first.
    void fail_once_with(int status) {
        const std::lock_guard lock{mutex_};
        once_ = status;
    }
    /// Different sends accepted since the last call of this. For when the clients are gone: waits until their
    /// connections are, so that nothing is accepted later.
    std::size_t take_accepted() {
        EXPECT_TRUE(server_.wait_for_finished(server_.connection_count(), patience));
        const std::lock_guard lock{mutex_};
        const auto count = accepted_.size();
        accepted_.clear();
        return count;
    }
    [[nodiscard]] ScriptedServer& server() noexcept { return server_; }

  private:
    Reply answer(const ReceivedRequest& request) {
        const std::lock_guard lock{mutex_};
        if (request.method == "GET") {
            return page(request.target);
        }
        const int status = once_ != 0 ? std::exchange(once_, 0) : status_;
        if (status != 0) {
            return json_reply(
                status,
                R"({"success":false,"data":null,"error":{"code":"VALIDATION_002","message":"The number +14155550100 cannot be used",
"doc_url":"https://docs.example/errors/VALIDATION_002","details":{"to[0]":["is not a number that can be called at all"]}},"meta":{"request_id":"request-of-the-test"}})");
        }
        // A write without a key counts each time it comes.
        const auto key = request.header("Idempotency-Key");
        accepted_.insert(key ? *key : "arrival " + std::to_string(++arrivals_));
        if (request.target.compare(0, 4, "/v3/") != 0) {
            return http_reply(204);
        }
        return json_reply(
            202,
            R"({"success":true,"data":{"status":"QUEUED","template_id":"0193f1c2-aaaa-bbbb-cccc-ddddeeeeffff",
"template_name":"order_confirmation","recipients":[{"message_id":"0193f1c2-1111-2222-3333-444455556666",
"to":"+14155550100","channel":"sms","body":"Hello Ada, your order is on its way to you"}]},"error":null,
"meta":{"request_id":"request-of-the-test-that-is-longer","timestamp":"2026-11-25T03:00:00Z","version":"v3"}})");
    }
    static Reply page(const std::string& target) {
        const bool is_last = target.find("page=2") != std::string::npos;
        return json_reply(
            200, R"({"items":[{"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","phoneNumber":"+14155550100"},
{"id":"6ba7b810-9dad-11d1-80b4-00c04fd430c9","phoneNumber":"+14155550101"}],"totalCount":6,"page":)" +
                     std::string(is_last                                      ? "2"
                                 : target.find("page=1") != std::string::npos ? "1"
                                                                              : "0") +
                     R"(,"pageSize":2,"totalPages":3})");
    }

    const int status_;
    std::mutex mutex_{};
    int once_ = 0;
    std::size_t arrivals_ = 0;
    std::set<std::string> accepted_{};
    ScriptedServer server_{};
};

/// Runs the scenario with the first, the second, the third... request for memory failing, until there is one
/// run in which none fails. It must leave nothing behind: not a block of memory.
inline void torture(Injection injection, const std::function<void(Trial&)>& scenario) {
    constexpr std::size_t most = 20'000;
    {
        Trial warm_up{{injection.memory, injection.failing, 0}};
        scenario(warm_up);
    }
    for (injection.nth = 1; injection.nth < most; ++injection.nth) {
        const ::testing::ScopedTrace trace(__FILE__, __LINE__,
                                           "request number " + std::to_string(injection.nth));
        const std::size_t cpp_before = live_blocks(Memory::cpp);
        const std::size_t curl_before = live_blocks(Memory::curl);
        Trial trial{injection};
        scenario(trial);
        // A thread of the library may be about to end.
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(2);
        while ((live_blocks(Memory::cpp) > cpp_before || live_blocks(Memory::curl) > curl_before) &&
               std::chrono::steady_clock::now() < give_up) {
            std::this_thread::yield();
        }
        EXPECT_LE(live_blocks(Memory::cpp), cpp_before) << "leaked";
        EXPECT_LE(live_blocks(Memory::curl), curl_before) << "leaked by libcurl";
        if (!trial.has_failed() || ::testing::Test::HasFailure()) {
            break;
        }
    }
    EXPECT_GT(injection.nth, 1U) << "nothing was ever refused";
    EXPECT_LT(injection.nth, most);
    ::testing::Test::RecordProperty("sites", std::to_string(injection.nth - 1));
}

/// Fixture of tests whose parameter says whose memory fails, and how.
class Torture : public ::testing::TestWithParam<Injection> {
  protected:
    static void SetUpTestSuite() { take_over_curl_memory(); }
};

inline auto all_injections() {
    return ::testing::Values(
        Injection{Memory::cpp, Failing::once}, Injection{Memory::cpp, Failing::from_then_on},
        Injection{Memory::curl, Failing::once}, Injection{Memory::curl, Failing::from_then_on});
}

/// For what does not use libcurl, or only to give something back.
inline auto injections_into_new() {
    return ::testing::Values(Injection{Memory::cpp, Failing::once},
                             Injection{Memory::cpp, Failing::from_then_on});
}

inline std::string injection_name(const ::testing::TestParamInfo<Injection>& test) {
    return std::string(test.param.memory == Memory::cpp ? "new" : "libcurl") +
           (test.param.failing == Failing::once ? "_once" : "_from_then_on");
}

inline void PrintTo(const Injection& injection, std::ostream* out) {
    *out << injection_name({injection, 0});
}

/// What a result says must be true: a success was accepted, and what was "not sent" or "rejected" was not.
template <class T>
void expect_honest(const std::optional<Result<T>>& result, std::size_t accepted) {
    EXPECT_LE(accepted, 1U) << "accepted more than once";
    if (!result) {
        return;  // std::bad_alloc says nothing
    }
    if (*result) {
        EXPECT_EQ(accepted, 1U) << "success, and yet not accepted";
    } else if (result->error().outcome == Outcome::not_sent || result->error().outcome == Outcome::rejected) {
        EXPECT_EQ(accepted, 0U) << describe(*result);
    }
}

inline v3::SendMessageRequest message() {
    v3::SendMessageRequest request;
    request.to = {"+14155550100"};
    request.template_ref.emplace();
    request.template_ref->name = "order_confirmation_with_a_long_name";
    request.template_ref->parameters = {{"name", "Ada"}, {"order_number_of_the_shop", "0815"}};
    return request;
}

/// Whether the client works when there is memory again.
inline void expect_usable(const Client& client) {
    const auto result = client.call(v1::ListContactsRequest{});
    EXPECT_TRUE(result) << describe(result);
}

}  // namespace sent::test
