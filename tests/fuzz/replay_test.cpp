// Replays the corpus, and a fixed set of damaged copies of it, without a fuzzer.

#include <gtest/gtest.h>

#include <filesystem>
#include <ostream>
#include <random>
#include <string>
#include <vector>

#include "fuzz_target.hpp"
#include "support/read_file.hpp"

namespace sent::fuzz {

void PrintTo(const Target& target, std::ostream* out) {
    *out << target.name;
}

namespace {

std::vector<std::string> corpus_of(const char* target) {
    std::vector<std::string> inputs;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string{SENT_FUZZ_CORPUS_DIR "/"} + target)) {
        inputs.push_back(test::read_file(entry.path().string()));
    }
    return inputs;
}

/// One of the damages that networks, proxies and attackers do.
std::string damaged(std::string text, std::minstd_rand& random) {
    const auto below = [&random](std::size_t bound) { return bound == 0 ? 0 : random() % bound; };
    for (auto count = 1 + below(4); count > 0 && !text.empty(); --count) {
        const auto place = below(text.size());
        switch (below(6)) {
            case 0:
                text[place] = static_cast<char>(random());
                break;
            case 1:
                text.erase(place, 1 + below(8));
                break;
            case 2:
                text.insert(place, text.substr(below(text.size()), below(24)));
                break;
            case 3:
                text.resize(place);
                break;
            case 4:
                text.insert(place, 1, static_cast<char>("\"{}[],:\\0-eE.\n\0\xC3\xFF"[below(18)]));
                break;
            default:
                text.insert(place, below(3) == 0 ? "999999999999999999999999" : "null");
                break;
        }
    }
    return text;
}

class Replay : public ::testing::TestWithParam<Target> {};

TEST_P(Replay, OfTheCorpusBreaksNothing) {
    const auto corpus = corpus_of(GetParam().name);
    ASSERT_FALSE(corpus.empty());
    GetParam().run({});
    for (const auto& input : corpus) {
        GetParam().run(input);
    }
}

TEST_P(Replay, OfDamagedCopiesBreaksNothing) {
    std::minstd_rand random{20261124};
    for (const auto& input : corpus_of(GetParam().name)) {
        for (int copy = 0; copy < 200; ++copy) {
            GetParam().run(damaged(input, random));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Fuzz, Replay, ::testing::ValuesIn(targets()),
                         [](const auto& each) { return std::string{each.param.name}; });

}  // namespace
}  // namespace sent::fuzz
