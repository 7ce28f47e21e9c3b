#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "json/decode.hpp"
#include "json/encode.hpp"
#include "json/validate.hpp"
#include "json_models.hpp"
#include "support/allocations.hpp"

namespace sent::json_test {
namespace {

/// A contact as v3 sends it.
struct Person {
    std::string id{};
    std::string phone_number{};
    std::string format_international{};
    std::string format_rfc{};
    std::string country_code{};
    std::string available_channels{};
    std::string default_channel{};
    bool opt_out = false;
    std::optional<Timestamp> created_at{};
};
constexpr Field person_fields[] = {
    field<&Person::id>("id"),
    field<&Person::phone_number>("phone_number"),
    field<&Person::format_international>("format_international"),
    field<&Person::format_rfc>("format_rfc"),
    field<&Person::country_code>("country_code"),
    field<&Person::available_channels>("available_channels"),
    field<&Person::default_channel>("default_channel"),
    field<&Person::opt_out>("opt_out"),
    field<&Person::created_at>("created_at"),
};
constexpr StructInfo person_info{"Person", person_fields};

struct People {
    std::vector<Person> contacts{};
};

}  // namespace
}  // namespace sent::json_test

template <>
struct sent::detail::Described<sent::json_test::Person> : std::true_type {
    static const StructInfo& info() noexcept { return sent::json_test::person_info; }
};

namespace sent::json_test {
namespace {

constexpr Field people_fields[] = {field<&People::contacts>("contacts")};
constexpr StructInfo people_info{"People", people_fields};

std::string page_of(int count) {
    std::string json = R"({"contacts":[)";
    for (int i = 0; i < count; ++i) {
        char row[512];
        std::snprintf(
            row, sizeof row,
            R"(%s{"id":"66666666-7777-4888-9999-%012d","phone_number":"+120255501%02d",)"
            R"("format_international":"+1 202-555-01%02d","format_rfc":"tel:+1-202-555-01%02d","country_code":"1",)"
            R"("available_channels":"sms,whatsapp","default_channel":"sms","opt_out":false,"is_inherited":false,)"
            R"("created_at":"2026-07-01T08:00:00.1234567+00:00","updated_at":null})",
            i == 0 ? "" : ",", i, i, i, i);
        json += row;
    }
    return json + "]}";
}

class JsonAllocations : public testing::Test {
  protected:
    void SetUp() override {
        if (!test::allocations_are_counted()) {
            GTEST_SKIP() << "a sanitizer has its own operator new";
        }
        // Clang 14 takes `if consteval` in libstdc++'s C++23 strings for true at run time.
        std::string text(40, 'x');
        const std::size_t before = test::allocations();
        text.assign(std::string_view{"short"});
        if (test::allocations() != before) {
            GTEST_SKIP() << "strings of this standard library allocate although they have room";
        }
    }
};

TEST_F(JsonAllocations, DecodingAPageNeedsLittleMoreThanItsStrings) {
    const std::string json = page_of(100);
    People people{};
    std::size_t before = test::allocations();
    const detail::DecodeResult result = detail::decode(json, people_info, &people);
    const std::size_t decoding = test::allocations() - before;
    ASSERT_TRUE(result);
    ASSERT_EQ(people.contacts.size(), 100U);

    before = test::allocations();
    const People copy = people;  // one for the vector and one for each string that is not short
    const std::size_t needed = test::allocations() - before;
    ASSERT_EQ(copy.contacts.size(), 100U);
    EXPECT_GE(needed, 200U);
    EXPECT_LE(decoding * 10, needed * 11) << decoding << " against " << needed;
}

TEST_F(JsonAllocations, SkippingNeedsOnlyTheParsersOwn) {
    const std::string json = page_of(100);
    Nothing nothing{};
    const std::size_t before = test::allocations();
    ASSERT_TRUE(detail::decode(json, nothing_info, &nothing));
    // Its buffer for a token, as that grows, and its stack of brackets; none of them for each element.
    EXPECT_LE(test::allocations() - before, 16U);
}

Request send() {
    Request request{};
    request.id = "5d1a9f40-77c2-4e0b-b6a3-91e4c8d2f015";
    request.template_id = "a2e6c0d8-1b3f-4a95-8c7e-f04b9d6132ac";
    request.to = {"+442071838750"};
    request.variables = {{"first_name", "Mira"}, {"slot", "14:30"}};
    return request;
}

TEST_F(JsonAllocations, EncodingASendNeedsOne) {
    const Request request = send();
    std::string out{};
    std::size_t before = test::allocations();
    ASSERT_TRUE(detail::encode(request_info, &request, out));
    EXPECT_EQ(test::allocations() - before, 1U);

    out.clear();
    before = test::allocations();
    ASSERT_TRUE(detail::encode(request_info, &request, out));
    EXPECT_EQ(test::allocations() - before, 0U);
}

TEST_F(JsonAllocations, ValidatingNeedsNone) {
    const Request request = send();
    const std::size_t before = test::allocations();
    EXPECT_FALSE(detail::validate(request_info, &request));
    EXPECT_EQ(test::allocations() - before, 0U);
}

}  // namespace
}  // namespace sent::json_test
