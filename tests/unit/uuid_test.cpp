#include "base/uuid.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <future>
#include <set>
#include <string>
#include <vector>

namespace sent::detail {
namespace {

constexpr std::size_t many = 100;

std::vector<std::string> uuids(std::size_t count) {
    std::vector<std::string> made;
    made.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        made.push_back(make_uuid());
    }
    return made;
}

TEST(Uuid, IsOfVersion4AndItsVariant) {
    for (const auto& uuid : uuids(many)) {
        ASSERT_EQ(uuid.size(), 36U) << uuid;
        EXPECT_EQ(uuid.find_first_not_of("0123456789abcdef-"), std::string::npos) << uuid;
        for (const std::size_t dash : {8U, 13U, 18U, 23U}) {
            EXPECT_EQ(uuid[dash], '-') << uuid;
        }
        EXPECT_EQ(uuid[14], '4') << uuid;
        EXPECT_NE(std::string{"89ab"}.find(uuid[19]), std::string::npos) << uuid;
    }
}

TEST(Uuid, IsMadeOnce) {
    auto other = std::async(std::launch::async, uuids, many);
    const auto here = uuids(many);
    std::set<std::string> all(here.begin(), here.end());
    const auto there = other.get();
    all.insert(there.begin(), there.end());

    EXPECT_EQ(all.size(), 2 * many);
}

TEST(Uuid, IsNotMadeAgainByAForkedChild) {
    make_uuid();  // some random bytes are in stock now
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    ASSERT_NE(child, -1);
    if (child == 0) {
        const auto uuid = make_uuid();
        const bool written = ::write(ends[1], uuid.data(), uuid.size()) == static_cast<ssize_t>(uuid.size());
        ::_exit(written ? 0 : 1);
    }
    ::close(ends[1]);
    std::string theirs(36, '\0');
    EXPECT_EQ(::read(ends[0], theirs.data(), theirs.size()), static_cast<ssize_t>(theirs.size()));
    ::close(ends[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);

    EXPECT_NE(make_uuid(), theirs);
}

}  // namespace
}  // namespace sent::detail
