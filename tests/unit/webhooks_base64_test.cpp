#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "webhooks/base64.hpp"

namespace sent::test {
namespace {

using detail::decode_digest;
using detail::decode_key;
using detail::encode_base64;

std::string encoded(std::string_view text) {
    return encode_base64(reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

std::string decoded(std::string_view text) {
    const auto key = decode_key(text);
    return key ? std::string{key->begin(), key->end()} : "(refused)";
}

TEST(WebhooksBase64, EncodesAnyLengthWithPadding) {
    EXPECT_EQ(encoded(""), "");
    EXPECT_EQ(encoded("f"), "Zg==");
    EXPECT_EQ(encoded("fo"), "Zm8=");
    EXPECT_EQ(encoded("foo"), "Zm9v");
    EXPECT_EQ(encoded("foobar"), "Zm9vYmFy");
    EXPECT_EQ(encoded("\xFB\xEF\xBE\xFF"), "++++/w==");
}

TEST(WebhooksBase64, ReadsKeysWithAndWithoutPadding) {
    EXPECT_EQ(decoded(""), "");
    for (const auto* text : {"Zg==", "Zg=", "Zg"}) {
        EXPECT_EQ(decoded(text), "f") << text;
    }
    for (const auto* text : {"Zm8=", "Zm8"}) {
        EXPECT_EQ(decoded(text), "fo") << text;
    }
    EXPECT_EQ(decoded("++++/w"), "\xFB\xEF\xBE\xFF");
    // Bits beyond the last byte mean nothing.
    EXPECT_EQ(decoded("Zh"), "f");
}

TEST(WebhooksBase64, RefusesKeysThatAreNot) {
    const std::string with_nul("Zm\0v", 4);
    for (const std::string_view text : {"Z", "Zm9vY", "Zg===", "Zm8==", "Zm9v=", "=", "Zm=v",
                                        "Zg==Zg==", "Zm-_", "Zm9v Zg", "Zm9v\n", "Zm\xC3\xA9"}) {
        EXPECT_EQ(decoded(text), "(refused)") << text;
    }
    EXPECT_EQ(decoded(with_nul), "(refused)");
}

TEST(WebhooksBase64, ReadsDigestsExactlyAsTheyAreWritten) {
    const std::string bytes = "0123456789abcdefghijklmnopqrstuv";
    const auto text = encoded(bytes);
    const auto digest = decode_digest(text);
    ASSERT_TRUE(digest);
    EXPECT_EQ((std::string{digest->begin(), digest->end()}), bytes);

    EXPECT_FALSE(decode_digest(""));
    EXPECT_FALSE(decode_digest(text.substr(0, 43)));
    EXPECT_FALSE(decode_digest(text.substr(0, 40)));
    EXPECT_FALSE(decode_digest(text + "="));
    EXPECT_FALSE(decode_digest(text.substr(0, 43) + "A"));
    EXPECT_FALSE(decode_digest(text.substr(0, 42) + "=="));
    EXPECT_FALSE(decode_digest("-" + text.substr(1)));
    EXPECT_FALSE(decode_digest(text.substr(0, 20) + " " + text.substr(21)));
}

TEST(WebhooksBase64, TakesEachDigestInOneSpellingOnly) {
    const std::string text = std::string(42, 'A') + "E=";
    ASSERT_TRUE(decode_digest(text));
    // The last two bits of the last character are of no byte.
    for (const char last : {'F', 'G', 'H'}) {
        auto other = text;
        other[42] = last;
        EXPECT_FALSE(decode_digest(other)) << other;
    }
}

}  // namespace
}  // namespace sent::test
