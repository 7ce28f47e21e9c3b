#include "core/redact.hpp"

#include <string>

#include <gtest/gtest.h>

namespace sent::detail {
namespace {

std::string masked(std::string text) {
    mask_phone_numbers(text);
    return text;
}

TEST(Redact, MasksPhoneNumbersButLeavesOtherNumbersReadable) {
    EXPECT_EQ(masked("to +14155551234 now"), "to +1415***1234 now");
    EXPECT_EQ(masked("+1 415-555-1234"), "+1 415***1234");
    EXPECT_EQ(masked("442071838750"), "4420***8750");
    EXPECT_EQ(masked("tel:+44-20-7183-8750."), "tel:+44-20***8750.");
    EXPECT_EQ(masked("%2B442071838750"), "%2B4420***8750");
    EXPECT_EQ(masked("status 404 after 1500 ms, 2026-01-27"), "status 404 after 1500 ms, 2026-01-27");
    EXPECT_EQ(masked("5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015"), "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015");
    EXPECT_EQ(masked("+1 2 3"), "+1 2 3");
    EXPECT_EQ(masked("+"), "+");
    EXPECT_EQ(masked(""), "");
}

TEST(Redact, BlotsEveryOccurrenceOfTheSecretOut) {
    std::string text = "key=abc abcabc ab c";
    blot_out(text, "abc");
    EXPECT_EQ(text, "key=[redacted] [redacted][redacted] ab c");
    blot_out(text, "");
    EXPECT_EQ(text, "key=[redacted] [redacted][redacted] ab c");
}

TEST(Redact, ASecretThatContainsItsReplacementDoesNotLoop) {
    std::string text = "red";
    blot_out(text, "red");
    EXPECT_EQ(text, "[redacted]");
}

TEST(Redact, MakesBytesFromOutsideFitForOneLine) {
    EXPECT_EQ(presentable("a\r\nb\x01\x7F", ""), "a  b  ");
    EXPECT_EQ(presentable("a\xFF\xC3(\xC3\xA9", ""), "a?\?(\xC3\xA9");
    EXPECT_EQ(presentable("key is s3cret!", "s3cret"), "key is [redacted]!");
    EXPECT_EQ(presentable("call +14155551234", ""), "call +1415***1234");
}

TEST(Redact, CutsLongTextWithoutLeavingHalfASecret) {
    const std::string text = std::string(10, 'x') + "s3cret" + std::string(100, 'y');
    const auto cut = presentable(text, "s3cret", 13);
    EXPECT_EQ(cut.substr(0, 10), std::string(10, 'x'));
    EXPECT_EQ(cut.find("s3c"), std::string::npos);
    EXPECT_LE(cut.size(), 13U);
}

}  // namespace
}  // namespace sent::detail
