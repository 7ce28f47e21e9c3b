// The texts that people read: error messages, hints, warnings in the log. They are collected from the
// sources, so that none can be missed: every string literal of two words or more, with adjacent literals
// joined.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "support/files.hpp"

namespace {

using ::testing::IsEmpty;

struct Text {
    std::string place{};
    std::string text{};
};

bool is_space(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// Reads C++ source text and collects its string literals. Raw literals are left out: they hold JSON and
/// HTML.
class Literals {
  public:
    explicit Literals(std::string source) : source_(std::move(source)) {}

    std::vector<Text> collect(const std::string& file) {
        std::vector<Text> texts;
        while (at_ < source_.size()) {
            if (starts_with("//")) {
                skip_behind("\n");
            } else if (starts_with("/*")) {
                skip_behind("*/");
            } else if (starts_with("R\"")) {
                const auto open = source_.find('(', at_);
                skip_behind(")" + source_.substr(at_ + 2, open - at_ - 2) + "\"");
                joins_ = false;
            } else if (source_[at_] == '\'') {
                read_quoted('\'');
                joins_ = false;
            } else if (source_[at_] == '"') {
                const auto line =
                    1 + std::count(source_.begin(), source_.begin() + static_cast<long>(at_), '\n');
                auto text = read_quoted('"');
                if (joins_) {
                    texts.back().text += text;
                } else {
                    texts.push_back({file + ":" + std::to_string(line), std::move(text)});
                }
                joins_ = true;
            } else {
                joins_ = joins_ && is_space(source_[at_]);
                ++at_;
            }
        }
        return texts;
    }

  private:
    [[nodiscard]] bool starts_with(std::string_view text) const {
        return source_.compare(at_, text.size(), text) == 0;
    }
    void skip_behind(const std::string& end) {
        const auto found = source_.find(end, at_);
        at_ = found == std::string::npos ? source_.size() : found + end.size();
    }
    std::string read_quoted(char quote) {
        std::string text;
        for (++at_; at_ < source_.size() && source_[at_] != quote; ++at_) {
            if (source_[at_] == '\\') {
                text += source_[at_++];
            }
            text += source_[at_];
        }
        ++at_;
        return text;
    }

    std::string source_;
    std::size_t at_ = 0;
    bool joins_ = false;
};

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in{text};
    return {std::istream_iterator<std::string>{in}, {}};
}

std::vector<Text> texts_of(const std::filesystem::path& folder) {
    std::vector<Text> texts;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        const auto extension = entry.path().extension();
        if (extension == ".cpp" || extension == ".hpp") {
            auto found = Literals{sent::test::read_file(entry.path().string())}.collect(
                entry.path().lexically_relative(folder).string());
            for (auto& text : found) {
                if (words_of(text.text).size() >= 2) {
                    texts.push_back(std::move(text));
                }
            }
        }
    }
    return texts;
}

std::vector<Text> all_texts() {
    const std::filesystem::path root{SENT_TEST_DATA_DIR "/../.."};
    std::vector<Text> all;
    for (const char* folder : {"src", "include", "tools"}) {
        auto texts = texts_of(root / folder);
        all.insert(all.end(), texts.begin(), texts.end());
    }
    return all;
}

/// The texts that match, with their places.
template <class Matches>
std::vector<std::string> places(const std::vector<Text>& texts, const Matches& matches) {
    std::vector<std::string> found;
    for (const auto& [place, text] : texts) {
        if (matches(text)) {
            found.push_back(place + ": " + text);
        }
    }
    return found;
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

TEST(Texts, AreFound) {
    const auto texts = all_texts();
    EXPECT_GT(texts.size(), 500U);
    // One that is made of two literals.
    EXPECT_THAT(
        places(texts,
               [](const auto& text) { return contains(text, "or SENT_DM_SENDER_ID in the environment"); }),
        ::testing::SizeIs(1));
}

TEST(Texts, UsePlainWords) {
    const auto is_unplain = [](const std::string& text) {
        for (const char* word :
             {"can not",  "something", "someone",       "nobody",     "whoever",    "whom",
              "anew",     "amid",      "else than",     "such a one", "of its own", "that of",
              "those of", "is no ",    "there is none", "meanwhile",  "comes to",   "goes on",
              "stands",   "wants",     "must hold",     "not hold"}) {
            if (contains(" " + text + " ",
                         " " + std::string{word} + (std::string_view{word}.back() == ' ' ? "" : " "))) {
                return true;
            }
        }
        return false;
    };
    EXPECT_THAT(places(all_texts(), is_unplain), IsEmpty());
}

TEST(Texts, AreShort) {
    EXPECT_THAT(places(all_texts(), [](const auto& text) { return text.size() > 200; }), IsEmpty());
}

TEST(Texts, QuoteNamesInBackticks) {
    // What quotes with `"` is JSON, HTML or a line of a log that machines read.
    const auto has_quotes = [](const std::string& text) {
        return contains(text, "\\\"") && !contains(text, "{") && !contains(text, "<") &&
               !contains(text, "=\\\"");
    };
    EXPECT_THAT(places(all_texts(), has_quotes), IsEmpty());
}

/// Words with which a hint begins to say what to do.
const std::set<std::string> instructions{"Activate", "Answer",    "Call",    "Change",  "Check", "Choose",
                                         "Complete", "Configure", "Copy",    "Correct", "Do",    "Free",
                                         "Look",     "Read",      "Request", "Send",    "Set",   "Submit",
                                         "Top",      "Try",       "Use",     "Wait",    "Write"};

bool says_what_to_do(const std::string& hint) {
    auto words = words_of(hint);
    if (words.empty()) {
        return false;
    }
    bool begins = true;
    for (auto word : words) {
        word.front() = begins ? static_cast<char>(std::toupper(word.front())) : word.front();
        if (begins && instructions.count(word) != 0) {
            return true;
        }
        begins = word.back() == ':' || word.back() == ';' || word.back() == ',' || word.back() == '.';
    }
    return false;
}

TEST(Texts, HintsSayWhatToDo) {
    std::vector<Text> hints;
    for (const auto& text : all_texts()) {
        const bool is_in_table = text.place.rfind("base/error_hints.cpp", 0) == 0 ||
                                 text.place.rfind("base/error_kinds.cpp", 0) == 0;
        if (is_in_table && text.text.back() == '.') {
            hints.push_back(text);
        }
    }
    EXPECT_GT(hints.size(), 80U);
    EXPECT_THAT(places(hints, [](const auto& text) { return !says_what_to_do(text); }), IsEmpty());
}

/// The sources that refuse options and requests before anything is sent.
TEST(Texts, RefusalsSayWhatToDo) {
    std::vector<Text> refusals;
    for (const auto& text : all_texts()) {
        for (const char* file :
             {"core/config.cpp", "core/call_options.cpp", "core/prepared_call.cpp", "core/request.cpp",
              "base/url.cpp", "base/url_authority.cpp", "json/validate.cpp"}) {
            if (text.place.rfind(file, 0) == 0 && words_of(text.text).size() >= 6) {
                refusals.push_back(text);
            }
        }
    }
    EXPECT_GT(refusals.size(), 30U);
    const auto is_mute = [](const std::string& text) {
        return !contains(text, ": ") && !contains(text, " must ") && !contains(text, ". Use ");
    };
    EXPECT_THAT(places(refusals, is_mute), IsEmpty());
}

}  // namespace
