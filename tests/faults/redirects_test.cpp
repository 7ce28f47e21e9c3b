// N16: redirects are not followed, so that the key reaches no other host.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fault_scene.hpp"

namespace sent::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr int redirect_statuses[] = {300, 301, 302, 303, 307, 308};

template <class T>
void expect_redirect_error(const Result<T>& result, int status) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::unexpected_status) << describe(result);
    EXPECT_EQ(result.error().http_status, status);
    EXPECT_EQ(result.error().outcome, Outcome::rejected);
    EXPECT_EQ(result.error().attempts, 1);
}

TEST(N16_Redirect, ToAnotherHostIsNotFollowed) {
    with_both_drivers([](Driver driver) {
        for (const int status : redirect_statuses) {
            SCOPED_TRACE(status);
            ScriptedServer other;
            other.by_default({serve([](const ReceivedRequest& request) { return healthy_reply(request); })});
            Scene scene(driver);
            scene.answer({http_reply(status, {{"Location", other.origin() + "/v1/elsewhere"}})});
            const auto result = scene.send();
            expect_redirect_error(result, status);
            EXPECT_THAT(result.error().message, HasSubstr("127.0.0.1:" + std::to_string(other.port())));
            EXPECT_THROW(result.value(), StatusError);
            expect_redirect_error(scene.send_keyed(), status);
            expect_redirect_error(scene.list(), status);
            EXPECT_EQ(scene.server.request_count(), 3U);
            EXPECT_EQ(other.connection_count(), 0U);
        }
    });
}

TEST(N16_Redirect, ToTheSameHostIsNotFollowedEither) {
    with_both_drivers([](Driver driver) {
        for (const int status : redirect_statuses) {
            SCOPED_TRACE(status);
            Scene scene(driver);
            scene.answer({http_reply(status, {{"Location", "/v2/messages/contact"}})});
            expect_redirect_error(scene.send(), status);
            EXPECT_EQ(scene.server.request_count(), 1U);
        }
    });
}

TEST(N16_Redirect, LoopEndsAtTheFirstReply) {
    Scene scene;
    scene.answer({http_reply(302, {{"Location", scene.server.origin() + "/v1/contacts"}})});
    expect_redirect_error(scene.list(), 302);
    EXPECT_EQ(scene.server.request_count(), 1U);
}

TEST(N16_Redirect, ToAFileOrAnotherSchemeIsNotFollowed) {
    for (const char* location : {"file:///etc/passwd", "gopher://127.0.0.1/", "dict://127.0.0.1/",
                                 "javascript:alert(1)", "//", ""}) {
        SCOPED_TRACE(location);
        Scene scene;
        scene.answer({http_reply(302, {{"Location", location}})});
        const auto result = scene.list();
        expect_redirect_error(result, 302);
        EXPECT_THAT(result.error().raw_body, Not(HasSubstr("root:")));
    }
}

TEST(N16_Redirect, WithoutLocationIsAnErrorLikeOthers) {
    for (const int status : {300, 302, 304, 399}) {
        SCOPED_TRACE(status);
        Scene scene;
        scene.answer({http_reply(status)});
        expect_redirect_error(scene.send(), status);
    }
}

}  // namespace
}  // namespace sent::test
