#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "emulator/http/http_types.hpp"
#include "emulator/http/multipart.hpp"

namespace sent::testing::emulator {
namespace {

using ::testing::HasSubstr;

constexpr auto form_type = "multipart/form-data; boundary=b1";

std::vector<FormPart> parse(std::string_view body, std::string_view content_type = form_type) {
    std::string error;
    auto parts = parse_form(content_type, body, error);
    EXPECT_TRUE(parts) << error;
    EXPECT_EQ(error, "");
    return parts.value_or(std::vector<FormPart>{});
}

std::string refusal(std::string_view body, std::string_view content_type = form_type) {
    std::string error;
    const auto parts = parse_form(content_type, body, error);
    EXPECT_EQ(parts.has_value(), error.empty());
    return error;
}

std::string part(const std::string& head, const std::string& content) {
    return "--b1\r\n" + head + "\r\n\r\n" + content + "\r\n";
}

std::string named(const std::string& parameters, const std::string& content = "x") {
    return part("Content-Disposition: form-data" + parameters, content);
}

std::string name_of(const std::string& parameters) {
    const auto body = named(parameters) + "--b1--\r\n";
    const auto parts = parse(body);
    return parts.size() == 1 ? parts[0].name : "(none)";
}

TEST(EmulatorMultipart, ReadsTextAndFiles) {
    const auto pdf = std::string("%PDF\0\r\n--b\r\n--\r\n\xFF", 17);
    const auto body = named("; name=\"profile\"", "{}") +
                      part(
                          "content-type:application/pdf\r\nX-Other: 1\r\n"
                          "CONTENT-DISPOSITION: Form-Data; FileName=\"a b.pdf\"; NAME=registration",
                          pdf) +
                      named("; name=profile", "") + "--b1--";
    const auto parts = parse(body);
    ASSERT_EQ(parts.size(), 3U);
    EXPECT_EQ(parts[0].name, "profile");
    EXPECT_EQ(parts[0].file_name, std::nullopt);
    EXPECT_EQ(parts[0].content_type, "text/plain");
    EXPECT_EQ(parts[0].content, "{}");
    EXPECT_EQ(parts[1].name, "registration");
    EXPECT_EQ(parts[1].file_name, "a b.pdf");
    EXPECT_EQ(parts[1].content_type, "application/pdf");
    EXPECT_EQ(parts[1].content, pdf);
    EXPECT_EQ(parts[2].name, "profile") << "a name can repeat";
    EXPECT_EQ(parts[2].content, "");
}

TEST(EmulatorMultipart, IgnoresWhatIsAroundTheParts) {
    const auto one = named("; name=a");
    for (const auto& body :
         {one + "--b1--", one + "--b1-- \t\r\n", one + "--b1--\r\nepilogue\r\n--b1\r\nno part",
          "preamble\r\n" + one + "--b1--", "\r\n" + one + "--b1--", "--b\r\n --b1\r\n" + one + "--b1--",
          "--b1 \t" + one.substr(4) + "--b1--\r\n"}) {
        const auto parts = parse(body);
        ASSERT_EQ(parts.size(), 1U) << body;
        EXPECT_EQ(parts[0].content, "x") << body;
    }
    EXPECT_TRUE(parse("--b1--\r\n").empty()) << "as browsers send an empty form";
}

TEST(EmulatorMultipart, ReadsAPartThatEndsWithItsHeaders) {
    const std::string body = "--b1\r\nContent-Disposition: form-data; name=a\r\n\r\n--b1--";
    const auto parts = parse(body);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].content, "");
}

TEST(EmulatorMultipart, ReadsNamesAsBrowsersAndLibcurlWriteThem) {
    EXPECT_EQ(name_of(R"(; name="a\"b")"), "a\"b");
    EXPECT_EQ(name_of(R"(; name="a\\b")"), "a\\b");
    EXPECT_EQ(name_of(R"(; name="C:\dir\a")"), "C:\\dir\\a");
    EXPECT_EQ(name_of(R"(; name="a%22b%0d%0Ac")"), "a\"b\r\nc");
    EXPECT_EQ(name_of(R"(; name="100%25 %2")"), "100%25 %2") << "other escapes are text";
    EXPECT_EQ(name_of(R"(; name="a;b=c"; other="d")"), "a;b=c");
    EXPECT_EQ(name_of(" ;; name=a ; "), "a");
    EXPECT_EQ(name_of("; name=\"\xC3\xA9\""), "\xC3\xA9");
}

TEST(EmulatorMultipart, ReadsBoundaries) {
    const std::string longest(70, 'b');
    const auto body = [](const std::string& boundary) {
        return "--" + boundary + "\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--" + boundary +
               "--";
    };
    const auto type = [](const std::string& parameters) { return "Multipart/Form-Data" + parameters; };
    EXPECT_EQ(parse(body("b"), type(";Boundary=b")).size(), 1U);
    EXPECT_EQ(parse(body(longest), type("; boundary=" + longest)).size(), 1U);
    EXPECT_EQ(parse(body("a b:c=?"), type(" ; charset=utf-8; boundary=\"a b:c=?\"")).size(), 1U);
    for (const auto* bad :
         {"", "; boundary", "; boundary=", "; boundary=\"\"", "; boundary=\"a", "; boundary=a:b",
          "; boundary=\"a \"", "; boundary=\"a\\\"\"", "; boundary=\"a@b\"", " boundary=a",
          "; boundary=a; boundary=a", "; boundary=a b", "; boundary=\"a\"b"}) {
        EXPECT_THAT(refusal(body("a"), type(bad)), HasSubstr("Content-Type")) << bad;
        EXPECT_EQ(is_form_type(type(bad)), bad[0] != ' ') << bad;
    }
    EXPECT_NE(refusal(body(longest + "b"), type("; boundary=" + longest + "b")), "");
    EXPECT_NE(refusal(body("a"), "application/json; boundary=a"), "");
    EXPECT_NE(refusal(body("a"), ""), "");
}

TEST(EmulatorMultipart, RefusesMalformedBodies) {
    const auto one = named("; name=a");
    for (const auto* body : {"", "{}", "--b2\r\n", "x--b1--", "\n--b1--", "\r--b1--", " --b1--"}) {
        EXPECT_EQ(refusal(body), "The body has no line that begins with the boundary.") << body;
    }
    for (const auto& body : {std::string{"--b1"}, std::string{"--b1  "}, std::string{"--b1\r\n"}, one,
                             one + "--b1", one + "--b1\r\nContent-Disposition: form-data; name=a\r\n"}) {
        EXPECT_EQ(refusal(body), "The body ends before its closing boundary.") << body;
    }
    for (const auto& body : {std::string{"--b1\n"}, "--b1x\r\n" + one + "--b1--", one + "--b1--x",
                             one + "--b1-", one + "--b1--\n", one + "--b1--\r", "--b1\r" + one + "--b1--"}) {
        EXPECT_THAT(refusal(body), HasSubstr("other text after it")) << body;
    }
}

TEST(EmulatorMultipart, RefusesMalformedHeaders) {
    const std::string name = "Content-Disposition: form-data; name=a";
    const auto twice = name + "\r\n" + name;
    for (const auto& head : std::vector<std::string>{
             "",
             "X-Other: 1",
             "Content-Disposition",
             "Content-Disposition : form-data; name=a",
             name + "\r\n folded",
             name + "\r\nno colon",
             name + "\nX-Other: 1",
             name + "\r\nX-Other: \r",
             name + "\r\nX-Other: " + std::string(1, '\0'),
             name + "\r\nX-Other: \xFF",
             name + "\r\n--b1",
             twice,
             name + "\r\nContent-Type: a/b\r\nContent-Type: a/b",
             name + "\r\nContent-Transfer-Encoding: base64",
             "Content-Disposition: attachment; name=a",
             "Content-Disposition: form-data",
             "Content-Disposition: form-data; filename=a",
             "Content-Disposition: form-data; name=",
             "Content-Disposition: form-data; name=\"\"",
             "Content-Disposition: form-data; name=\"a",
             "Content-Disposition: form-data; name=\"a\\\"",
             "Content-Disposition: form-data; name=\"a\"b",
             "Content-Disposition: form-data; name=a b",
             "Content-Disposition: form-data name=a",
             "Content-Disposition: form-data; name=a; name=a",
             "Content-Disposition: form-data; name=a; filename=b; filename=b",
             "Content-Disposition: form-data; name=a; filename*=UTF-8''b",
         }) {
        EXPECT_THAT(refusal(named("; name=first") + part(head, "x") + "--b1--"), HasSubstr("Part 2 has "))
            << head;
    }
    EXPECT_EQ(parse(part(name + "\r\nContent-Transfer-Encoding: BINARY", "x") + "--b1--").size(), 1U);
}

TEST(EmulatorMultipart, LimitsPartsAndHeaders) {
    std::string body;
    for (int i = 0; i < 100; ++i) {
        body += named("; name=a");
    }
    EXPECT_EQ(parse(body + "--b1--").size(), 100U);
    EXPECT_EQ(refusal(body + named("; name=a") + "--b1--"), "The body has more than 100 parts.");
    std::string head = "Content-Disposition: form-data; name=a\r\nX-Other: ";
    head.append(std::size_t{16} * 1024 - head.size(), 'x');
    EXPECT_EQ(parse(part(head, "x") + "--b1--").size(), 1U);
    EXPECT_EQ(refusal(part(head + 'x', "x") + "--b1--"), "Part 1 has more than 16 KiB of headers.");
}

// Each body is 2 MiB. A quadratic search would take minutes, and the test's time limit would end it.
TEST(EmulatorMultipart, ReadsHostileBodiesInLinearTime) {
    const std::string boundary(70, '-');
    const auto type = "multipart/form-data; boundary=" + boundary;
    const auto begin = "--" + boundary + "\r\nContent-Disposition: form-data; name=a\r\n\r\n";
    const auto end = "\r\n--" + boundary + "--";
    for (const auto& pattern : {std::string("\r"), std::string("\r\n"), std::string("\r\n--"),
                                std::string("-"), "\r\n--" + boundary.substr(1), std::string("\r\n\r\n--")}) {
        std::string hostile = "x";
        while (hostile.size() < std::size_t{2} * 1024 * 1024) {
            hostile += pattern;
        }
        hostile += 'x';
        auto body = begin;
        body.append(hostile).append(end);
        const auto parts = parse(body, type);
        ASSERT_EQ(parts.size(), 1U);
        EXPECT_EQ(parts[0].content.size(), hostile.size());
        EXPECT_EQ(refusal(begin + hostile, type), "The body ends before its closing boundary.");
        EXPECT_EQ(parse(hostile + end, type).size(), 0U) << "as a preamble";
    }
    const std::string blanks(std::size_t{2} * 1024 * 1024, ' ');
    EXPECT_NE(refusal("--" + boundary + blanks, type), "");
}

}  // namespace
}  // namespace sent::testing::emulator
