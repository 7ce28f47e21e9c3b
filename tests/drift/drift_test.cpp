// What scripts/drift finds in a small document, and how it refuses bad ones.
#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <sent/operations.hpp>

#include "drift/compare.hpp"
#include "support/read_file.hpp"

namespace sent::drift {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

std::vector<Finding> findings() {
    return compare(Document{test::read_file(SENT_TEST_DATA_DIR "/openapi/v3.json")});
}

/// `new member v3.contacts.list reply contacts[].segment`. Without operations that the document leaves out.
std::vector<std::string> differences() {
    std::vector<std::string> result;
    for (const auto& finding : findings()) {
        if (finding.kind != Finding::Kind::gone_operation) {
            result.push_back(name_of(finding.kind) + ' ' + finding.operation +
                             (finding.member.empty() ? "" : ' ' + finding.member));
        }
    }
    return result;
}

/// A document with one operation, GET /v3/me, whose answer has this schema.
std::string document_of(const std::string& schema, const std::string& more = "") {
    return R"({"openapi": "3.0.1", "paths": {"/v3/me": {"get": {"responses": {"200": {"content": )"
           R"({"application/json": {"schema": )" +
           schema + "}}}}}}}" + more + "}";
}

std::string refusal_of(const std::string& text) {
    try {
        (void)compare(Document{text});
    } catch (const BadDocument& error) {
        return error.what();
    }
    return "none";
}

TEST(Drift, NamesEachDifference) {
    EXPECT_THAT(differences(),
                UnorderedElementsAre(
                    "other type v3.contacts.list query phone", "new member v3.contacts.list query region",
                    "new member v3.contacts.list reply contacts[].segment",
                    "gone member v3.contacts.list reply contacts[].is_inherited",
                    "other type v3.contacts.list reply contacts[].available_channels",
                    "new member v3.contacts.list reply pagination.cursors",
                    "other type v3.contacts.list reply pagination.total_count",
                    "new member v3.contacts.create reply segment",
                    "gone member v3.contacts.create reply is_inherited",
                    "other type v3.contacts.create reply available_channels",
                    "deprecation v3.contacts.remove", "gone member v3.contacts.remove request sandbox",
                    "new operation GET /v3/segments/{id}", "new operation GET /health"));
}

TEST(Drift, ComparesTheGenerationsOfTheDocument) {
    std::size_t gone = 0;
    for (const auto& finding : findings()) {
        if (finding.kind == Finding::Kind::gone_operation) {
            ++gone;
            EXPECT_EQ(finding.operation.rfind("v3.", 0), 0U) << finding.operation;
        }
    }
    const auto all = sent::operations();
    const auto ours = std::count_if(
        all.begin(), all.end(), [](const OperationInfo& one) { return one.generation == Generation::v3; });
    EXPECT_EQ(gone, static_cast<std::size_t>(ours) - 4) << "four of v3 are in the document";
}

TEST(Drift, IsWrittenAsTextAndAsJson) {
    const std::vector<Finding> some{
        {Finding::Kind::other_type, "v3.contacts.list", "query phone", "string", "integer"},
        {Finding::Kind::new_operation, "GET /v3/segments", "", "", ""},
        {Finding::Kind::gone_member, "v3.contacts.get", "reply opt_out", "boolean", ""}};
    EXPECT_EQ(as_text(some),
              "v3.contacts.list, query phone: other type, the library has string, the document integer\n"
              "GET /v3/segments: new operation\n"
              "v3.contacts.get, reply opt_out: gone member (boolean)\n");
    const auto json = as_json(some)["differences"];
    ASSERT_EQ(json.size(), 3U);
    EXPECT_EQ(json[0], (Json{{"kind", "other type"},
                             {"operation", "v3.contacts.list"},
                             {"member", "query phone"},
                             {"library", "string"},
                             {"document", "integer"}}));
    EXPECT_EQ(as_json({})["differences"], Json::array());
}

TEST(Drift, ReadsNullableTypesOfBothVersions) {
    for (const char* name : {R"({"type": "string", "nullable": true})", R"({"type": ["string", "null"]})",
                             R"({"anyOf": [{"type": "null"}, {"type": "string"}]})",
                             R"({"oneOf": [{"type": "string"}, {"type": "integer"}]})", "{}"}) {
        const auto text = document_of(std::string{R"({"properties": {"name": )"} + name + "}}");
        for (const auto& finding : compare(Document{text})) {
            EXPECT_NE(finding.member, "reply name") << name;
        }
    }
    const auto other =
        compare(Document{document_of(R"({"properties": {"name": {"type": ["integer", "null"]}}})")});
    EXPECT_TRUE(std::any_of(other.begin(), other.end(), [](const Finding& one) {
        return one.kind == Finding::Kind::other_type && one.member == "reply name" &&
               one.document == "integer";
    }));
}

TEST(Drift, RefusesDocumentsThatItCannotRead) {
    EXPECT_THAT(refusal_of("openapi: 3.0.0"), HasSubstr("not JSON"));
    EXPECT_THAT(refusal_of(R"({"swagger": "2.0"})"), HasSubstr("`openapi` must be 3.0 or 3.1"));
    EXPECT_THAT(refusal_of(R"({"openapi": "3.0.0"})"), HasSubstr("`paths`"));
    EXPECT_THAT(refusal_of(R"({"openapi": "3.0.0", "paths": {"/v3/me": {}}})"), HasSubstr("no operation"));
    EXPECT_THAT(refusal_of(document_of(R"({"$ref": "other.json#/a"})")), HasSubstr("within the document"));
    EXPECT_THAT(refusal_of(document_of(R"({"$ref": "#/nothing"})")), HasSubstr("`#/nothing`"));
    EXPECT_THAT(
        refusal_of(document_of(R"({"$ref": "#/a"})", R"(, "a": {"$ref": "#/b"}, "b": {"$ref": "#/a"})")),
        HasSubstr("refers to itself"));
    EXPECT_THAT(refusal_of(document_of(R"({"$ref": "#/a"})", R"(, "a": {"allOf": [{"$ref": "#/a"}]})")),
                HasSubstr("levels of `allOf`"));
    EXPECT_THAT(refusal_of(document_of("[]")), "none") << "no schema is no reason to stop";
}

}  // namespace
}  // namespace sent::drift
