// Members that are secrets: strings on the wire, and never in a log.
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <sent/secret.hpp>

#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json/field.hpp"
#include "json/validate.hpp"

namespace sent::json_test {
namespace {

struct Keys {
    Secret key{};
    std::optional<Secret> next{};
    std::vector<Secret> old{};
};

}  // namespace
}  // namespace sent::json_test

namespace sent::detail {
SENT_OWN_TABLE(json_test::Keys, field<&json_test::Keys::key>("key").required(),
               field<&json_test::Keys::next>("next"), field<&json_test::Keys::old>("old"));
}  // namespace sent::detail

namespace sent::json_test {
namespace {

using detail::decode;
using detail::encode;

Keys keys() {
    Keys keys;
    keys.key = "first-s3cret";
    keys.next = "second-s3cret";
    keys.old = {"third-s3cret"};
    return keys;
}

TEST(JsonSecret, IsAStringOnTheWire) {
    std::string text;
    ASSERT_TRUE(encode(keys(), text));
    EXPECT_EQ(text, R"({"key":"first-s3cret","next":"second-s3cret","old":["third-s3cret"]})");
    Keys read;
    ASSERT_TRUE(decode(text, read));
    EXPECT_EQ(read.key.reveal(), "first-s3cret");
    ASSERT_TRUE(read.next);
    EXPECT_EQ(read.next->reveal(), "second-s3cret");
    ASSERT_EQ(read.old.size(), 1U);
    EXPECT_EQ(read.old.front().reveal(), "third-s3cret");
}

TEST(JsonSecret, IsReadAsLenientlyAsAString) {
    Keys read = keys();
    ASSERT_TRUE(decode(R"({"key":null,"next":null,"old":null})", read));
    EXPECT_EQ(read.key.reveal(), "first-s3cret");
    EXPECT_FALSE(read.next);
    EXPECT_TRUE(read.old.empty());
    const auto result = decode(R"({"key":{"s3cret":1},"next":7})", read);
    EXPECT_TRUE(result);
    EXPECT_EQ(result.first_mismatch, "key: expected string, found object");
    ASSERT_TRUE(read.next);
    EXPECT_EQ(read.next->reveal(), "7");
}

TEST(JsonSecret, IsUnsetIfEmpty) {
    std::string text;
    ASSERT_TRUE(encode(Keys{}, text));
    EXPECT_EQ(text, R"({"key":""})");
    const Keys empty;
    const auto found = detail::validate(detail::type_info<Keys>.structure(), &empty);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->text, "body field `key` is required: set it");
}

TEST(JsonSecret, IsRedactedOnDemandAndInErrors) {
    detail::EncodeOptions options;
    options.redact_secrets = true;
    std::string text;
    ASSERT_TRUE(encode(keys(), text, options));
    EXPECT_EQ(text, R"({"key":"[redacted]","next":"[redacted]","old":["[redacted]"]})");
    Keys broken = keys();
    broken.key = "s3cret\xFF";
    EXPECT_EQ(encode(broken, text).error, "key: invalid UTF-8 at byte 6");
}

TEST(JsonSecret, IsNeverInAUrl) {
    std::string text;
    const Secret secret{"s3cret"};
    EXPECT_FALSE(detail::scalar_text(detail::type_info<Secret>, &secret, text));
    EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace sent::json_test
