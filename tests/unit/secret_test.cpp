#include <sent/secret.hpp>

#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

namespace sent {
namespace {

const std::string short_text = "short key";
const std::string long_text = "a key that is too long for the string's own buffer";

/// A Secret in memory that the test may look at after its end.
class Observed {
  public:
    Observed() { std::memset(memory_, 0, sizeof memory_); }
    template <class... Args>
    Secret& make(Args&&... args) {
        return *new (memory_) Secret(std::forward<Args>(args)...);
    }
    static void end(Secret& secret) { secret.~Secret(); }
    /// Whether the object's own bytes (where short strings live) hold the text.
    bool holds(const std::string& text) const {
        return std::string_view(reinterpret_cast<const char*>(memory_), sizeof memory_).find(text) !=
               std::string_view::npos;
    }

  private:
    alignas(Secret) unsigned char memory_[sizeof(Secret)];
};

TEST(Secret, PrintsAsRedacted) {
    std::ostringstream out;
    out << Secret(short_text) << '/' << Secret() << '/' << Secret(long_text);
    EXPECT_EQ(out.str(), "[redacted]//[redacted]");
}

TEST(Secret, ConvertsFromStringsAndNull) {
    const Secret from_literal = "abc";
    const Secret from_null = static_cast<const char*>(nullptr);
    const Secret from_view = std::string_view("abc");
    EXPECT_EQ(from_literal.reveal(), "abc");
    EXPECT_TRUE(from_null.empty());
    EXPECT_EQ(from_literal, from_view);
    EXPECT_NE(from_literal, from_null);
}

TEST(Secret, CopiesAndMovesKeepTheText) {
    for (const std::string& text : {short_text, long_text}) {
        const Secret original(text);
        Secret copy(original);
        EXPECT_EQ(copy.reveal(), text);
        Secret moved(std::move(copy));
        EXPECT_EQ(moved.reveal(), text);
        EXPECT_TRUE(copy.empty());  // NOLINT(bugprone-use-after-move): emptied by contract
        Secret assigned("other");
        assigned = moved;
        EXPECT_EQ(assigned.reveal(), text);
        Secret taken("other");
        taken = std::move(moved);
        EXPECT_EQ(taken.reveal(), text);
        EXPECT_TRUE(moved.empty());  // NOLINT(bugprone-use-after-move): emptied by contract
    }
}

TEST(Secret, SelfAssignmentKeepsTheText) {
    Secret secret(long_text);
    Secret& same = secret;
    secret = same;
    secret = std::move(same);
    EXPECT_EQ(secret.reveal(), long_text);
}

TEST(Secret, ShortTextIsWipedOnDestruction) {
    Observed observed;
    Secret& secret = observed.make(short_text);
    ASSERT_TRUE(observed.holds(short_text));
    Observed::end(secret);
    EXPECT_FALSE(observed.holds(short_text));
}

TEST(Secret, ShortTextIsWipedFromTheSourceOfAMove) {
    Observed observed;
    Secret& source = observed.make(short_text);
    const Secret constructed(std::move(source));
    EXPECT_FALSE(observed.holds(short_text));
    source = Secret(short_text);
    ASSERT_TRUE(observed.holds(short_text));
    Secret assigned;
    assigned = std::move(source);
    EXPECT_FALSE(observed.holds(short_text));
    EXPECT_EQ(assigned.reveal(), short_text);
    Observed::end(source);
}

TEST(Secret, ShortTextIsWipedWhenALongerOneReplacesIt) {
    Observed observed;
    Secret& secret = observed.make(short_text);
    secret = Secret(long_text);
    EXPECT_FALSE(observed.holds(short_text));
    EXPECT_EQ(secret.reveal(), long_text);
    Observed::end(secret);
}

TEST(Secret, GivenStringIsWiped) {
    std::string given = long_text;
    const Secret secret(std::move(given));
    EXPECT_EQ(secret.reveal(), long_text);
    EXPECT_TRUE(given.empty());  // NOLINT(bugprone-use-after-move): moved into the parameter that is wiped
}

}  // namespace
}  // namespace sent
