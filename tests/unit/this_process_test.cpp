#include "base/this_process.hpp"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "support/forking.hpp"

namespace sent::detail {
namespace {

using std::chrono::milliseconds;

void let_pass(milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
        std::this_thread::yield();
    }
}

TEST(A4_PerProcess, OneThreadMakesItAndTheOthersWait) {
    PerProcess<int> number;
    std::atomic<int> made{0};
    std::vector<std::thread> threads;
    std::atomic<int> wrong{0};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            const int& value = number.here([&](int* /*parents*/) {
                ++made;
                let_pass(milliseconds{50});
                return 7;
            });
            wrong += value == 7 ? 0 : 1;
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(made, 1);
    EXPECT_EQ(wrong, 0);
    number.destroy();
}

TEST(A4_PerProcess, AnotherThreadMakesItAfterAFailure) {
    PerProcess<int> number;
    const auto fail = [](int* /*parents*/) -> int { throw std::runtime_error{"no memory"}; };
    EXPECT_THROW(number.here(fail), std::runtime_error);
    EXPECT_EQ(number.find(), nullptr);
    EXPECT_EQ(number.here([](int* /*parents*/) { return 7; }), 7);
    number.destroy();
    EXPECT_EQ(number.here([](int* /*parents*/) { return 8; }), 8);
    number.destroy();
}

struct Inherited {
    [[nodiscard]] Inherited for_child() const {
        ++calls;
        let_pass(milliseconds{50});
        return *this;
    }
    int value = 0;
    static inline std::atomic<int> calls{0};
};

using A4_Guarded = test::ForkTest;

TEST_F(A4_Guarded, TheThreadsOfAChildInheritTheDataOnceAndTogether) {
    Guarded<Inherited> data;
    data.lock()->value = 5;
    EXPECT_TRUE(test::in_child([&] {
        alarm(20);
        std::atomic<int> right{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                const auto access = data.lock();
                right += access->value >= 5 ? 1 : 0;
                ++access->value;
            });
        }
        for (auto& thread : threads) {
            thread.join();
        }
        return right == 4 && Inherited::calls == 1 && data.lock()->value == 9;
    }));
}

}  // namespace
}  // namespace sent::detail
