#include <sent/http/headers.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace sent {
namespace {

std::vector<std::pair<std::string, std::string>> all(const Headers& headers) {
    std::vector<std::pair<std::string, std::string>> fields;
    for (const Headers::Field field : headers) {
        fields.emplace_back(field.name, field.value);
    }
    return fields;
}

const char* line(const Headers& headers, std::ptrdiff_t index) {
    return std::next(headers.begin(), index).line();
}

using Fields = std::vector<std::pair<std::string, std::string>>;

TEST(Headers, KeepOrderSpellingAndDuplicates) {
    Headers headers{{"B", "1"}, {"a", "2"}};
    headers.add("b", "3");
    EXPECT_EQ(all(headers), (Fields{{"B", "1"}, {"a", "2"}, {"b", "3"}}));
    EXPECT_EQ(headers.size(), 3U);
    EXPECT_FALSE(headers.empty());
}

TEST(Headers, NamesAreFoundInAnyCase) {
    const Headers headers{{"Content-Type", "x"}, {"content-type", "y"}};
    EXPECT_EQ(headers.get("CONTENT-TYPE"), "x");
    EXPECT_TRUE(headers.contains("content-Type"));
    EXPECT_EQ(headers.get("Content-Typ"), std::nullopt);
    EXPECT_EQ(headers.get(""), std::nullopt);
}

TEST(Headers, OnlyAsciiLettersHaveCases) {
    const Headers headers{{"X\xC4", "1"}, {"[", "2"}};
    EXPECT_FALSE(headers.contains("X\xE4"));
    EXPECT_FALSE(headers.contains("{"));
}

TEST(Headers, SetReplacesTheFirstAndRemovesTheOthers) {
    Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}, {"C", "4"}};
    headers.set("a", "new");
    EXPECT_EQ(all(headers), (Fields{{"a", "new"}, {"B", "2"}, {"C", "4"}}));
    headers.set("D", "5");
    EXPECT_EQ(all(headers), (Fields{{"a", "new"}, {"B", "2"}, {"C", "4"}, {"D", "5"}}));
}

TEST(Headers, RemoveTakesAllOfTheName) {
    Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}};
    headers.remove("a");
    EXPECT_EQ(all(headers), (Fields{{"B", "2"}}));
    headers.remove("missing");
    EXPECT_EQ(headers.size(), 1U);
    headers.clear();
    EXPECT_TRUE(headers.empty());
    EXPECT_EQ(headers, Headers{});
}

TEST(Headers, LinesAreReadyForTheWire) {
    const Headers headers{{"Name", "value"}, {"Empty", ""}, {"Blank", " \t"}, {"Padded", " x "}};
    EXPECT_STREQ(line(headers, 0), "Name: value");
    EXPECT_STREQ(line(headers, 1), "Empty;");
    EXPECT_STREQ(line(headers, 2), "Blank;");
    EXPECT_STREQ(line(headers, 3), "Padded:  x ");
    EXPECT_EQ(headers[1].value, "");
    EXPECT_EQ(headers[2].value, " \t");
    EXPECT_EQ(headers[3].value, " x ");
}

TEST(Headers, KeepAnyByte) {
    const std::string name("a\0\r\n\xff", 5);
    const std::string value("\0:\r\n\x80", 5);
    Headers headers;
    headers.add(name, value);
    EXPECT_EQ(headers[0].name, name);
    EXPECT_EQ(headers[0].value, value);
    EXPECT_EQ(headers.get(name), value);
}

TEST(Headers, EqualMeansSameFieldsSameSpellingSameOrder) {
    EXPECT_EQ((Headers{{"A", "1"}, {"B", "2"}}), (Headers{{"A", "1"}, {"B", "2"}}));
    EXPECT_NE((Headers{{"A", "1"}, {"B", "2"}}), (Headers{{"B", "2"}, {"A", "1"}}));
    EXPECT_NE((Headers{{"A", "1"}}), (Headers{{"a", "1"}}));
    EXPECT_NE((Headers{{"A", "1"}}), (Headers{{"A", "1"}, {"A", "1"}}));
}

TEST(Headers, ThatReadTheSameButDifferAreNotEqual) {
    EXPECT_NE((Headers{{"A", "x: y"}}), (Headers{{"A: x", "y"}}));
    const std::string joined("1\0B: 2", 6);
    EXPECT_NE((Headers{{"A", joined}}), (Headers{{"A", "1"}, {"B", "2"}}));
}

TEST(Headers, FieldsMayComeFromTheSameObject) {
    Headers headers{{"A", "some value that is too long for a small string"}};
    for (int i = 0; i < 20; ++i) {
        headers.add(headers[0].name, headers[0].value);
    }
    headers.set(headers[0].name, headers[0].value);
    EXPECT_EQ(all(headers), (Fields{{"A", "some value that is too long for a small string"}}));
}

TEST(Headers, CopiesAndMovesAreIndependent) {
    Headers original{{"A", "1"}};
    Headers copy = original;
    copy.add("B", "2");
    EXPECT_EQ(original.size(), 1U);
    const Headers moved = std::move(copy);
    EXPECT_EQ(all(moved), (Fields{{"A", "1"}, {"B", "2"}}));
}

TEST(Headers, ThatWereMovedFromAreEmptyAndServeAgain) {
    Headers first{{"A", "1"}};
    Headers second{{"B", "2"}, {"C", "3"}};
    second = std::move(first);
    EXPECT_EQ(all(second), (Fields{{"A", "1"}}));
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
    EXPECT_EQ(first.bytes(), 0U);
    first.add("D", "4");
    EXPECT_EQ(all(first), (Fields{{"D", "4"}}));

    const Headers third{std::move(second)};
    EXPECT_EQ(third.size(), 1U);
    EXPECT_EQ(second, Headers{});  // NOLINT(bugprone-use-after-move)
}

TEST(Headers, OfNoFieldsHaveNothingToGoThrough) {
    const Headers none;
    EXPECT_EQ(none.begin(), none.end());
    EXPECT_EQ(none.get("A"), std::nullopt);
    Headers copy = none;
    EXPECT_EQ(copy, none);
    copy.add("A", "1");
    EXPECT_TRUE(none.empty());
    Headers emptied{{"A", "1"}};
    emptied.clear();
    EXPECT_EQ(all(emptied), Fields{});
    EXPECT_EQ(emptied, none);
    emptied = none;
    EXPECT_TRUE(emptied.empty());
}

TEST(Headers, MayBeGoneThroughByAlgorithms) {
    const Headers headers{{"A", "1"}, {"B", ""}, {"C", "3"}};
    auto field = headers.begin();
    EXPECT_EQ((*field++).name, "A");
    EXPECT_EQ((*field).name, "B");
    EXPECT_EQ((*field).value, "");
    EXPECT_EQ((*++field).value, "3");
    EXPECT_EQ(++field, headers.end());
    EXPECT_EQ(std::count_if(headers.begin(), headers.end(),
                            [](const Headers::Field each) { return each.value.empty(); }),
              1);
}

TEST(Headers, AreAssignedIntoTheMemoryThatIsThere) {
    const Headers original{{"A", "1"}, {"Empty", ""}};
    Headers headers;
    headers.reserve(256);
    headers.add("Name", "of a field that is longer than those to come");
    headers.add("B", "2");
    headers.add("C", "3");
    const char* before = line(headers, 0);
    headers = original;
    EXPECT_EQ(line(headers, 0), before);
    EXPECT_EQ(headers, original);
    EXPECT_EQ(all(headers), all(original));

    const Headers& same = headers;
    headers = same;
    EXPECT_EQ(headers, original);
    headers.add("D", "4");
    EXPECT_EQ(headers[2].value, "4");

    Headers small;
    small = headers;
    EXPECT_EQ(small, headers);
}

TEST(Headers, ReservedFieldsAreAddedInPlace) {
    Headers headers;
    headers.reserve(1024);
    headers.add("A", "1");
    const char* before = line(headers, 0);
    for (int i = 0; i < 7; ++i) {
        headers.add("Name", "value");
    }
    EXPECT_EQ(line(headers, 0), before);
}

}  // namespace
}  // namespace sent
