// Requests with documents: what is sent, what is refused, and what is never shown.

#include <sys/stat.h>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "support/temp_dir.hpp"
#include "unit/client_fixture.hpp"

namespace sent::test {
namespace {

using nlohmann::json;
using sent::testing::RecordedPart;
using sent::testing::Reply;
using ::testing::AllOf;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

constexpr std::size_t mib = 1024U * 1024U;

Document pdf(std::string content = "%PDF-1.7 paper") {
    Document document;
    document.key = "business_registration";
    document.content = std::move(content);
    document.file_name = "paper.pdf";
    return document;
}

Document file(const std::string& path) {
    Document document;
    document.key = "business_registration";
    document.path = path;
    return document;
}

CreateSenderProfileRequest profile(std::vector<Document> documents) {
    CreateSenderProfileRequest request;
    request.name = "Example Retail";
    request.short_name = "Example";
    request.documents = std::move(documents);
    return request;
}

CreateSmsMarketRequest market(std::vector<Document> documents) {
    CreateSmsMarketRequest request;
    request.country = "US";
    request.number_type = MarketNumberType::local;
    request.documents = std::move(documents);
    return request;
}

auto text_part(const std::string& name, const std::string& content) {
    return AllOf(Field("name", &RecordedPart::name, name), Field("content", &RecordedPart::content, content),
                 Field("file_name", &RecordedPart::file_name, ""),
                 Field("content_type", &RecordedPart::content_type, ""));
}

auto document_part(const std::string& file_name, const std::string& type, const std::string& content) {
    return AllOf(Field("name", &RecordedPart::name, "business_registration"),
                 Field("content", &RecordedPart::content, content),
                 Field("file_name", &RecordedPart::file_name, file_name),
                 Field("content_type", &RecordedPart::content_type, type));
}

class Documents : public ClientFixture {
  protected:
    Documents() {
        mock->otherwise(Reply::json(201, R"({"success":true,"data":{"id":"p1","name":"Example Retail",
            "country":"US","number_type":"LOCAL"}})")
                            .always());
    }

    /// Both requests with these documents.
    std::vector<Error> errors_of(const std::vector<Document>& documents, const CallOptions& call = {}) {
        const Client client{options()};
        std::vector<Error> errors;
        const auto created = client.sender_profiles().create(profile(documents), call);
        const auto added = client.channels().sms().create(market(documents), call);
        EXPECT_FALSE(created);
        EXPECT_FALSE(added);
        if (!created) {
            errors.push_back(created.error());
        }
        if (!added) {
            errors.push_back(added.error());
        }
        return errors;
    }

    void expect_refused(const std::vector<Document>& documents, const std::string& text) {
        for (const auto& error : errors_of(documents)) {
            EXPECT_EQ(error.kind, ErrorKind::invalid_request);
            EXPECT_EQ(error.outcome, Outcome::not_sent);
            EXPECT_THAT(error.message, HasSubstr(text));
        }
        EXPECT_THAT(mock->requests(), IsEmpty());
    }

    TempDir folder_{};
};

TEST_F(Documents, OfAProfileFollowItsJson) {
    const Client client{options()};
    CallOptions call;
    call.idempotency_key = "profile-1";
    ASSERT_TRUE(client.sender_profiles().create(profile({pdf()}), call));
    const auto requests = mock->requests();
    ASSERT_EQ(requests.size(), 1U);
    EXPECT_EQ(requests[0].path, "/v3/sender-profiles");
    EXPECT_EQ(requests[0].body, "");
    EXPECT_FALSE(requests[0].headers.contains("Content-Type"));
    EXPECT_EQ(requests[0].headers.get("Idempotency-Key"), "profile-1");
    EXPECT_THAT(
        requests[0].parts,
        ::testing::ElementsAre(text_part("profile", R"({"name":"Example Retail","short_name":"Example"})"),
                               document_part("paper.pdf", "application/pdf", "%PDF-1.7 paper")));
}

TEST_F(Documents, OfAProfileLeaveRoomForSandboxAndExtraMembers) {
    const Client client{options()};
    CallOptions call;
    call.sandbox = true;
    call.extra_body = R"({"newer":1})";
    ASSERT_TRUE(client.sender_profiles().create(profile({pdf()}), call));
    const auto sent_json = json::parse(mock->requests().at(0).parts.at(0).content);
    EXPECT_EQ(sent_json["sandbox"], true);
    EXPECT_EQ(sent_json["newer"], 1);
}

TEST_F(Documents, OfAMarketFollowItsTexts) {
    const Client client{options()};
    auto request = market({pdf()});
    request.sender_value = "Example";
    ASSERT_TRUE(client.channels().sms().create(request));
    EXPECT_THAT(mock->requests().at(0).parts,
                ::testing::ElementsAre(text_part("country", "US"), text_part("numberType", "LOCAL"),
                                       text_part("senderValue", "Example"),
                                       document_part("paper.pdf", "application/pdf", "%PDF-1.7 paper")));
    CallOptions simulated;
    simulated.sandbox = true;
    ASSERT_TRUE(client.channels().sms().create(market({pdf()}), simulated));
    EXPECT_THAT(mock->requests().at(1).parts,
                ::testing::ElementsAre(text_part("country", "US"), text_part("numberType", "LOCAL"),
                                       text_part("sandbox", "true"), ::testing::_));
}

TEST_F(Documents, WithoutThemTheBodyIsJson) {
    const Client client{options()};
    ASSERT_TRUE(client.channels().sms().create(market({})));
    const auto request = mock->requests().at(0);
    EXPECT_THAT(request.parts, IsEmpty());
    EXPECT_EQ(request.headers.get("Content-Type"), "application/json");
    EXPECT_EQ(json::parse(request.body), (json{{"country", "US"}, {"number_type", "LOCAL"}}));
}

TEST_F(Documents, ComeFromFiles) {
    const Client client{options()};
    const std::string content = std::string("a\0b\r\n", 5) + std::string(100'000, 'x');
    ASSERT_TRUE(client.sender_profiles().create(profile({file(folder_.write("Paper.PNG", content))})));
    EXPECT_THAT(mock->requests().at(0).parts.at(1), document_part("Paper.PNG", "image/png", content));
    auto named = file(folder_.write("without-ending", "x"));
    ASSERT_TRUE(client.sender_profiles().create(profile({named})));
    EXPECT_THAT(mock->requests().at(1).parts.at(1),
                document_part("without-ending", "application/octet-stream", "x"));
    named.file_name = "other.txt";
    named.content_type = "text/html";
    ASSERT_TRUE(client.sender_profiles().create(profile({named})));
    EXPECT_THAT(mock->requests().at(2).parts.at(1), document_part("other.txt", "text/html", "x"));
}

TEST_F(Documents, AreTheSameInEachAttempt) {
    mock->reset();
    mock->on("POST", "/v3/sender-profiles", Reply::json(503, "{}"));
    mock->on("POST", "/v3/sender-profiles", Reply::connection_lost());
    mock->otherwise(Reply::json(201, R"({"success":true,"data":{"id":"p1"}})").always());
    const Client client{options()};
    ASSERT_TRUE(client.sender_profiles().create(profile({file(folder_.write("a.pdf", "paper")), pdf()})));
    const auto requests = mock->requests();
    ASSERT_EQ(requests.size(), 3U);
    for (const auto& request : requests) {
        EXPECT_EQ(request.headers.get("Idempotency-Key"), requests[0].headers.get("Idempotency-Key"));
        ASSERT_EQ(request.parts.size(), 3U);
        EXPECT_EQ(request.parts[1].content, "paper");
        EXPECT_EQ(request.parts[2].content, "%PDF-1.7 paper");
    }
}

TEST_F(Documents, GoThroughSubmitAndBulk) {
    const Client client{options()};
    const auto path = folder_.write("a.pdf", "paper");
    ASSERT_TRUE(client.submit(profile({file(path)})).get());
    std::vector<CreateSenderProfileRequest> many(3, profile({file(path)}));
    const auto results = client.bulk(many);
    EXPECT_EQ(results.results.size(), 3U);
    for (const auto& request : mock->requests()) {
        EXPECT_EQ(request.parts.at(1).content, "paper");
    }
    EXPECT_EQ(mock->requests().size(), 4U);
}

/// Does something to the file after the first attempt, and returns how the call ends.
class ChangedFile : public Documents {
  protected:
    std::optional<Error> call_with(const std::function<void(const std::string&)>& change) {
        const auto path = folder_.write("a.pdf", std::string(mib, 'x'));
        mock->reset();
        mock->on("POST", "/v3/sender-profiles",
                 Reply::computed([&](const sent::testing::RecordedRequest&) -> TransportResult {
                     change(path);
                     HttpResponse busy;
                     busy.status = 503;
                     return busy;
                 }));
        mock->otherwise(Reply::json(201, R"({"success":true,"data":{"id":"p1"}})").always());
        const Client client{options()};
        const auto result = client.sender_profiles().create(profile({file(path)}));
        return result ? std::nullopt : std::optional{result.error()};
    }
    void expect_broken_off(const std::optional<Error>& error) {
        ASSERT_TRUE(error);
        EXPECT_EQ(error->kind, ErrorKind::invalid_request);
        EXPECT_THAT(error->message, HasSubstr("a document was changed"));
        EXPECT_THAT(error->message, Not(HasSubstr("a.pdf")));
        EXPECT_EQ(mock->requests().size(), 1U);
    }
};

TEST_F(ChangedFile, ThatIsShorterIsNotSent) {
    expect_broken_off(call_with([](const std::string& path) { std::filesystem::resize_file(path, 10); }));
}

TEST_F(ChangedFile, ThatIsLongerIsNotSent) {
    expect_broken_off(
        call_with([](const std::string& path) { std::filesystem::resize_file(path, 2 * mib); }));
}

TEST_F(ChangedFile, OfTheSameSizeIsNotSent) {
    expect_broken_off(call_with([this](const std::string& path) {
        folder_.write("a.pdf", std::string(mib, 'y'));
        // Some file systems count time in steps of seconds.
        std::filesystem::last_write_time(path,
                                         std::filesystem::last_write_time(path) + std::chrono::hours(1));
    }));
}

TEST_F(ChangedFile, ThatWasReplacedOrRemovedIsStillTheOneThatWasOpened) {
    EXPECT_FALSE(call_with([this](const std::string& path) {
        std::filesystem::remove(path);
        folder_.write("a.pdf", "another file");
    }));
    ASSERT_EQ(mock->requests().size(), 2U);
    EXPECT_EQ(mock->requests()[1].parts.at(1).content, std::string(mib, 'x'));
}

TEST_F(Documents, ThatCannotBeUsedAreRefusedByTheirNumber) {
    const auto good = pdf();
    auto without_key = pdf();
    without_key.key.clear();
    expect_refused({good, without_key}, "`documents[1].key` is empty");
    auto neither = pdf();
    neither.content.clear();
    expect_refused({neither}, "`documents[0]` has neither `path` nor `content`");
    auto both = pdf();
    both.path = folder_.write("a.pdf", "x");
    expect_refused({both}, "`documents[0]` has both `path` and `content`");
    auto nameless = pdf();
    nameless.file_name.clear();
    expect_refused({nameless}, "`documents[0].file_name` is empty");
    expect_refused({file(folder_.write("empty", ""))}, "`documents[0].path` is an empty file");
    expect_refused({file((folder_.path() / "missing.pdf").string())},
                   "`documents[0].path` cannot be opened: No such file");
    expect_refused({file(folder_.path().string() + "/")}, "`documents[0].file_name` is empty");
    expect_refused({file(folder_.path().string())}, "is not a regular file");
    expect_refused({file("/dev/zero")}, "is not a regular file");
    expect_refused({file(folder_.write("a.pdf", "x") + std::string("\0.txt", 5))},
                   "`documents[0].file_name` holds a control character");
    auto cut = file(folder_.write("a.pdf", "x") + std::string("\0.txt", 5));
    cut.file_name = "a.txt";
    expect_refused({cut}, "`documents[0].path` holds a NUL character");
}

TEST_F(Documents, APipeIsRefusedWithoutWaitingForItsWriter) {
    const auto path = (folder_.path() / "pipe").string();
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    expect_refused({file(path)}, "is not a regular file");
}

TEST_F(Documents, ControlCharactersCannotAddLinesToAPart) {
    for (auto Document::*member : {&Document::key, &Document::file_name, &Document::content_type}) {
        auto document = pdf();
        document.*member = "a\r\nContent-Type: text/html";
        expect_refused({document}, "holds a control character");
    }
}

TEST_F(Documents, CannotTakeThePlaceOfAText) {
    const Client client{options()};
    auto document = pdf();
    document.key = "profile";
    const auto created = client.sender_profiles().create(profile({document}));
    ASSERT_FALSE(created);
    EXPECT_THAT(created.error().message, HasSubstr("is the name of another part"));
    document.key = "numberType";
    const auto added = client.channels().sms().create(market({document}));
    ASSERT_FALSE(added);
    EXPECT_THAT(added.error().message, HasSubstr("is the name of another part"));
    EXPECT_THAT(mock->requests(), IsEmpty());
}

TEST_F(Documents, HaveALimitTogether) {
    auto limited = options();
    limited.max_document_bytes = 10;
    const Client client{limited};
    const auto path = folder_.write("five", "12345");
    EXPECT_TRUE(client.sender_profiles().create(profile({file(path), file(path)})));
    const auto result = client.sender_profiles().create(profile({file(path), file(path), pdf("1")}));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().kind, ErrorKind::invalid_request);
    EXPECT_EQ(result.error().outcome, Outcome::not_sent);
    EXPECT_THAT(result.error().message, HasSubstr("raise ClientOptions::max_document_bytes"));
    EXPECT_EQ(mock->requests().size(), 1U);
}

TEST_F(Documents, AHugeFileIsRefusedWithoutReadingIt) {
    const auto path = folder_.write("huge", "x");
    std::filesystem::resize_file(path, std::uintmax_t{1} << 40U);  // has no blocks
    expect_refused({file(path)}, "more than 33554432 bytes together");
}

TEST_F(Documents, OfAMarketExcludeWhatAFormHasNoPlaceFor) {
    const Client client{options()};
    const auto expect_refusal = [&](const CreateSmsMarketRequest& request, const std::string& member,
                                    const CallOptions& call = {}) {
        const auto result = client.channels().sms().create(request, call);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().kind, ErrorKind::invalid_request);
        EXPECT_THAT(result.error().message, StartsWith("`" + member + "` is set together with `documents`"));
    };
    auto request = market({pdf()});
    request.numbers.emplace_back();
    expect_refusal(request, "numbers");
    request = market({pdf()});
    request.area_codes = {"212"};
    expect_refusal(request, "area_codes");
    request = market({pdf()});
    request.compliance.text = R"({"brand":{"inherit":true}})";
    expect_refusal(request, "compliance");
    CallOptions call;
    call.extra_body = R"({"newer":1})";
    expect_refusal(market({pdf()}), "extra_body", call);
    EXPECT_THAT(mock->requests(), IsEmpty());
}

TEST_F(Documents, AreNotPartOfAnEncodedRequest) {
    const auto encoded = encode(profile({pdf()}));
    ASSERT_FALSE(encoded);
    EXPECT_EQ(encoded.error().kind, ErrorKind::invalid_request);
    EXPECT_THAT(encoded.error().message, HasSubstr("`documents` are set"));
    EXPECT_TRUE(encode(profile({})));
}

TEST_F(Documents, AKeyBelongsToTheDocumentsToo) {
    const Client client{options()};
    CallOptions call;
    call.idempotency_key = "profile-1";
    ASSERT_TRUE(client.sender_profiles().create(profile({pdf("one")}), call));
    const auto other = client.sender_profiles().create(profile({pdf("two")}), call);
    ASSERT_FALSE(other);
    EXPECT_THAT(other.error().message, HasSubstr("`idempotency_key` was already used"));
    // From a file, the same request is the same request.
    auto from_file = file(folder_.write("paper.pdf", "one"));
    EXPECT_TRUE(client.sender_profiles().create(profile({from_file}), call));
    EXPECT_EQ(mock->requests().size(), 2U);
}

TEST_F(Documents, AReplayIsComparedWithTheForm) {
    const auto answer = [](const char* name, const char* type) {
        return Reply::json(
            201,
            json{{"success", true},
                 {"data", {{"id", "p1"}, {"name", name}, {"country", "US"}, {"number_type", type}}}}
                .dump(),
            {{"Idempotent-Replayed", "true"}});
    };
    const Client client{options()};
    mock->reset();
    mock->reply(answer("Example Retail", "LOCAL"));
    EXPECT_TRUE(client.sender_profiles().create(profile({pdf()})));
    mock->reply(answer("Somebody else", "LOCAL"));
    const auto other = client.sender_profiles().create(profile({pdf()}));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, ErrorKind::conflict);
    mock->reply(answer("", "LOCAL"));
    EXPECT_TRUE(client.channels().sms().create(market({pdf()})));
    mock->reply(answer("", "TOLL_FREE"));
    const auto other_market = client.channels().sms().create(market({pdf()}));
    ASSERT_FALSE(other_market);
    EXPECT_EQ(other_market.error().kind, ErrorKind::conflict);
}

TEST_F(Documents, AppearNeitherInLogsNorInErrors) {
    std::string seen;
    auto watched = options();
    watched.log.level = LogLevel::debug;
    watched.log.sink = [&seen](const LogRecord& record) { seen += std::string{record.message} + "\n"; };
    const Client client{watched};
    auto secret = file(folder_.write("sentinel-name.pdf", "sentinel-content"));
    secret.key = "sentinel-key";
    auto in_memory = pdf("sentinel-content");
    in_memory.file_name = "sentinel-name";
    const auto note = [&seen](const auto& result) {
        if (!result) {
            const auto& error = result.error();
            seen += error.message + error.raw_body + result.meta().raw_body;
            try {
                detail::throw_error(error);
            } catch (const std::exception& exception) {
                seen += exception.what();
            }
        }
    };
    mock->reset();
    mock->reply(Reply::json(400, R"({"success":false,"error":{"code":"VALIDATION_001"}})"));
    mock->reply(Reply::connection_lost());
    mock->reply(Reply::json(201, "no JSON"));
    mock->otherwise(Reply::json(503, "{}").always());
    for (const auto& documents : {std::vector{secret, in_memory}, std::vector{in_memory, secret, secret}}) {
        note(client.sender_profiles().create(profile(documents)));
        note(client.channels().sms().create(market(documents)));
    }
    std::filesystem::remove(secret.path);
    note(client.sender_profiles().create(profile({secret})));
    EXPECT_FALSE(seen.empty());
    EXPECT_THAT(seen, Not(HasSubstr("sentinel")));
}

TEST_F(Documents, FilesAreClosedWhenTheCallEnds) {
    const auto count_open = [] {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            count += entry.is_symlink() ? 1U : 0U;
        }
        return count;
    };
    const Client client{options()};
    const auto path = folder_.write("a.pdf", "x");
    const auto before = count_open();
    ASSERT_TRUE(client.sender_profiles().create(profile({file(path), file(path)})));
    ASSERT_FALSE(client.sender_profiles().create(profile({file(path), file(folder_.path().string())})));
    EXPECT_EQ(count_open(), before);
}

}  // namespace
}  // namespace sent::test
