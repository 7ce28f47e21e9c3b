#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "integration/emulator_v3_client.hpp"
#include "support/raw_client.hpp"

/// Requests with documents, as bytes: multipart/form-data.

namespace sent::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr auto markets_path = "/v3/channels/sms";
constexpr auto profiles_path = "/v3/sender-profiles";
constexpr std::size_t mib = std::size_t{1024} * 1024;

std::string text_part(const std::string& name, const std::string& content) {
    return "--b1\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
}

std::string file_part(const std::string& key, const std::string& file_name, const std::string& content) {
    return "--b1\r\nContent-Disposition: form-data; name=\"" + key + "\"; filename=\"" + file_name +
           "\"\r\nContent-Type: application/pdf\r\n\r\n" + content + "\r\n";
}

std::string a_document(const std::string& key = "business_registration") {
    return file_part(key, key + ".pdf", std::string("%PDF\0\xFF\r\n--b", 11));
}

std::string a_market() {
    return text_part("country", "GB") + text_part("numberType", "LOCAL");
}

Json a_profile() {
    return {{"name", "Example Retail"}, {"short_name", "Example"}};
}

Json a_profile_with_market() {
    auto profile = a_profile();
    profile["channels"]["sms"] = {{"country", "GB"}, {"number_type", "LOCAL"}};
    return profile;
}

class EmulatorV3Documents : public ::testing::Test {
  protected:
    Answer post(const std::string& path, const std::string& parts, const std::string& boundary = "b1") {
        forms.set_header("Content-Type", "multipart/form-data; boundary=" + boundary);
        return forms.post_text(path, parts + "--b1--\r\n");
    }
    Answer post_profile(const Json& profile, const std::string& documents) {
        return post(profiles_path, text_part("profile", profile.dump()) + documents);
    }
    void expect_problem(const Answer& answer, const std::string& field,
                        const std::string& code = "VALIDATION_001") {
        expect_refusal(answer, 400, code);
        const auto body = Json::parse(answer.body, nullptr, false);
        EXPECT_TRUE(body["error"]["details"].contains(field)) << answer.body;
        EXPECT_TRUE(stored_documents().empty());
        EXPECT_TRUE(http.get(markets_path).json()["data"].empty());
    }
    Json stored_documents() { return http.get("/_emulator/state").json()["documents"]; }
    std::string exchange(const std::string& head) const {
        RawClient raw(static_cast<std::uint16_t>(emulator.port()));
        raw.send("POST /v3/channels/sms HTTP/1.1\r\nHost: x\r\nx-api-key: " + emulator.api_key() + "\r\n" +
                 head);
        raw.half_close();
        return raw.read_to_end();
    }

    testing::Emulator emulator;
    OtherClient http = v3_client(emulator);
    OtherClient forms = v3_client(emulator);
};

TEST_F(EmulatorV3Documents, BelongToTheirMarket) {
    const auto created =
        post(markets_path, a_market() + text_part("senderValue", "+442071838750") + a_document() +
                               file_part("identity", "a \\\"b\\\" %22c%22.pdf", "x"));
    ASSERT_EQ(created.status, 201) << created.body;
    const auto market = created.json()["data"];
    EXPECT_EQ(market["country"], "GB");
    EXPECT_EQ(market["number_type"], "LOCAL");
    const auto documents = market["compliance"]["documents"];
    ASSERT_EQ(documents.size(), 2U);
    EXPECT_EQ(documents[0]["key"], "business_registration");
    EXPECT_EQ(documents[0]["file_name"], "business_registration.pdf");
    EXPECT_EQ(documents[0]["document_id"].get<std::string>().size(), 36U);
    EXPECT_EQ(documents[1]["key"], "identity");
    EXPECT_EQ(documents[1]["file_name"], "a \"b\" \"c\".pdf");
    EXPECT_NE(documents[0]["document_id"], documents[1]["document_id"]);

    const auto read = http.get("/v3/channels/sms/GB/LOCAL");
    EXPECT_EQ(read.json()["data"]["compliance"]["documents"], documents);
    const auto listed = http.get(markets_path).json()["data"];
    ASSERT_EQ(listed.size(), 1U);
    EXPECT_FALSE(listed[0]["compliance"].contains("documents"));
    EXPECT_FALSE(http.get("/v3/channels").json()["data"]["sms"][0]["compliance"].contains("documents"));

    emulator.advance(std::chrono::minutes(1));
    EXPECT_EQ(http.get("/v3/channels/sms/GB/LOCAL").json()["data"]["numbers"][0]["sender_value"],
              "+442071838750");
}

TEST_F(EmulatorV3Documents, AreOptional) {
    EXPECT_EQ(post(markets_path, a_market()).status, 201);
    const auto registered = http.post(
        markets_path,
        {{"country", "US"}, {"number_type", "TEN_DLC"}, {"compliance", {{"brand", {{"inherit", true}}}}}});
    ASSERT_EQ(registered.status, 201) << registered.body;
    EXPECT_EQ(registered.json()["data"]["compliance"]["documents"], Json::array());
    EXPECT_EQ(post_profile(a_profile(), "").status, 201);
    EXPECT_EQ(http.post(profiles_path, a_profile()).status, 201);
}

TEST_F(EmulatorV3Documents, BelongToTheMarketOfASenderProfile) {
    const auto created = post_profile(a_profile_with_market(), a_document());
    ASSERT_EQ(created.status, 201) << created.body;
    const auto profile = created.json()["data"];
    EXPECT_EQ(profile["name"], "Example Retail");
    const auto documents = profile["channels"]["sms"][0]["compliance"]["documents"];
    ASSERT_EQ(documents.size(), 1U);
    EXPECT_EQ(documents[0]["key"], "business_registration");

    const auto path = std::string(profiles_path) + '/' + profile["id"].get<std::string>();
    const auto documents_in = [](const Json& data) {
        return data["channels"]["sms"][0]["compliance"]["documents"];
    };
    EXPECT_EQ(documents_in(http.get(path).json()["data"]), documents);
    const auto changed = send_json(http, "PATCH", path, {{"name", "Example Shops"}});
    EXPECT_EQ(documents_in(changed.json()["data"]), documents);
    EXPECT_THAT(http.get(profiles_path).body, Not(HasSubstr("documents")));
}

TEST_F(EmulatorV3Documents, AreKeptWithASenderProfileWithoutMarket) {
    const auto created = post_profile(a_profile(), a_document());
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_THAT(created.body, Not(HasSubstr("business_registration")));
    const auto stored = stored_documents();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0]["profile_id"], created.json()["data"]["id"]);
}

TEST_F(EmulatorV3Documents, AreInTheStateWithoutTheirContent) {
    ASSERT_EQ(post(markets_path, a_market() + a_document()).status, 201);
    const auto stored = stored_documents();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0]["key"], "business_registration");
    EXPECT_EQ(stored[0]["file_name"], "business_registration.pdf");
    EXPECT_EQ(stored[0]["size"], 11);
    EXPECT_EQ(stored[0]["profile_id"], nullptr);
    EXPECT_THAT(http.get("/_emulator/state").body, Not(HasSubstr("%PDF")));
    emulator.reset();
    EXPECT_TRUE(stored_documents().empty());
}

TEST_F(EmulatorV3Documents, AreNotStoredInTheSandbox) {
    const auto market = post(markets_path, a_market() + text_part("sandbox", "true") + a_document());
    ASSERT_EQ(market.status, 201) << market.body;
    EXPECT_EQ(header_of(market, "X-Sandbox"), "true");
    EXPECT_EQ(market.json()["data"]["compliance"]["documents"].size(), 1U);
    EXPECT_EQ(http.get("/v3/channels/sms/GB/LOCAL").status, 404);

    const auto before = http.get(profiles_path).json()["data"]["pagination"];
    auto profile = a_profile_with_market();
    profile["sandbox"] = true;
    const auto created = post_profile(profile, a_document());
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(header_of(created, "X-Sandbox"), "true");
    EXPECT_EQ(http.get(profiles_path).json()["data"]["pagination"], before);
    EXPECT_TRUE(stored_documents().empty());
}

TEST_F(EmulatorV3Documents, OfSenderProfilesAreChecked) {
    const auto profile = text_part("profile", a_profile().dump());
    expect_problem(post(profiles_path, a_document()), "profile", "VALIDATION_004");
    expect_problem(post(profiles_path, ""), "profile", "VALIDATION_004");
    for (const char* bad : {"", "[]", "null", "{", "\"text\"", "{}x"}) {
        expect_problem(post(profiles_path, text_part("profile", bad) + a_document()), "profile");
    }
    expect_problem(post(profiles_path, text_part("profile", "\"\xFF\"")), "profile");
    expect_problem(post(profiles_path, profile + profile), "profile");
    expect_problem(post(profiles_path, file_part("profile", "a.json", a_profile().dump())), "profile");
    expect_problem(post(profiles_path, profile + text_part("identity", "x")), "identity");
    expect_problem(post(profiles_path, profile + text_part("sandbox", "true")), "sandbox");
    expect_problem(post(profiles_path, profile + file_part("identity", "", "x")), "identity");
    expect_problem(post(profiles_path, profile + file_part("identity", "a.pdf", "")), "identity");
    expect_problem(post(profiles_path, profile + a_document("identity") + a_document("identity")),
                   "identity");
    expect_problem(post(profiles_path, text_part("profile", R"({"name":"Example"})") + a_document()),
                   "short_name", "VALIDATION_004");
}

TEST_F(EmulatorV3Documents, OfMarketsAreChecked) {
    expect_problem(post(markets_path, a_market() + text_part("number_type", "LOCAL")), "number_type");
    expect_problem(post(markets_path, a_market() + text_part("compliance", "{}")), "compliance");
    expect_problem(post(markets_path, a_market() + text_part("country", "GB")), "country");
    expect_problem(post(markets_path, a_market() + text_part("senderValue", "\xFF")), "senderValue");
    for (const char* bad : {"", "false", "1", "TRUE"}) {
        expect_problem(post(markets_path, a_market() + text_part("sandbox", bad)), "sandbox");
    }
    expect_problem(post(markets_path, a_market() + file_part("sandbox", "a.pdf", "true")), "sandbox");
    expect_problem(post(markets_path, a_market() + text_part("identity", "x")), "identity");
    expect_problem(post(markets_path, a_market() + file_part("identity", "", "x")), "identity");
    expect_problem(post(markets_path, a_market() + file_part("identity", "a.pdf", "")), "identity");
    expect_problem(post(markets_path, a_market() + a_document("a") + a_document("a")), "a");
    expect_problem(post(markets_path, text_part("country", "GB") + a_document()), "number_type",
                   "VALIDATION_004");
    // Both are named.
    const auto refused = post(markets_path, a_market() + text_part("one", "x") + file_part("two", "a", ""));
    expect_problem(refused, "one");
    expect_problem(refused, "two");
}

TEST_F(EmulatorV3Documents, ComeInAWellFormedBody) {
    expect_problem(post(markets_path, a_market(), "b2"), "body");
    expect_problem(post(markets_path, "--b1\r\nContent-Disposition: form-data\r\n\r\nx\r\n"), "body");
    forms.set_header("Content-Type", "multipart/form-data");
    expect_problem(forms.post_text(markets_path, a_market() + "--b1--"), "body");
    forms.set_header("Content-Type", "multipart/form-data; boundary=b1");
    expect_problem(forms.post_text(markets_path, a_market()), "body");
    expect_problem(forms.post_text(markets_path, ""), "body");
    forms.set_header("Content-Type", "multipart/mixed; boundary=b1");
    expect_refusal(forms.post_text(markets_path, a_market() + "--b1--"), 415, "VALIDATION_001");
}

TEST_F(EmulatorV3Documents, AreTakenByTwoOperationsOnly) {
    for (const char* path : {"/v3/messages", "/v3/channels/rcs", "/v3/channels/whatsapp", "/v3/contacts"}) {
        expect_refusal(post(path, a_market() + a_document()), 415, "VALIDATION_001");
    }
    ASSERT_EQ(post(markets_path, a_market()).status, 201);
    const auto body = a_document() + "--b1--";
    expect_refusal(forms.send("PATCH", "/v3/channels/sms/GB/LOCAL", &body), 415, "VALIDATION_001");
    OtherClient v1(emulator);
    v1.set_header("Content-Type", "multipart/form-data; boundary=b1");
    EXPECT_EQ(v1.post_text("/v1/messages/contact", body).status, 415);
}

// A repetition has another boundary. As for JSON, its body is not compared.
TEST_F(EmulatorV3Documents, ReplayWithTheirKey) {
    forms.set_header("Idempotency-Key", "market-1");
    const auto first = post(markets_path, a_market() + a_document());
    ASSERT_EQ(first.status, 201) << first.body;
    forms.set_header("Content-Type", "multipart/form-data; boundary=other");
    const auto repeated = forms.post_text(
        markets_path, "--other\r\nContent-Disposition: form-data; name=country\r\n\r\nGB\r\n--other--");
    EXPECT_EQ(repeated.status, 201);
    EXPECT_EQ(repeated.body, first.body);
    EXPECT_EQ(header_of(repeated, "Idempotent-Replayed"), "true");
    const auto changed = post(markets_path, a_market() + a_document("identity"));
    EXPECT_EQ(changed.body, first.body);
    EXPECT_EQ(stored_documents().size(), 1U);
    forms.set_header("Idempotency-Key", "market-2");
    expect_refusal(post(markets_path, a_market() + a_document()), 409, "RESOURCE_007");
}

TEST_F(EmulatorV3Documents, AreReadAsLibcurlWritesThem) {
    const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> handle(curl_easy_init(), &curl_easy_cleanup);
    ASSERT_TRUE(handle);
    const std::unique_ptr<curl_mime, decltype(&curl_mime_free)> mime(curl_mime_init(handle.get()),
                                                                     &curl_mime_free);
    const auto add = [&mime](const char* name, const std::string& content) {
        auto* part = curl_mime_addpart(mime.get());
        curl_mime_name(part, name);
        curl_mime_data(part, content.data(), content.size());
        return part;
    };
    add("country", "GB");
    add("numberType", "LOCAL");
    auto* document = add("identity", std::string(2 * mib, '\0'));
    curl_mime_filename(document, "my \"own\" file.pdf");
    curl_mime_type(document, "application/pdf");
    const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
        curl_slist_append(nullptr, ("x-api-key: " + emulator.api_key()).c_str()), &curl_slist_free_all);
    const auto url = emulator.base_url() + markets_path;
    curl_easy_setopt(handle.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle.get(), CURLOPT_MIMEPOST, mime.get());
    curl_easy_setopt(handle.get(), CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");
    curl_easy_setopt(
        handle.get(), CURLOPT_WRITEFUNCTION,
        +[](char*, std::size_t size, std::size_t count, void*) { return size * count; });
    ASSERT_EQ(curl_easy_perform(handle.get()), CURLE_OK);
    long status = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    EXPECT_EQ(status, 201);
    const auto stored = stored_documents();
    ASSERT_EQ(stored.size(), 1U);
    EXPECT_EQ(stored[0]["file_name"], "my \"own\" file.pdf");
    EXPECT_EQ(stored[0]["size"], 2 * mib);
}

TEST_F(EmulatorV3Documents, CanHave40MiB) {
    forms.set_timeout(std::chrono::seconds(50));
    const auto created = post(markets_path, a_market() + file_part("big", "a", std::string(33 * mib, 'x')));
    ASSERT_EQ(created.status, 201) << created.body;
    EXPECT_EQ(stored_documents()[0]["size"], 33 * mib);

    const std::string form = "Content-Type: multipart/form-data; boundary=b1\r\n";
    const auto refused_at_40 = AllOf(StartsWith("HTTP/1.1 413"), HasSubstr("larger than 40 MiB"));
    EXPECT_THAT(exchange(form + "Content-Length: " + std::to_string(40 * mib + 1) + "\r\n\r\n"),
                refused_at_40);
    EXPECT_THAT(exchange(form + "Transfer-Encoding: chunked\r\n\r\n2800001\r\n"), refused_at_40);
    EXPECT_THAT(exchange("Content-Type: application/json\r\nContent-Length: " + std::to_string(8 * mib + 1) +
                         "\r\n\r\n"),
                AllOf(StartsWith("HTTP/1.1 413"), HasSubstr("larger than 8 MiB")));
}

}  // namespace
}  // namespace sent::test
