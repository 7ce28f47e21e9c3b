#include "http/transfer/reply_framing.hpp"

#include <gtest/gtest.h>

#include <string_view>
#include <utility>
#include <vector>

namespace sent::detail::http {
namespace {

using std::chrono::seconds;
using Fields = std::vector<std::pair<std::string_view, std::string_view>>;

bool is_consistent(const Fields& fields) {
    ReplyFraming framing;
    for (const auto& [name, value] : fields) {
        if (!framing.note(name, value)) {
            return false;
        }
    }
    return true;
}

TEST(A19_ReplyFraming, OneLengthIsConsistent) {
    for (const Fields& fields :
         {Fields{{"Content-Length", "5"}}, Fields{{"content-length", "0"}},
          Fields{{"Content-Length", "5"}, {"CONTENT-LENGTH", "05"}},
          Fields{{"Content-Length", "18446744073709551615"}}, Fields{{"Transfer-Encoding", "chunked"}},
          Fields{{"transfer-encoding", "GZIP , Chunked"}},
          Fields{{"Transfer-Encoding", "gzip"}, {"Transfer-Encoding", "chunked"}},
          Fields{{"X-Content-Length", "x"}, {"Content-Type", "x"}, {"Accept-Charset", "x"}}, Fields{}}) {
        EXPECT_TRUE(is_consistent(fields)) << (fields.empty() ? "" : fields.back().second);
    }
}

TEST(A19_ReplyFraming, TwoLengthsAndWhatIsNoLengthAreNot) {
    for (const auto* value :
         {"", "+5", "-5", "5, 5", "5,6", "5 5", "5;", "0x5", "5.0", "five", "18446744073709551616"}) {
        EXPECT_FALSE(is_consistent({{"Content-Length", value}})) << value;
    }
    for (const auto* value : {"", "chunked, chunked", "chunked, gzip", "chunked,identity"}) {
        EXPECT_FALSE(is_consistent({{"Transfer-Encoding", value}})) << value;
    }
    for (const Fields& fields :
         {Fields{{"Content-Length", "2"}, {"Content-Length", "5"}},
          Fields{{"Content-Length", "5"}, {"X-A", "1"}, {"content-length", "2"}},
          Fields{{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}},
          Fields{{"Transfer-Encoding", "chunked"}, {"Content-Length", "5"}},
          Fields{{"Transfer-Encoding", "identity"}, {"Content-Length", "5"}},
          Fields{{"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}},
          Fields{{"Content-Length ", "5"}}, Fields{{"Transfer-Encoding\t", "chunked"}}}) {
        EXPECT_FALSE(is_consistent(fields)) << fields.back().first << ": " << fields.back().second;
    }
}

TEST(B14_KeepAlive, IsReadFromWhateverServersWrite) {
    const auto read = [](const Fields& fields) {
        ReplyFraming framing;
        for (const auto& [name, value] : fields) {
            EXPECT_TRUE(framing.note(name, value));
        }
        return framing.keep_alive();
    };
    EXPECT_EQ(read({{"Keep-Alive", "timeout=5"}}), seconds{5});
    EXPECT_EQ(read({{"keep-alive", "max=100, TIMEOUT = 7"}}), seconds{7});
    EXPECT_EQ(read({{"Keep-Alive", "timeout=\"3\";max=1"}}), seconds{3});
    EXPECT_EQ(read({{"Keep-Alive", "timeout=0"}}), seconds{0});
    EXPECT_EQ(read({{"Keep-Alive", "timeout=9"}, {"Keep-Alive", "timeout=4"}}), seconds{4});
    EXPECT_EQ(read({{"Keep-Alive", "timeout=99999999999999999999"}}), seconds{24 * 3600});
    for (const auto* value :
         {"", "5", "timeout", "timeout=", "timeout=-1", "timeout=x", "timeout=1.5", "max=5", "timeouts=5"}) {
        EXPECT_EQ(read({{"Keep-Alive", value}}), std::nullopt) << value;
    }
    EXPECT_EQ(read({{"Connection", "keep-alive"}, {"X-Timeouts", "timeout=5"}}), std::nullopt);
}

}  // namespace
}  // namespace sent::detail::http
