// The texts that people read: error messages, hints, warnings in the log, help. They are collected from the
// sources, so that none can be missed: every string literal of two words or more.
#include <algorithm>
#include <cctype>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>

#include "support/read_file.hpp"

namespace {

using ::testing::IsEmpty;

/// A string literal. Adjacent literals count as one.
struct Text {
    std::string file{};
    std::ptrdiff_t line = 0;
    /// The number of the statement in its file.
    std::ptrdiff_t statement = 0;
    std::string text{};
};

/// Collects the string literals of C++ source text, except raw ones, which hold JSON and HTML.
class Literals {
  public:
    Literals(std::string file, std::string source) : file_(std::move(file)), source_(std::move(source)) {}

    std::vector<Text> collect() {
        while (at_ < source_.size()) {
            const char c = source_[at_];
            if (is_next("//")) {
                skip_past("\n");
            } else if (is_next("R\"")) {
                skip_past(")" + source_.substr(at_ + 2, source_.find('(', at_) - at_ - 2) + "\"");
            } else if (c == '"') {
                add(read_quoted());
            } else if (c == '\'' && std::isalnum(static_cast<unsigned char>(source_[at_ - 1])) == 0) {
                read_quoted();
                is_adjacent_ = false;
            } else {
                is_adjacent_ = is_adjacent_ && std::isspace(static_cast<unsigned char>(c)) != 0;
                line_ += c == '\n' ? 1 : 0;
                statement_ += c == ';' ? 1 : 0;
                ++at_;
            }
        }
        return std::move(texts_);
    }

  private:
    [[nodiscard]] bool is_next(std::string_view text) const {
        return source_.compare(at_, text.size(), text) == 0;
    }
    void skip_past(const std::string& end) {
        const auto past = std::min(source_.find(end, at_), source_.size() - end.size()) + end.size();
        const auto* text = source_.data();
        line_ += std::count(text + at_, text + past, '\n');
        at_ = past;
    }
    std::string read_quoted() {
        const char quote = source_[at_++];
        const auto begin = at_;
        for (; source_[at_] != quote; ++at_) {
            at_ += source_[at_] == '\\' ? 1U : 0U;
        }
        return source_.substr(begin, at_++ - begin);
    }
    void add(std::string text) {
        if (is_adjacent_) {
            texts_.back().text += text;
        } else {
            texts_.push_back({file_, line_, statement_, std::move(text)});
        }
        is_adjacent_ = true;
    }

    std::string file_;
    std::string source_;
    std::size_t at_ = 0;
    std::ptrdiff_t line_ = 1;
    std::ptrdiff_t statement_ = 0;
    bool is_adjacent_ = false;
    std::vector<Text> texts_{};
};

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream in{text};
    return {std::istream_iterator<std::string>{in}, {}};
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool is_prose(const Text& text) {
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    return words_of(text.text).size() >= 2 && std::any_of(text.text.begin(), text.text.end(), is_lower) &&
           text.file != "src/base/redaction/lookalikes.cpp";  // has lists of words
}

std::vector<Text> read_all_texts() {
    const std::filesystem::path root{SENT_TEST_DATA_DIR "/../.."};
    std::vector<Text> all;
    for (const char* folder : {"src", "include", "tools"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator{root / folder}) {
            if (const auto& path = entry.path(); path.extension() == ".cpp" || path.extension() == ".hpp") {
                const auto file = path.lexically_relative(root).string();
                auto texts = Literals{file, sent::test::read_file(path.string())}.collect();
                std::copy_if(std::make_move_iterator(texts.begin()), std::make_move_iterator(texts.end()),
                             std::back_inserter(all), is_prose);
            }
        }
    }
    return all;
}

const std::vector<Text>& all_texts() {
    static const std::vector<Text> texts = read_all_texts();
    return texts;
}

/// The texts that match, with their places.
template <class Matches>
std::vector<std::string> find(const Matches& matches, const std::vector<Text>& texts = all_texts()) {
    std::vector<std::string> found;
    for (const auto& text : texts) {
        if (matches(text.text)) {
            found.push_back(text.file + ":" + std::to_string(text.line) + ": " + text.text);
        }
    }
    return found;
}

TEST(Texts, AreFound) {
    EXPECT_GT(all_texts().size(), 500U);
    const auto in_two_literals = [](const auto& text) {
        return contains(text, "or SENT_DM_SENDER_ID in the environment");
    };
    EXPECT_THAT(find(in_two_literals), ::testing::SizeIs(1));
}

TEST(Texts, UsePlainWords) {
    const auto is_unplain = [](const std::string& text) {
        const auto padded = " " + text + " ";
        const auto is_word_of = [&](const char* word) {
            return contains(padded, " " + std::string{word} + " ");
        };
        constexpr const char* words[] = {
            "can not",  "something", "someone", "nobody", "whoever",       "whom",       "anew",
            "amid",     "else than", "wants",   "stands", "there is none", "such a one", "that of",
            "those of", "comes to",  "goes on", "is no",  "of its own",    "meanwhile",  "gives"};
        return std::any_of(std::begin(words), std::end(words), is_word_of) && !contains(text, "here is no ");
    };
    EXPECT_THAT(find(is_unplain), IsEmpty());
}

TEST(Texts, AreShort) {
    EXPECT_THAT(find([](const auto& text) { return text.size() > 200; }), IsEmpty());
}

TEST(Texts, QuoteNamesInBackticks) {
    const auto has_quotes = [](const std::string& text) {
        const bool is_for_machines = contains(text, "{") || contains(text, "<") || contains(text, "=\\\"");
        return contains(text, "\\\"") && !is_for_machines;
    };
    EXPECT_THAT(find(has_quotes), IsEmpty());
}

/// Whether a clause of the hint begins with an instruction.
bool says_what_to_do(const std::string& hint) {
    static const std::set<std::string> instructions{
        "activate", "answer",  "call", "change", "check", "choose", "complete", "configure", "contact",
        "copy",     "correct", "do",   "free",   "look",  "raise",  "read",     "request",   "send",
        "set",      "submit",  "top",  "try",    "use",   "wait",   "write"};
    bool is_first = true;
    for (auto word : words_of(hint)) {
        word.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(word.front())));
        if (is_first && instructions.count(word) != 0) {
            return true;
        }
        is_first = contains(":;,.", {&word.back(), 1});
    }
    return false;
}

TEST(Texts, OfHintsSayWhatToDo) {
    std::vector<Text> hints;
    for (const auto& text : all_texts()) {
        const bool is_in_table =
            text.file == "src/base/error_hints.cpp" || text.file == "src/base/error_kinds.cpp";
        if (is_in_table && text.text.back() == '.') {
            hints.push_back(text);
        }
    }
    EXPECT_GT(hints.size(), 80U);
    EXPECT_THAT(find([](const auto& text) { return !says_what_to_do(text); }, hints), IsEmpty());
}

TEST(Texts, OfRefusalsSayWhatToDo) {
    // The sources that refuse options and requests before anything is sent. The parts of a message are in one
    // statement.
    const std::set<std::string> files{"src/core/config.cpp",       "src/core/option_list.cpp",
                                      "src/core/call_options.cpp", "src/core/request.cpp",
                                      "src/base/url.cpp",          "src/core/prepared_call.cpp",
                                      "src/json/validate.cpp",     "src/base/url_authority.cpp"};
    std::vector<Text> refusals;
    for (const auto& text : all_texts()) {
        if (files.count(text.file) == 0) {
            continue;
        }
        if (!refusals.empty() && refusals.back().file == text.file &&
            refusals.back().statement == text.statement) {
            refusals.back().text += " ... " + text.text;
        } else {
            refusals.push_back(text);
        }
    }
    EXPECT_GT(refusals.size(), 40U);
    const auto is_mute = [](const std::string& text) {
        // Of a static_assert, and where to copy a value from again.
        const bool is_part = text.rfind("add a row", 0) == 0 || text.rfind("the dashboard", 0) == 0;
        return words_of(text).size() >= 7 && !contains(text, ": ") && !contains(" " + text, " must ") &&
               !is_part;
    };
    EXPECT_THAT(find(is_mute, refusals), IsEmpty());
}

}  // namespace
